import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Uses one of Pulumi's options each; the stack's name chooses. */
const uses: Readonly<Record<string, () => unknown>> = {
  "explicit-provider": () => {
    const provider = new aws.Provider("ireland", { region: "eu-west-1" });
    const parent = new pulumi.ComponentResource("options:index:Parent", "parent", {}, { provider });
    new aws.s3.Bucket("inherits", {}, { parent });
    new aws.s3.Bucket("names", {}, { provider });
    new aws.s3.Bucket("neither");
  },
  "parent-options": () => {
    const parent = new aws.s3.Bucket("parent", {}, { protect: true, retainOnDelete: true });
    new aws.s3.BucketVersioning(
      "child",
      { bucket: parent.id, versioningConfiguration: { status: "Enabled" } },
      { parent },
    );
    new aws.s3.Bucket("own", {}, { parent, protect: false, retainOnDelete: false });
  },
  get: () => {
    const zone = aws.route53.Zone.get("zone", "Z123");
    new aws.route53.Record("record", { zoneId: zone.zoneId, name: "a", type: "A", records: ["192.0.2.1"] });
    return { id: zone.id, name: zone.name };
  },
  import: () => ({ id: new aws.s3.Bucket("imported", { bucket: "old" }, { import: "old" }).id }),
  "resource-as-input": () => {
    const role = new aws.iam.Role("role", { assumeRolePolicy: "{}" });
    new aws.iam.InstanceProfile("profile", { role });
  },
  transformations: () => {
    pulumi.runtime.registerStackTransformation(({ type, props, opts }) =>
      type === "aws:s3/bucket:Bucket"
        ? { props: { ...props, tags: { owner: "team" } }, opts: { ...opts, protect: true } }
        : undefined,
    );
    new aws.s3.Bucket("bucket");
  },
  transforms: () => {
    pulumi.runtime.registerResourceTransform(({ type, props, opts }) =>
      type === "aws:s3/bucket:Bucket"
        ? { props: { ...props, tags: { owner: "team" } }, opts: { ...opts, protect: true } }
        : undefined,
    );
    const parent = new pulumi.ComponentResource(
      "options:index:Parent",
      "parent",
      {},
      { transforms: [({ props, opts }) => ({ props: { ...props, forceDestroy: true }, opts })] },
    );
    const key = new aws.kms.Key("key");
    new aws.s3.Bucket("bucket", { bucket: pulumi.secret("name"), tags: { key: key.arn } }, { parent });
  },
  hooks: () => {
    const hook = new pulumi.ResourceHook("hook", () => {
      throw new Error("hooks belong to a deployment");
    });
    new aws.s3.Bucket("bucket", {}, { hooks: { afterCreate: [hook] } });
  },
  "dynamic-provider": () => {
    class Dynamic extends pulumi.dynamic.Resource {}
    new Dynamic({ create: async () => ({ id: "1" }) }, "dynamic", { input: 1 });
  },
  later: () => {
    setTimeout(() => new aws.s3.Bucket("later"), 1);
  },
};

export default () => uses[pulumi.getStack()]?.();
