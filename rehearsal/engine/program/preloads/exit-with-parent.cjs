// The engine holds the other end of descriptor 3; when it closes, the engine is gone, however it went, and nobody is
// left to work for.
const { Socket } = require("node:net");

const engine = new Socket({ fd: 3, readable: true, writable: false });
engine.on("error", () => process.kill(process.pid, "SIGKILL"));
engine.on("close", () => process.kill(process.pid, "SIGKILL"));
engine.resume();
engine.unref();
