import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A component with one child. */
export class Store extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("declares:index:Store", name, {}, opts);
    this.bucket = new aws.s3.Bucket(`${name}-bucket`, { bucket: "a-bucket" }, { parent: this });
    this.registerOutputs({ arn: this.bucket.arn });
  }
}
