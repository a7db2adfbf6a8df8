/** Prints what is loaded after SDKs were imported and after their first use, and what that use found. */
import "../../../readiness/engine/lean-imports.ts";
import { createRequire } from "node:module";

const { cache } = createRequire(import.meta.url);
const [pulumi, aws, datadog] = await Promise.all([
  import("@pulumi/pulumi"),
  import("@pulumi/aws"),
  import("@pulumi/datadog"),
]);
const onImport = Object.keys(cache);

const found = {
  createStack: typeof pulumi.automation.LocalWorkspace.createStack,
  instanceType: aws.ec2.InstanceType.T3_Micro,
  isInstance: [aws.rds.Instance.isInstance({}), datadog.Monitor.isInstance({})],
};
const onUse = Object.keys(cache);

pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "1", state: inputs }), call: () => ({}) });
class Own extends datadog.Monitor {
  readonly own = true;
}
const args = { type: "query alert", name: "n", query: "q", message: "m" };
const [own, other, plain] = [
  new Own("own", args),
  new Own("other", args),
  new datadog.Monitor("plain", args),
];
const extended = [own instanceof Own, other instanceof datadog.Monitor, plain instanceof datadog.Monitor];

process.stdout.write(JSON.stringify({ onImport, onUse, found, extended }));
