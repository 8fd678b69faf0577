import type { SystemDefinition } from "../../definition/system.ts";
import { settle } from "../../definition/tbd.ts";
import type { Fault, FaultsOf } from "./fault.ts";
import { climbsAgain } from "./second-climb.ts";
import {
  afterBackup,
  alarmLeadsBack,
  leftByChecklist,
  leftByCheckpoint,
  maintained,
  skippable,
} from "./stages.ts";

/** What people do, sign or leave undone against the plan. */
export const peopleFaults: FaultsOf = (system) => [
  {
    name: "operator-skips-stage",
    sentence: "The operator sets the value of the stage after the next, twice.",
    stages: skippable(system),
    moment: "during",
    disturbances: [],
    misstep: "skips a stage",
    expects: {
      outcome: "refused",
      because: "One step forward at a time, however often it is tried.",
      refusedBy: ["ladder"],
    },
  },
  turnsBack(system),
  {
    name: "maintenance-left-on",
    sentence: "Somebody turns maintenance on by hand, and nobody turns it off.",
    stages: maintained(system),
    moment: "during",
    disturbances: [{ kind: "maintenance by hand" }],
    expects: {
      outcome: "refused",
      because: "Green gets no traffic while users get a page.",
      refusedBy: ["maintenance-over"],
    },
  },
  {
    name: "backup-stale",
    sentence: "The backup is older than the plan allows when the work on the data begins.",
    stages: afterBackup(system),
    moment: "into",
    disturbances: [],
    misstep: "signs for an old backup",
    expects: {
      outcome: "refused",
      because: "Nothing touches the data without a fresh backup that was read back.",
      refusedBy: ["backup-proof"],
    },
  },
  {
    name: "checklist-open",
    sentence: "One item of a list is not signed by its owner.",
    stages: leftByChecklist(system),
    moment: "during",
    disturbances: [],
    misstep: "leaves an item open",
    expects: {
      outcome: "refused",
      because: "Every item of a list is signed before the move that waits for it.",
      refusedBy: ["checklists-done"],
    },
  },
  {
    name: "checkpoint-unanswered",
    sentence: "Who decides at the checkpoint does not answer.",
    stages: leftByCheckpoint(system),
    moment: "during",
    disturbances: [],
    misstep: "does not answer",
    expects: {
      outcome: "refused",
      because: "No answer is no leave to go on.",
      refusedBy: ["checkpoint-answered"],
    },
  },
  {
    name: "checkpoint-answered-no",
    sentence: "One answer at the checkpoint is not the one that lets the cutover go on.",
    stages: leftByCheckpoint(system),
    moment: "during",
    disturbances: [],
    misstep: "answers no",
    expects: {
      outcome: "refused",
      because: "One such answer holds the move, whatever the others say.",
      refusedBy: ["checkpoint-answered"],
    },
  },
  {
    name: "answer-forged",
    sentence: "Somebody changes a signed answer to the one that lets the cutover go on.",
    stages: leftByCheckpoint(system),
    moment: "during",
    disturbances: [],
    misstep: "changes an answer after it was signed",
    expects: {
      outcome: "refused",
      because: "The signature no longer fits its text, so nobody has answered.",
      refusedBy: ["checkpoint-answered"],
    },
  },
];

const turnsBack = (system: SystemDefinition): Fault => {
  const back = alarmLeadsBack(system);
  const settled = settle(system, { rehearsal: true, file: `stacks/${system.name}.ts` });
  const again = back.filter((stage) => climbsAgain(settled, stage));
  const common = {
    name: "operator-turns-back",
    sentence: "The operator goes back by hand although nothing is wrong, and comes up again.",
    moment: "during",
    disturbances: [],
    misstep: "turns back",
  } as const;
  return again.length > 0
    ? {
        ...common,
        stages: again,
        expects: {
          outcome: "completed",
          because: "The way up is open again, gate by gate, and every write is in its place.",
          comesAgain: true,
        },
      }
    : {
        ...common,
        stages: back,
        expects: {
          outcome: "refused",
          because: "Blue serves; what is left of the window is too short for a second way up.",
          refusedBy: ["change-window"],
        },
      };
};
