import { unknownCaller } from "../../world/aws/refusal.ts";
import type { Route53World } from "../../world/dns/route53-api.ts";
import type { ElbWorld } from "../../world/elb/elb-world.ts";

/** The services of AWS that a world plays. */
export interface AwsServices {
  readonly route53?: Route53World;
  readonly loadBalancing?: ElbWorld;
  /** What callers have to sign with. */
  readonly accessKey: string;
}

/** What the stand-ins act on: AWS as one provider configuration may use it. */
export interface AwsAccount extends AwsServices {
  readonly authorized: boolean;
}

/** Route 53, if it knows the caller. @throws AwsRefusal 403. */
export const answeringRoute53 = (account: AwsAccount): Route53World =>
  answering(account, account.route53, "Route 53");

/** Elastic Load Balancing, if it knows the caller. @throws AwsRefusal 403. */
export const answeringElb = (account: AwsAccount): ElbWorld =>
  answering(account, account.loadBalancing, "Elastic Load Balancing");

const answering = <Service>(
  { authorized }: AwsAccount,
  service: Service | undefined,
  name: string,
): Service => {
  if (!authorized) throw unknownCaller();
  if (service === undefined) throw new Error(`this world has no ${name}`);
  return service;
};
