import "../../../readiness/engine/lean-imports.ts";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";

const { cache } = createRequire(import.meta.url);
const loaded = (part: string) => Object.keys(cache).filter((file) => file.includes(`/node_modules/${part}`));

describe("SDKs that are imported", async () => {
  const [pulumi, aws, datadog] = await Promise.all([
    import("@pulumi/pulumi"),
    import("@pulumi/aws"),
    import("@pulumi/datadog"),
  ]);

  test("load nothing that is not used", () => {
    expect(loaded("@npmcli/arborist/lib/arborist")).toEqual([]);
    expect(loaded("@pulumi/pulumi/vendor/typescript")).toEqual([]);
    expect(loaded("@grpc/grpc-js/build/src/server.js")).toEqual([]);
    expect(loaded("@pulumi/aws/rds/instance.js")).toEqual([]);
    expect(loaded("@pulumi/datadog/monitor.js")).toEqual([]);
  });

  test("load on first use, and are what they were", () => {
    expect(pulumi.automation.LocalWorkspace.createStack).toBeTypeOf("function");
    expect(aws.rds.Instance.isInstance({})).toBe(false);
    expect(aws.ec2.InstanceType.T3_Micro).toBe("t3.micro");
    expect(datadog.Monitor.isInstance({})).toBe(false);
    expect(loaded("@pulumi/datadog/monitor.js")).toHaveLength(1);
    expect(loaded("@pulumi/aws/rds/instance.js")).toHaveLength(1);
    expect(loaded("@pulumi/aws/iot/")).toHaveLength(1);
  });

  test("have classes that can be extended", async () => {
    pulumi.runtime.setMocks({ newResource: ({ inputs }) => ({ id: "1", state: inputs }), call: () => ({}) });
    class Own extends datadog.Monitor {
      readonly own = true;
    }
    const args = { type: "query alert", name: "n", query: "q", message: "m" };
    expect(new Own("own", args)).toBeInstanceOf(Own);
    expect(new Own("other", args)).toBeInstanceOf(datadog.Monitor);
    expect(new datadog.Monitor("plain", args)).toBeInstanceOf(datadog.Monitor);
  });
});
