// Started like the real pack, see policies/start.cjs.
module.exports = import("tsx/esm").then(() => import("./index.ts"));
