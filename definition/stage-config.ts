import { BadInput, shown, shownName } from "./bad-input.ts";
import { configAt, greenWeightAt, stageWith } from "./ladder.ts";
import { maintenanceKey, optionsOf } from "./maintenance.ts";
import type { Plan } from "./plan.ts";
import {
  normalised,
  samePosture,
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
 * @throws BadInput for an unknown key, a value of the wrong type or out of range, a set of values that is no stage,
 *   with the nearest valid ones, and for maintenance at a stage where green has traffic.
 */
export const stageFromConfig = (plan: Plan, raw: RawConfig, file: string): Stage => {
  refuseUnknownKeys(plan, raw, file);
  const posture: Record<string, PostureValue> = {};
  for (const [key, declared] of Object.entries(plan.config)) {
    posture[key] = valueOf(plan, key, declared, raw[key], file);
  }
  const stage = stageWith(plan, posture);
  if (stage === undefined) throw noStage(plan, posture, file);
  if (greenWeightAt(plan, stage.name) > 0 && maintenanceFromConfig(plan, raw, file)) {
    throw new BadInput({
      where: file,
      key: `${plan.name}:${maintenanceKey}`,
      found: `"on" at ${stage.name}`,
      expected: "off at every stage where green has traffic, as its soak would measure no users",
    });
  }
  return stage;
};

/**
 * Whether a stack's config asks for maintenance.
 * @param file stack file that errors name, for example `Pulumi.prod.yaml`.
 * @throws BadInput for an unknown key and for a value that is neither on nor off.
 */
export const maintenanceFromConfig = (plan: Plan, raw: RawConfig, file: string): boolean =>
  plan.maintenance !== undefined && optionsFromConfig(plan, raw, file)[maintenanceKey] === "on";

/**
 * The values beside the ladder that a stack's config sets, with defaults for those that it does not.
 * @param file stack file that errors name, for example `Pulumi.prod.yaml`.
 * @throws BadInput for an unknown key and for a value of the wrong type.
 */
export const optionsFromConfig = (plan: Plan, raw: RawConfig, file: string): Posture => {
  refuseUnknownKeys(plan, raw, file);
  return Object.fromEntries(
    Object.entries(optionsOf(plan)).map(([key, declared]) => [
      key,
      valueOf(plan, key, declared, raw[key], file),
    ]),
  );
};

const refuseUnknownKeys = (plan: Plan, raw: RawConfig, file: string): void => {
  const known = [...Object.keys(plan.config), ...Object.keys(optionsOf(plan))];
  const unknown = Object.keys(raw).find((key) => !known.includes(key));
  if (unknown === undefined) return;
  throw new BadInput({
    where: file,
    key: `${plan.name}:${shownName(unknown)}`,
    found: "no key of this system",
    expected: `${eitherOf(known.map((key) => `${plan.name}:${key}`))} (stacks/${plan.name}.ts)`,
  });
};

const valueOf = (
  plan: Plan,
  key: string,
  declared: ConfigKey,
  text: string | undefined,
  file: string,
): PostureValue => {
  const { schema, expected: form } = schemaOf(declared);
  // Where words are the form, they are also all that stages have.
  const expected =
    !Object.hasOwn(plan.config, key) || declared.form === "word"
      ? form
      : `${form}; stages have ${valuesOnLadder(plan, key)}`;
  if (text === undefined) {
    if (declared.default !== undefined) return declared.default;
    throw new BadInput({
      where: file,
      key: `${plan.name}:${key}`,
      found: "not set",
      expected,
    });
  }
  const value = declared.form === "word" ? text : fromText(text);
  const parsed = schema.safeParse(value);
  if (parsed.success) return normalised(declared, parsed.data);
  const near =
    typeof value === "number" && Object.hasOwn(plan.config, key)
      ? nearest(plan, { [key]: value })
      : [];
  throw new BadInput({
    where: file,
    key: `${plan.name}:${key}`,
    found: shown(value),
    expected,
    ...(near.length > 0 && { remedy: `Nearest: ${listed(plan, near, { [key]: value })}.` }),
  });
};

/**
 * Config reaches a program as text; numbers, switches and maps are JSON in it. A number that is written in an uncommon
 * way, as `1e1` or `-0`, stays text: nobody should have to work out where the traffic goes.
 */
const fromText = (text: string): unknown => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "number" && String(value) !== text ? text : value;
  } catch {
    return text;
  }
};

const noStage = (plan: Plan, posture: Posture, file: string): BadInput => {
  const [only, ...others] = Object.keys(plan.config);
  const near = listed(plan, nearest(plan, posture), posture);
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
    .map(([key, value]) => `${key} ${inText(value)}`)
    .join(", ");
  return new BadInput({
    where: file,
    key: plan.name,
    found: `at ${found}, which together are no stage`,
    expected: `the values of one stage ${source}`,
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
  Object.keys(found).reduce((sum, key) => sum + valueDistance(wanted[key], found[key]), 0);

/** 0 for the same value, 1,000 for another; a little more for far numbers, less for maps that agree in part. */
const valueDistance = (
  wanted: PostureValue | undefined,
  found: PostureValue | undefined,
): number => {
  if (samePosture(wanted, found)) return 0;
  if (typeof wanted === "number" && typeof found === "number") {
    return 1_000 + Math.min(Math.abs(wanted - found), 999);
  }
  if (typeof wanted !== "object" || typeof found !== "object") return 1_000;
  const planes = Object.entries(wanted);
  const others = new Map(Object.entries(found));
  const differing = planes.filter(([plane, word]) => others.get(plane) !== word);
  return (1_000 * differing.length) / planes.length;
};

const valuesOnLadder = (plan: Plan, key: string): string =>
  eitherOf([...new Set(plan.ladder.map(({ name }) => inText(configAt(plan, name)[key])))]);

const eitherOf = (values: readonly string[]): string => {
  const last = values.at(-1) ?? "";
  return values.length > 1 ? `${values.slice(0, -1).join(", ")} or ${last}` : last;
};

/** Each stage with the values that would have to change. */
const listed = (
  plan: Plan,
  stages: readonly Stage[],
  found: Readonly<Record<string, unknown>>,
): string =>
  stages
    .map((stage) => {
      const changes = Object.entries(configAt(plan, stage.name))
        .filter(([key, value]) => Object.hasOwn(found, key) && inText(value) !== inText(found[key]))
        .map(([key, value]) => `${plan.name}:${key} ${inText(value)}`);
      return `${stage.name} (${changes.join(", ")})`;
    })
    .join(" or ");

/** A value as a person writes it in a stack file: one word where all planes have the same. */
const inText = (value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const words = new Set(Object.values(value));
  const [word] = words;
  return words.size === 1 && !Array.isArray(value) ? String(word) : JSON.stringify(value);
};
