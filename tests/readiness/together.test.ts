/** A stack that is judged with the state of another team's. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../readiness/check/check.ts";
import type { StackReport } from "../../readiness/report.ts";
import { runCommand } from "../../readiness/run-command.ts";
import { exported, type Json, urnOf } from "./exports.ts";
import { inProcess } from "./in-process.ts";
import { makeProject } from "./project.ts";

/** A resource of this project's production, or of the network team's. */
function resource(type: string, name: string, inputs: Json, project = "readiness"): Json {
  const urn = urnOf(type, name, "prod", project);
  return {
    urn,
    type,
    custom: true,
    id: `${name}-0a1b2c3d`,
    inputs,
    outputs: { ...inputs, id: `${name}-0a1b2c3d` },
  };
}

const vpc = "vpc-0a1b2c3d4e5f";
const network = (traffic: string) => [
  { ...resource("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" }, "network"), id: vpc },
  resource("aws:ec2/flowLog:FlowLog", "main", { vpcId: vpc, trafficType: traffic }, "network"),
];
const ours = [resource("aws:ec2/securityGroup:SecurityGroup", "database", { vpcId: vpc, ingress: [] })];

describe("a state judged with another", () => {
  let cwd: string;
  beforeAll(() => {
    cwd = makeProject("throw new Error('the program must not run');\n");
    return () => rmSync(cwd, { recursive: true });
  });

  const write = (name: string, resources: readonly Json[], time?: string) => {
    const { deployment, ...rest } = exported(resources) as { deployment: { manifest: Json } };
    const manifest = { ...deployment.manifest, ...(time && { time }) };
    writeFileSync(join(cwd, name), JSON.stringify({ ...rest, deployment: { ...deployment, manifest } }));
    return join(cwd, name);
  };
  const checked = (...state: readonly string[]) => {
    const asked = { stack: [], all: false, purpose: "change", quiet: false, conditional: false } as const;
    const outputs = [{ format: "json", out: undefined }] as const;
    return inProcess(() => runCommand(() => check({ ...asked, state, outputs }, cwd)));
  };
  const report = async (...state: readonly string[]): Promise<StackReport> =>
    JSON.parse((await checked(...state)).stdout).stacks[0];
  const saidOf = ({ findings }: StackReport, project: string) =>
    findings.filter(({ urn }) => urn?.includes(`::${project}::`));

  it("is of this project's stack, whichever is given first, and as old as the oldest", async () => {
    const own = write("ours.json", ours);
    const other = write("network.json", network("ALL"), "2026-01-02T03:04:05Z");
    for (const files of [
      [own, other],
      [other, own],
    ]) {
      const { stack, source, resources } = await report(...files);
      expect({ stack, updated: source.updated }).toEqual({
        stack: "prod",
        updated: "2026-01-02T03:04:05.000Z",
      });
      expect(source.file).toBe(files.join(", "));
      expect(resources).toMatchObject({ "aws:ec2/vpc:Vpc": 1, "aws:ec2/securityGroup:SecurityGroup": 1 });
    }
  });

  it("knows what is declared there", async () => {
    const own = write("ours.json", ours);
    const logged = ({ findings }: StackReport) =>
      findings.filter(({ by }) => by === "network-traffic-logged").map(({ outcome }) => outcome);
    expect(logged(await report(own))).toEqual(["fail"]);
    expect(logged(await report(own, write("network.json", network("ALL"))))).toEqual(["pass"]);
    expect(logged(await report(own, write("network.json", network("REJECT"))))).toContain("fail");
  });

  it("asks of the others' that it is right, and nothing of this product's conventions", async () => {
    const bucket = resource("aws:s3/bucket:Bucket", "logs", { bucket: "acme-logs" }, "network");
    const together = await report(
      write("ours.json", ours),
      write("network.json", [...network("ALL"), bucket]),
    );
    const failing = saidOf(together, "network").filter(({ outcome }) => outcome === "fail");
    expect(failing.map(({ item }) => item)).toContain("EDGE-11");
    const own = together.findings.filter(({ urn }) => urn === null || urn.includes("::readiness::"));
    const saidOfOwn = new Set(own.map(({ by }) => by));
    const conventions = failing.filter(({ item, by }) => item.startsWith("GOV-") && saidOfOwn.has(by));
    expect(conventions).toEqual([]);
  });

  it("is refused where two states are of one stack", async () => {
    const { status, stderr } = await checked(write("a.json", ours), write("b.json", ours));
    expect(stderr).toMatch(/b\.json is the state of readiness\/prod, and so is .*a\.json\n$/);
    expect([status, stderr.trimEnd().split("\n").length]).toEqual([2, 1]);
  });
});
