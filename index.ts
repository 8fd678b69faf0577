import { program } from "./components/program.ts";

export const { ledger } = await program();
