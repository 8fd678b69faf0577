// The host of policy packs starts ts-node, and with it the TypeScript compiler, for every pack, whatever its project
// file says: 0.4 s. A pack that says `typescript: false` does not want it.
const Module = require("node:module");

const host = /[\\/]@pulumi[\\/]pulumi[\\/](tsutils|cmd[\\/]run-policy-pack[\\/]run)\.js$/;
const compiler = /(^|[\\/])(typescript|typescript\.js)$/;
const tsNode = /(^|[\\/])ts-node(@[\d.]+)?$/;

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  // Only the host's own question what to register is answered: whoever else wants a compiler gets it.
  if (host.test(parent?.filename ?? "")) {
    if (compiler.test(request)) {
      return { version: "0.0.0" };
    }
    if (tsNode.test(request)) {
      return { VERSION: "0.0.0", register: () => undefined };
    }
  }
  return load.call(this, request, parent, ...rest);
};
