import type { DeploymentContext } from "../deployment-context.ts";
import type { AnalyzedResource } from "./analyzer-messages.ts";
import type { Goal, ResourceState } from "../values/resource-state.ts";
import { createUrn, parseProviderReference, stackType } from "../values/urn.ts";

/**
 * Has every pack change, then judge a resource; what they change is written into `next.inputs`.
 * False means that the resource must not go on; a preview goes on in any case, so that it shows all there is.
 */
export async function judge(
  context: DeploymentContext,
  next: ResourceState,
  goal: Goal,
): Promise<boolean> {
  const { packs, log } = context;
  const resource = (): AnalyzedResource => ({
    state: next,
    properties: next.inputs,
    deleteBeforeReplace: goal.deleteBeforeReplace,
    provider: providerState(context, next),
  });
  for (const pack of packs) {
    for (const { policy, pack: packName, properties, failure } of await pack.remediate(
      resource(),
    )) {
      if (failure !== "") {
        log.violation({
          policy,
          pack: packName,
          level: "advisory",
          urn: next.urn,
          message: failure,
        });
      } else {
        log.say("info", `remediated by policy ${policy} of ${packName}`, next.urn);
        next.inputs = properties;
      }
    }
  }
  const violations = (await Promise.all(packs.map((pack) => pack.analyze(resource())))).flat();
  violations.forEach((violation) => log.violation(violation));
  return context.dryRun || violations.every(({ level }) => level === "advisory");
}

/** Has every pack judge the stack as it is after the update. */
export async function judgeStack(context: DeploymentContext): Promise<void> {
  const { packs, log, news, goals, project, stack } = context;
  const resources = [...news.values()].map((state) => ({
    state,
    properties: state.outputs,
    deleteBeforeReplace: goals.get(state.urn)?.deleteBeforeReplace,
    provider: providerState(context, state),
  }));
  const root = createUrn({
    stack,
    project,
    parent: "",
    type: stackType,
    name: `${project}-${stack}`,
  });
  const violations = await Promise.all(packs.map((pack) => pack.analyzeStack(resources, root)));
  violations.flat().forEach((violation) => log.violation(violation));
}

function providerState(
  { news, olds }: DeploymentContext,
  { provider }: ResourceState,
): ResourceState | undefined {
  if (provider === "") {
    return undefined;
  }
  const { urn } = parseProviderReference(provider);
  return news.get(urn) ?? olds.get(urn);
}
