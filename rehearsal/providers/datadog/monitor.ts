import { standIn } from "../stand-in.ts";
import {
  answeringDatadog,
  awaitedDatadog,
  removeIfThere,
  type DatadogAccount,
} from "./datadog-account.ts";
import { monitorInputs, type MonitorInputs } from "./monitor-inputs.ts";
import { apiMonitor, inputsOfMonitor } from "./monitor-translation.ts";
import type { Properties } from "../property-values.ts";

/** Acts for `datadog.Monitor` on the monitors of the world. Its two types change into one another in place. */
export const monitor = standIn<MonitorInputs, DatadogAccount>({
  type: "datadog:index/monitor:Monitor",
  inputs: monitorInputs,
  create: async (inputs, account, { signal }) => {
    const { monitors, now } = await awaitedDatadog(account, signal);
    const { id } = monitors.create(apiMonitor(inputs), now());
    return { id: String(id), outputs: outputsOf(inputs) };
  },
  update: async (id, inputs, account, { signal }) => {
    const { monitors, now } = await awaitedDatadog(account, signal);
    monitors.update(Number(id), apiMonitor(inputs), now());
    return outputsOf(inputs);
  },
  delete: async (id, account, { signal }) => {
    const { monitors } = await awaitedDatadog(account, signal);
    removeIfThere(() => monitors.remove(Number(id)));
  },
  read: (id, account, { oldInputs }) => {
    const found = answeringDatadog(account).monitors.get(Number(id));
    if (found === undefined) return undefined;
    const inputs = inputsOfMonitor(found.definition, oldInputs);
    return { inputs, outputs: outputsOf(inputs) };
  },
});

/** The provider reports these even when the program leaves them out. */
const outputsOf = (inputs: Properties): Properties => ({
  evaluationDelay: 0,
  restrictedRoles: [],
  tags: [],
  ...inputs,
});
