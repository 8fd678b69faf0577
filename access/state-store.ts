import { Key } from "@pulumi/aws/kms/key.js";
import { Bucket } from "@pulumi/aws/s3/bucket.js";
import { BucketPolicy } from "@pulumi/aws/s3/bucketPolicy.js";
import { BucketPublicAccessBlock } from "@pulumi/aws/s3/bucketPublicAccessBlock.js";
import { BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3/bucketServerSideEncryptionConfiguration.js";
import { BucketVersioning } from "@pulumi/aws/s3/bucketVersioning.js";
import * as pulumi from "@pulumi/pulumi";

/**
 * Where the stacks' state lies: a bucket that keeps every version, open to nobody, and the key that opens
 * both it and the secrets of the stacks.
 */
export class StateStore extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>;
  readonly bucketArn: pulumi.Output<string>;
  readonly keyArn: pulumi.Output<string>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("cutover:access:StateStore", name, {}, opts);
    // Whoever loses these loses the ledgers.
    const kept = { parent: this, protect: true };
    const key = new Key(
      `${name}-key`,
      { description: "State and secrets of cutovers", enableKeyRotation: true },
      kept,
    );
    const bucket = new Bucket(`${name}-bucket`, {}, kept);
    const of = { bucket: bucket.bucket };
    const child = { parent: this };
    new BucketVersioning(
      `${name}-versions`,
      { ...of, versioningConfiguration: { status: "Enabled" } },
      child,
    );
    new BucketServerSideEncryptionConfiguration(
      `${name}-encryption`,
      {
        ...of,
        rules: [
          {
            applyServerSideEncryptionByDefault: {
              sseAlgorithm: "aws:kms",
              kmsMasterKeyId: key.arn,
            },
            bucketKeyEnabled: true,
          },
        ],
      },
      child,
    );
    const closed = new BucketPublicAccessBlock(
      `${name}-closed`,
      {
        ...of,
        blockPublicAcls: true,
        blockPublicPolicy: true,
        ignorePublicAcls: true,
        restrictPublicBuckets: true,
      },
      child,
    );
    new BucketPolicy(
      `${name}-encrypted-ways`,
      {
        ...of,
        policy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Deny",
              Principal: "*",
              Action: "s3:*",
              Resource: [bucket.arn, pulumi.interpolate`${bucket.arn}/*`],
              Condition: { Bool: { "aws:SecureTransport": "false" } },
            },
          ],
        }),
      },
      { ...child, dependsOn: closed },
    );
    this.bucket = bucket.bucket;
    this.bucketArn = bucket.arn;
    this.keyArn = key.arn;
    this.registerOutputs({ bucket: this.bucket, keyArn: this.keyArn });
  }
}
