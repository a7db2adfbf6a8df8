import * as aws from "@pulumi/aws";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import { Store } from "./store.ts";

const config = new pulumi.Config();

const key = new aws.kms.Key(
  "key",
  { description: "of the database" },
  { protect: true, retainOnDelete: true },
);
const password = new random.RandomPassword("password", { length: config.requireNumber("length") });
const database = new aws.rds.Instance(
  "database",
  {
    instanceClass: "db.t4g.micro",
    identifier: pulumi.interpolate`db-${password.length}`,
    kmsKeyId: key.arn,
    password: password.result,
    tags: { key: key.keyId, plain: "text", token: pulumi.secret("hidden") },
  },
  { additionalSecretOutputs: ["endpoint"], dependsOn: [key] },
);
const store = new Store("store", { protect: true });

let appliedToUnknown = false;
database.arn.apply(() => {
  appliedToUnknown = true;
});

// Awaited, so that the applies before it have run where they run at all.
const vendor = await pagerduty.getVendor({ name: "Datadog" });

export const identifier = database.identifier;
export const endpoint = database.endpoint;
export const arn = database.arn;
export const bucketName = store.bucket.bucket;
export const token = config.requireSecret("token");
export const nested = { plain: 1, token };
export const vendorId = vendor.id;
export const applied = pulumi.output(store.bucket.bucket).apply(() => appliedToUnknown);
export const stack = pulumi.getStack();
