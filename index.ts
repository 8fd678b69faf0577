import { lastOutputs } from "./components/last-outputs.ts";

// The engine reads them while this process loads what it declares with.
const last = lastOutputs();
// Awaited by the program, unless config stops it before that.
last.catch(() => undefined);

const { program } = await import("./components/program.ts");

export const { ledger, alarms } = await program(last);
