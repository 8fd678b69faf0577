import type { OperationKind } from "../../../engine/engine.ts";
import type { EngineStep } from "./step.ts";

/** What people are told of a step, if anything; the parts of a replacement count as one. */
export function kindOf(step: EngineStep): OperationKind | undefined {
  switch (step.operation) {
    case "same":
    case "create":
    case "update":
    case "delete":
      return step.operation;
    case "create-replacement":
    case "read-replacement":
      return "replace";
    case "read":
      return "read";
    case "discard":
      return "discard";
    case "replace":
    case "delete-replaced":
    case "discard-replaced":
    case "remove-pending-replace":
      return undefined;
  }
}

/** Under what a step is counted that failed: as itself, or as the replacement that it is part of. */
export function failedKindOf(step: EngineStep): OperationKind {
  return kindOf(step) ?? (step.next === undefined ? "delete" : "replace");
}

/** The step as a doing: `creating`, `updating` and so on. */
export function gerund({ operation }: EngineStep): string {
  const verb = operation.split("-")[0] ?? operation;
  return verb === "same" ? "registering" : `${verb.replace(/e$/, "")}ing`;
}
