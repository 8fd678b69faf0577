// Pulumi prints an uncaught error with colours, and Node 20 then spends up to a minute on a stack that runs through
// node_modules/@scope: a program that throws would hang that long.
const util = require("node:util");

const { inspect } = util;
const withoutColours = (value, options, ...rest) =>
  value instanceof Error && typeof options === "object"
    ? inspect(value, { ...options, colors: false })
    : inspect(value, options, ...rest);
util.inspect = Object.assign(withoutColours, inspect);
