import { BadInput, shown } from "./bad-input.ts";
import { configAt, stageWith } from "./ladder.ts";
import type { Plan } from "./plan.ts";
import {
  normalised,
  schemaOf,
  type ConfigKey,
  type Posture,
  type PostureValue,
} from "./posture.ts";
import type { Stage } from "./stage.ts";

/** A system's config as it stands in the stack file: key without namespace, and its text. */
export type RawConfig = Readonly<Record<string, string>>;

/**
 * The stage that a stack's config asks for.
 * @param file stack file that errors name, for example `Pulumi.prod.yaml`.
 * @throws BadInput for an unknown key, a value of the wrong type or out of range, and a set of values
 *   that is no stage, with the nearest valid ones.
 */
export const stageFromConfig = (plan: Plan, raw: RawConfig, file: string): Stage => {
  for (const key of Object.keys(raw)) {
    if (plan.config[key] === undefined) {
      const keys = Object.keys(plan.config).map((known) => `${plan.name}:${known}`);
      throw new BadInput({
        where: file,
        key: `${plan.name}:${key}`,
        found: "no key of this system",
        expected: keys.join(", "),
      });
    }
  }
  const posture: Record<string, PostureValue> = {};
  for (const [key, declared] of Object.entries(plan.config)) {
    posture[key] = valueOf(plan, key, declared, raw[key], file);
  }
  const stage = stageWith(plan, posture);
  if (stage !== undefined) return stage;
  throw noStage(plan, posture, file);
};

const valueOf = (
  plan: Plan,
  key: string,
  declared: ConfigKey,
  text: string | undefined,
  file: string,
): PostureValue => {
  const { schema, expected } = schemaOf(declared);
  if (text === undefined) {
    if (declared.default !== undefined) return declared.default;
    throw new BadInput({
      where: file,
      key: `${plan.name}:${key}`,
      found: "not set",
      expected: `${expected}; stages have ${valuesOnLadder(plan, key)}`,
    });
  }
  const value = declared.form === "word" ? text : fromText(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return normalised(declared, parsed.data);
  const near = typeof value === "number" ? nearest(plan, { [key]: value }) : [];
  throw new BadInput({
    where: file,
    key: `${plan.name}:${key}`,
    found: shown(value),
    expected: `${expected}; stages have ${valuesOnLadder(plan, key)}`,
    ...(near.length > 0 && { remedy: `Nearest: ${listed(plan, near)}.` }),
  });
};

/** Config reaches a program as text; numbers, switches and maps are JSON in it. */
const fromText = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};

const noStage = (plan: Plan, posture: Posture, file: string): BadInput => {
  const [only, ...others] = Object.keys(plan.config);
  const near = listed(plan, nearest(plan, posture));
  const source = `(stacks/${plan.name}.ts)`;
  if (only !== undefined && others.length === 0) {
    return new BadInput({
      where: file,
      key: `${plan.name}:${only}`,
      found: `${shown(posture[only])}, which is no stage`,
      expected: `${valuesOnLadder(plan, only)} ${source}`,
      remedy: `Nearest: ${near}.`,
    });
  }
  const found = Object.entries(posture)
    .map(([key, value]) => `${key} ${shown(value)}`)
    .join(", ");
  return new BadInput({
    where: file,
    key: plan.name,
    found: `${found}, which together are no stage`,
    expected: `the values of a stage ${source}`,
    remedy: `Nearest: ${near}.`,
  });
};

/** The one or two stages that differ least: first by how many keys, then by how far a number is off. */
const nearest = (plan: Plan, posture: Posture): readonly Stage[] => {
  const ranked = plan.ladder
    .map((stage) => ({ stage, distance: distance(configAt(plan, stage.name), posture) }))
    .sort((one, other) => one.distance - other.distance);
  const best = ranked[0]?.distance ?? 0;
  return ranked
    .filter((candidate, index) => index < 2 && candidate.distance <= best + 100)
    .map(({ stage }) => stage);
};

const distance = (wanted: Posture, found: Posture): number =>
  Object.keys(found).reduce((sum, key) => {
    const one = wanted[key];
    const other = found[key];
    if (typeof one === "number" && typeof other === "number") {
      return sum + Math.min(Math.abs(one - other), 999);
    }
    return sum + (JSON.stringify(one) === JSON.stringify(other) ? 0 : 1_000);
  }, 0);

const valuesOnLadder = (plan: Plan, key: string): string => {
  const values = [...new Set(plan.ladder.map(({ name }) => configAt(plan, name)[key]).map(inText))];
  const last = values.at(-1) ?? "";
  return values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${last}` : last;
};

const listed = (plan: Plan, stages: readonly Stage[]): string =>
  stages.map((stage) => stageInWords(plan, stage)).join(" or ");

const stageInWords = (plan: Plan, stage: Stage): string => {
  const values = Object.entries(configAt(plan, stage.name)).map(
    ([key, value]) => `${plan.name}:${key} ${inText(value)}`,
  );
  return `${stage.name} (${values.join(", ")})`;
};

const inText = (value: PostureValue | undefined): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);
