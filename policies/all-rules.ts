import { alarmsQuiet } from "./rules/alarms-quiet.ts";
import { approvals } from "./rules/approvals.ts";
import { backupProof } from "./rules/backup-proof.ts";
import { checklistsDone } from "./rules/checklists-done.ts";
import { checkpointAnswered } from "./rules/checkpoint-answered.ts";
import { changeWindow } from "./rules/change-window.ts";
import { dataInStep } from "./rules/data-in-step.ts";
import { environment } from "./rules/environment.ts";
import { glassReviewed } from "./rules/glass-reviewed.ts";
import { greenReady } from "./rules/green-ready.ts";
import { ladder } from "./rules/ladder.ts";
import { ledgerIntact } from "./rules/ledger-intact.ts";
import { liveHealth } from "./rules/live-health.ts";
import { maintenanceOver } from "./rules/maintenance-over.ts";
import { noWorseThanBlue } from "./rules/no-worse-than-blue.ts";
import { notice } from "./rules/notice.ts";
import { observedShare } from "./rules/observed-share.ts";
import { readBack } from "./rules/read-back.ts";
import { readiness } from "./rules/readiness.ts";
import { rehearsalProof } from "./rules/rehearsal-proof.ts";
import type { Rule } from "./rules/rule.ts";
import { safeSide } from "./rules/safe-side.ts";
import { schemaAtHead } from "./rules/schema-at-head.ts";
import { stagedFirst } from "./rules/staged-first.ts";
import { soleOwner } from "./rules/sole-owner.ts";
import { sidesAnswer } from "./rules/sides-answer.ts";
import { soak } from "./rules/soak.ts";
import { structure } from "./rules/structure.ts";
import { ttlLowered } from "./rules/ttl-lowered.ts";
import { watched } from "./rules/watched.ts";
import { wayBack } from "./rules/way-back.ts";
import { wayBackNeeds } from "./rules/way-back-needs.ts";

/** Every gate, in the order in which an operator reads them: what is wrong with the move, then the night. */
export const allRules: readonly Rule[] = [
  environment,
  ladder,
  wayBack,
  wayBackNeeds,
  glassReviewed,
  structure,
  watched,
  ledgerIntact,
  changeWindow,
  notice,
  soak,
  ttlLowered,
  maintenanceOver,
  soleOwner,
  readBack,
  observedShare,
  greenReady,
  sidesAnswer,
  liveHealth,
  noWorseThanBlue,
  alarmsQuiet,
  safeSide,
  schemaAtHead,
  dataInStep,
  backupProof,
  rehearsalProof,
  stagedFirst,
  readiness,
  checklistsDone,
  checkpointAnswered,
  approvals,
];
