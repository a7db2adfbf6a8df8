/** The project's program with faults planted in what it declares: in all of it, or where `broken:types` says. */
import * as pulumi from "@pulumi/pulumi";

type Props = Record<string, unknown>;

/** By type: what is changed in the inputs. */
const faults: Readonly<Record<string, (props: Props, name: string) => Props>> = {
  "aws:rds/instance:Instance": (props) => ({
    ...props,
    publiclyAccessible: true,
    // Not known in a preview, and then none: the value comes from another resource.
    backupRetentionPeriod: pulumi.output(props["kmsKeyId"] as pulumi.Input<string>).apply(() => 0),
  }),
  "aws:kms/key:Key": (props, name) =>
    name.endsWith("-cache") ? { ...props, enableKeyRotation: false } : props,
  "aws:elasticache/replicationGroup:ReplicationGroup": (props) => ({
    ...props,
    transitEncryptionEnabled: false,
  }),
  "aws:wafv2/webAcl:WebAcl": (props) => ({ ...props, rules: [] }),
  "datadog:index/monitor:Monitor": (props) => ({ ...props, message: "Something is wrong." }),
  "pagerduty:index/service:Service": (props) => ({ ...props, autoResolveTimeout: "14400" }),
};

export default async function program(): Promise<unknown> {
  const types = new pulumi.Config("broken").get("types")?.split(",") ?? Object.keys(faults);
  pulumi.runtime.registerResourceTransform(({ type, name, props, opts }) => {
    const change = types.includes(type) ? faults[type] : undefined;
    return change ? { props: change(props, name), opts } : undefined;
  });
  // Only now: its resources are declared as it loads.
  return { ...(await import("../../../index.ts")) };
}
