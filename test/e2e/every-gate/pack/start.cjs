// Started like the real pack, see policies/start.cjs.
const { pathToFileURL } = require("node:url");

module.exports = import("../../../../start/node.mjs").then(({ load }) =>
  load(new URL("index.ts", pathToFileURL(__filename))),
);
