import { Route53Refusal } from "../../world/dns/refusal.ts";
import type { Route53World } from "../../world/dns/route53-api.ts";

/** What the stand-ins act on: Route 53 as one provider configuration may use it. */
export interface AwsAccount {
  readonly route53: Route53World;
  readonly authorized: boolean;
}

/** Route 53, if it knows the caller. @throws Route53Refusal 403. */
export const answeringRoute53 = ({ route53, authorized }: AwsAccount): Route53World => {
  if (authorized) return route53;
  throw new Route53Refusal(
    403,
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
  );
};
