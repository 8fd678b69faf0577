import { AwsRefusal } from "../aws/refusal.ts";

/** What Route 53 answers instead of doing as it was asked. */
export class Route53Refusal extends AwsRefusal {
  override readonly name = "Route53Refusal";
}
