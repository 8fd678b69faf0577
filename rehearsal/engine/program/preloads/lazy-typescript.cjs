// @pulumi/pulumi loads the TypeScript compiler with its first import, for the case that functions must be serialized:
// 0.25 s of each process, nearly always in vain. Here it is loaded when something of it is used.
const Module = require("node:module");

/** Keys by which loaders tell a module from another kind; the compiler has none of them. */
const marks = new Set(["__esModule", "module.exports"]);

const load = Module._load;
Module._load = function (request, ...rest) {
  if (request !== "typescript") {
    return load.call(this, request, ...rest);
  }
  // Whether and where it is installed must show at once: Pulumi falls back on a copy of its own.
  const file = Module._resolveFilename(request, ...rest);
  let compiler;
  const loaded = () => (compiler ??= load.call(this, file, ...rest));
  return new Proxy(
    {},
    {
      get: (_, key) => (marks.has(key) ? undefined : loaded()[key]),
      has: (_, key) => key in loaded(),
      ownKeys: () => Reflect.ownKeys(loaded()),
      getOwnPropertyDescriptor: (_, key) => {
        if (marks.has(key)) {
          return undefined;
        }
        const descriptor = Reflect.getOwnPropertyDescriptor(loaded(), key);
        return descriptor && { ...descriptor, configurable: true };
      },
    },
  );
};
