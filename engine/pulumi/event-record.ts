import type {
  DiagnosticEvent,
  EngineEvent,
  StepEventMetadata,
} from "@pulumi/pulumi/automation/index.js";
import type { Diagnostic, OperationKind, Step } from "../engine.ts";
import type { OperationLog } from "../operation-log.ts";
import { differingKeys, shownValues } from "./engine-values.ts";

/** What people are told of each kind of step, if anything; the parts of a replacement count as one. */
const kinds: Readonly<Record<string, OperationKind>> = {
  same: "same",
  create: "create",
  update: "update",
  delete: "delete",
  "create-replacement": "replace",
  "read-replacement": "replace",
  read: "read",
  refresh: "refresh",
  discard: "discard",
  import: "import",
  "import-replacement": "replace",
};

/** Steps that count as something else when they fail. */
const failedKinds: Readonly<Record<string, OperationKind>> = {
  replace: "replace",
  "delete-replaced": "delete",
  "discard-replaced": "delete",
};

const severities: Readonly<Record<string, Diagnostic["severity"]>> = {
  info: "info",
  "info#err": "info",
  warning: "warning",
  error: "error",
};

/** Says again what the result says. */
const verdict = /^(update|preview|refresh|destroy) (failed|canceled)$/;

const stackType = "pulumi:pulumi:Stack";

/** Turns the events of the real engine into those of the interface. */
export class EventRecord {
  readonly #log: OperationLog;
  /** Steps whose end is still to come. */
  readonly #open = new Map<string, StepEventMetadata>();
  /** What a preview could not plan: it has no event for that. */
  readonly #refused = new Set<string>();
  /** Components that were told of. */
  readonly #told = new Set<string>();
  #began = false;
  #planning = false;
  #outputs: Readonly<Record<string, unknown>> | undefined;

  constructor(log: OperationLog) {
    this.#log = log;
  }

  /** False where the CLI gave up before its engine started. */
  get began(): boolean {
    return this.#began;
  }

  /** The stack's outputs, as far as the events told them. */
  get outputs(): Readonly<Record<string, unknown>> | undefined {
    return this.#outputs;
  }

  take(event: EngineEvent): void {
    if (event.preludeEvent !== undefined) this.#began = true;
    if (event.diagnosticEvent !== undefined) this.#diagnose(event.diagnosticEvent);
    if (event.resourcePreEvent !== undefined) {
      this.#planning = event.resourcePreEvent.planning === true;
      this.#begin(event.resourcePreEvent.metadata);
    }
    if (event.resOutputsEvent !== undefined) {
      const { metadata, planning } = event.resOutputsEvent;
      this.#end(metadata, planning === true ? "planned" : "done");
    }
    if (event.resOpFailedEvent !== undefined) this.#fail(event.resOpFailedEvent.metadata);
    if (event.policyEvent !== undefined) {
      const { policyName, policyPackName, enforcementLevel, resourceUrn, message } =
        event.policyEvent;
      this.#log.violation({
        policy: policyName,
        pack: policyPackName,
        level: enforcementLevel === "mandatory" ? "mandatory" : "advisory",
        urn: resourceUrn ?? "",
        message: plainText(message).replace(/\n$/, ""),
      });
    }
  }

  /** Call it when no more events come. A component that registered no outputs has no end, and stands nevertheless. */
  close(): void {
    for (const metadata of this.#open.values()) {
      if (this.#planning && this.#refused.has(metadata.urn)) this.#fail(metadata);
      else if (stateOf(metadata)?.custom !== true) this.#tell(metadata, "done");
    }
  }

  #begin(metadata: StepEventMetadata): void {
    const kind = kindOf(metadata);
    if (kind === undefined) return;
    if (kind !== "same") {
      this.#log.stepStarted(kind, metadata.urn);
    }
    this.#open.set(keyOf(metadata), metadata);
  }

  #end(metadata: StepEventMetadata, outcome: Step["outcome"]): void {
    if (metadata.type === stackType) {
      this.#outputs = shownValues(metadata.new?.outputs ?? {});
    }
    this.#open.delete(keyOf(metadata));
    this.#tell(metadata, outcome);
  }

  #fail(metadata: StepEventMetadata): void {
    this.#open.delete(keyOf(metadata));
    const kind = failedKinds[metadata.op] ?? kindOf(metadata);
    if (kind !== undefined) this.#log.step(stepOf(metadata, kind, "failed"));
  }

  /** Tells a step once: a component ends when it is registered and again with its outputs. */
  #tell(metadata: StepEventMetadata, outcome: Step["outcome"]): void {
    const kind = kindOf(metadata);
    if (kind === undefined || this.#told.has(metadata.urn)) return;
    if (stateOf(metadata)?.custom !== true) this.#told.add(metadata.urn);
    this.#log.step(stepOf(metadata, kind, outcome));
  }

  #diagnose({ severity, message, urn, ephemeral }: DiagnosticEvent): void {
    const known = severities[severity];
    const text = plainText(message).trim();
    if (known === undefined || ephemeral === true || verdict.test(text)) return;
    if (known === "error") {
      this.#refused.add(urn ?? "");
      this.#log.error(text, urn);
    } else this.#log.say(known, text, urn);
  }
}

/** A resource and what was replaced by it have one URN. */
const keyOf = ({ op, urn }: StepEventMetadata): string => `${op} ${urn}`;

/** Undefined for what the engine does on its own behalf. */
const kindOf = ({ op, urn, type }: StepEventMetadata): OperationKind | undefined =>
  type.startsWith("pulumi:providers:") && /::default[^:]*$/.test(urn) ? undefined : kinds[op];

const stateOf = ({ new: next, old }: StepEventMetadata): StepEventMetadata["new"] => next ?? old;

const stepOf = (
  metadata: StepEventMetadata,
  operation: OperationKind,
  outcome: Step["outcome"],
): Step => ({
  operation,
  urn: metadata.urn,
  type: metadata.type,
  changedKeys: operation === "update" || operation === "replace" ? changedKeysOf(metadata) : [],
  outcome,
});

const changedKeysOf = ({ diffs, old, new: next }: StepEventMetadata): readonly string[] =>
  diffs !== undefined && diffs.length > 0
    ? diffs
    : differingKeys(old?.inputs ?? {}, next?.inputs ?? {});

/** Without the marks from which terminals make colours. */
const plainText = (text: string): string => text.replace(/<\{%[^%]*%\}>/g, "");
