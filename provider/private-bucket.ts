/** components/private-bucket.ts in any language. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { PrivateBucket as Component } from "../components/private-bucket.ts";
import { count } from "../model/config/forms.ts";
import { checked } from "./checked.ts";
import { owned, ownership } from "./owned.ts";

export interface Lock {
  /** GOVERNANCE, which a person with rights of their own can lift, or COMPLIANCE, which nobody can. */
  mode: string;
  /** Days that every version of an object stays. */
  days: number;
}

export interface PrivateBucketArgs {
  /** Name of the product, and the team that owns it: tags. */
  product: string;
  owner: string;
  /** staging or production, where the stack's name does not tell; in production it is protected and outlives the stack. */
  tier?: string;
  /** Days until an object is deleted; it stays for ever where absent. */
  expireAfterDays?: number;
  /** ARN of the KMS key that encrypts its objects; S3's own key where absent. */
  kmsKeyArn?: pulumi.Input<string>;
  /** S3 takes none off a bucket again. */
  lock?: Lock;
}

/** An S3 bucket that nobody reaches but whom a policy names: no ACLs, encrypted, versioned, and locked where asked. */
export class PrivateBucket extends pulumi.ComponentResource {
  /** Its name. */
  readonly bucket: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;

  constructor(name: string, args: PrivateBucketArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:PrivateBucket", name, {}, opts);
    const { kmsKeyArn, ...plain } = args;
    const { expireAfterDays, lock, ...whose } = checked(settings, plain);
    const store = new Component(
      name,
      {
        ...ownership(whose),
        ...(expireAfterDays && { expireAfterDays }),
        ...(lock && { lock }),
        ...(kmsKeyArn && { kmsKeyArn }),
      },
      { parent: this },
    );
    store.declarePolicy();
    this.bucket = store.bucket.id;
    this.arn = store.bucket.arn;
    this.registerOutputs({});
  }
}

const lock = z.strictObject({ mode: z.enum(["GOVERNANCE", "COMPLIANCE"]), days: count(1, 36_500) });
const settings = z.strictObject({
  ...owned,
  expireAfterDays: count(1, 36_500).optional(),
  lock: lock.optional(),
});
