import { load } from "./typescript.mjs";

// What Pulumi.yaml runs.
export const { ledger, alarms } = await load(new URL("../index.ts", import.meta.url));
