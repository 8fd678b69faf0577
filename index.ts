import { program } from "./components/program.ts";

export const { ledger, alarms } = await program();
