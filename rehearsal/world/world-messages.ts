import type { ClockState } from "../clock.ts";
import type { DataAccount } from "./data/data-account.ts";
import type { Disturbance } from "./disturbance.ts";
import type { AppliedWeights } from "./gateway.ts";
import type { SentMessages } from "./monitoring/notification-sink.ts";
import type { AlarmChange } from "./world.ts";

/** What the rehearsal says to the world's process. */
export type ToWorld =
  | {
      readonly type: "start";
      readonly system: string;
      readonly seed: number;
      readonly speed: number;
    }
  | {
      readonly type: "pass";
      readonly token: number;
      readonly passing: boolean;
      readonly speed: number;
    }
  | { readonly type: "disturb"; readonly token: number; readonly disturbance: Disturbance }
  | { readonly type: "weights"; readonly token: number }
  | { readonly type: "account"; readonly token: number; readonly written: readonly string[] }
  | { readonly type: "frozen"; readonly token: number }
  | { readonly type: "messages"; readonly token: number }
  | { readonly type: "stop" };

/** What the world's process answers, and what it tells unasked. */
export type FromWorld =
  | {
      readonly type: "ready";
      readonly url: string;
      readonly gatewayUrl: string;
      readonly providers: string;
      readonly clock: ClockState;
    }
  | { readonly type: "clock"; readonly state: ClockState }
  | { readonly type: "alarm"; readonly change: AlarmChange }
  | { readonly type: "done"; readonly token: number; readonly weights: AppliedWeights }
  | { readonly type: "accounted"; readonly token: number; readonly data: DataAccount | null }
  | { readonly type: "frozen"; readonly token: number; readonly milliseconds: number }
  | { readonly type: "messages"; readonly token: number; readonly messages: SentMessages }
  | { readonly type: "failed"; readonly reason: string };
