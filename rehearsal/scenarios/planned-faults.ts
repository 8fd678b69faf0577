import { BadInput, shown } from "../../definition/bad-input.ts";
import type { SystemDefinition } from "../../definition/system.ts";
import { faultsOf } from "./catalogue.ts";
import type { PlannedFault } from "./fault.ts";

/**
 * Reads faults as a person writes them, `NAME@STAGE`.
 * @throws BadInput for a fault that the system does not have, or a stage at which it means nothing.
 */
export const plannedFaults = (
  system: SystemDefinition,
  written: readonly string[],
): readonly PlannedFault[] => {
  const faults = faultsOf(system).filter(({ stages }) => stages.length > 0);
  return written.map((text) => {
    const [name = "", stage = "", ...rest] = text.split("@");
    const fault = faults.find((known) => known.name === name);
    if (fault === undefined || rest.length > 0) {
      throw new BadInput({
        where: "cutover rehearse",
        key: "--fault",
        found: shown(text),
        expected: `NAME@STAGE with one of ${faults.map((known) => known.name).join(", ")}`,
      });
    }
    const { stages } = fault;
    if (!stages.includes(stage)) {
      throw new BadInput({
        where: "cutover rehearse",
        key: "--fault",
        found: shown(text),
        expected: stages.map((known) => `${name}@${known}`).join(", "),
      });
    }
    return { fault, stage };
  });
};
