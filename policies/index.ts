import { PolicyPack } from "@pulumi/policy";
import { runtime } from "@pulumi/pulumi";
import { rollbackOf } from "../definition/rollback-of.ts";
import { allRules } from "./all-rules.ts";
import { loadEarly } from "./early-loading.ts";
import { gatePolicy } from "./gate-policy.ts";
import { leaveVerdicts } from "./handed-verdicts.ts";
import { realSurroundings } from "./sitting.ts";
import { Sittings } from "./sittings.ts";
import { stackStructure } from "./stack-structure.ts";
import { trafficUnderCutover } from "./traffic-under-cutover.ts";

const sittings = new Sittings(realSurroundings(process.env, allRules), async (move, judgement) => {
  // What a preview says is no reason for a move that an update makes.
  if (!runtime.isDryRun()) await leaveVerdicts(move, judgement, process.env);
});

new PolicyPack("cutover-gates", {
  description: "Gates of a cutover: what must hold before traffic moves up the ladder",
  enforcementLevel: "mandatory",
  policies: [
    ...allRules.map((rule) => gatePolicy(rule, sittings)),
    trafficUnderCutover,
    stackStructure,
  ],
});

// `cutover rollback` goes where no fact is asked for.
if (process.env[rollbackOf] === undefined) void loadEarly(runtime.allConfig());
