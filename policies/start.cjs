// The engine starts a pack through a launcher that puts ts-node, with a type check of everything, before
// whatever it requires, and hands Node's own arguments to that launcher instead of to Node. So the pack starts
// itself as the program is started, and is imported, which goes past ts-node.
const { pathToFileURL } = require("node:url");

module.exports = import("../start/node.mjs").then(({ load }) =>
  load(new URL("index.ts", pathToFileURL(__filename))),
);
