// Pulumi loads in every process what few programs use: the TypeScript compiler, npm's own solver and V8's
// inspector, for functions that are serialized; exporters of traces; the Automation API. That is half a second
// of each update. Here such a module is loaded when something of it is used for the first time.
const Module = require("node:module");

/** As Pulumi's own files name them. */
const lazy = new Set(["./automation", "@npmcli/arborist", "normalize-package-data", "typescript"]);

/** Modules whose functions and classes are taken out at once, and called when there is something to trace. */
const tracing = /^@opentelemetry\/(exporter-|instrumentation|resources$|sdk-)/;

/** What its launchers ask for and no program of this project needs. */
const unwanted = new Map([
  // Maps stack traces of Pulumi's own files, for every promise and resource that there is. Node maps ours.
  ["source-map-support/register", {}],
  // Listens to each script that is parsed, for the places of functions that are serialized. Whoever serializes
  // one starts it all the same.
  ["../../runtime/closure/v8Hooks", { isInitializedAsync: async () => undefined }],
]);

const pulumi = /[\\/]@pulumi[\\/]pulumi[\\/]/;

/** Stands for what `value` gives, and asks for it when it is used. */
const later = (value, member) =>
  new Proxy(function () {}, {
    // Compiled code asks each module that it imports whether it is one, and would copy one that says no.
    get: (_, key) => key === "__esModule" || member(value, key),
    apply: (_, self, values) => Reflect.apply(value(), self, values),
    construct: (_, values) => Reflect.construct(value(), values),
  });
const member = (value, key) => value()[key];
const memberLater = (value, key) => later(() => value()[key], member);

const load = Module._load;
Module._load = function (request, parent, ...rest) {
  if (!pulumi.test(parent?.filename ?? "")) return load.call(this, request, parent, ...rest);
  if (unwanted.has(request)) return unwanted.get(request);
  const isTracing = tracing.test(request);
  if (!isTracing && !lazy.has(request)) return load.call(this, request, parent, ...rest);
  // Whether and where it is installed must show at once: Pulumi falls back on copies of its own.
  const file = Module._resolveFilename(request, parent, ...rest);
  return later(() => load.call(this, file, parent, ...rest), isTracing ? memberLater : member);
};
