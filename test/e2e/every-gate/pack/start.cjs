// Started like the real pack, see policies/start.cjs.
const { pathToFileURL } = require("node:url");

module.exports = Promise.all([
  import("../../../../start/typescript.mjs"),
  import("../../../../start/node.mjs"),
]).then(([{ load }]) => load(new URL("index.ts", pathToFileURL(__filename))));
