import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

interface Use {
  readonly onImport: readonly string[];
  readonly onUse: readonly string[];
  readonly found: unknown;
  readonly extended: readonly boolean[];
}

describe("SDKs that are imported", () => {
  // A process of its own, where nothing is loaded yet.
  const use: Use = JSON.parse(
    execFileSync(process.execPath, [join(import.meta.dirname, "use-sdks.ts")], { encoding: "utf8" }),
  );
  const of = (files: readonly string[], part: string) =>
    files.filter((file) => file.includes(`/node_modules/${part}`));

  test("load nothing that is not used", () => {
    expect(of(use.onImport, "@npmcli/arborist/lib/arborist")).toEqual([]);
    expect(of(use.onImport, "@pulumi/pulumi/vendor/typescript")).toEqual([]);
    expect(of(use.onImport, "@grpc/grpc-js/build/src/server.js")).toEqual([]);
    expect(of(use.onImport, "@pulumi/aws/rds/instance.js")).toEqual([]);
    expect(of(use.onImport, "@pulumi/datadog/monitor.js")).toEqual([]);
  });

  test("load on first use, and are what they were", () => {
    expect(use.found).toEqual({
      createStack: "function",
      instanceType: "t3.micro",
      isInstance: [false, false],
    });
    expect(of(use.onUse, "@pulumi/datadog/monitor.js")).toHaveLength(1);
    expect(of(use.onUse, "@pulumi/aws/rds/instance.js")).toHaveLength(1);
    expect(of(use.onUse, "@pulumi/aws/iot/")).toHaveLength(1);
  });

  test("have classes that can be extended", () => {
    expect(use.extended).toEqual([true, true, true]);
  });
});
