import { DatadogRefusal } from "./datadog-refusal.ts";

/** The Slack channels that Datadog's integration may post to, by account and channel. */
export class SlackChannels {
  readonly #channels = new Map<string, Readonly<Record<string, unknown>>>();

  /** @throws DatadogRefusal 400 when the channel is known already. */
  create(id: string, channel: object): void {
    if (this.#channels.has(id)) {
      throw new DatadogRefusal(400, `Slack channel ${id} already exists`);
    }
    this.#channels.set(id, { ...channel });
  }

  /** @throws DatadogRefusal 404 */
  update(id: string, channel: object): void {
    this.#requireKnown(id);
    this.#channels.set(id, { ...channel });
  }

  /** @throws DatadogRefusal 404 */
  remove(id: string): void {
    this.#requireKnown(id);
    this.#channels.delete(id);
  }

  get(id: string): Readonly<Record<string, unknown>> | undefined {
    return this.#channels.get(id);
  }

  #requireKnown(id: string): void {
    if (!this.#channels.has(id)) throw new DatadogRefusal(404, `Slack channel ${id} not found`);
  }
}
