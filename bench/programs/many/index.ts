import * as pulumi from "@pulumi/pulumi";

/** As many resources as `BENCH_RESOURCES` says, independent of one another. */
class Piece extends pulumi.CustomResource {
  constructor(name: string, number: number) {
    super("bench:index:Piece", name, { number });
  }
}

for (let number = 0; number < Number(process.env["BENCH_RESOURCES"]); number += 1) {
  new Piece(`piece-${number}`, number);
}
