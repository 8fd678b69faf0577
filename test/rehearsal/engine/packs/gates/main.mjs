// The host of policy packs takes no options for node, so the pack itself makes node read TypeScript.
import { register } from "tsx/esm/api";

register();
void import("./gates.ts");
