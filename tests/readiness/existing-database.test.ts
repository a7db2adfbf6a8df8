/** A database that is there already, by what facts tell of it and of all that it leads to. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../model/finding.ts";
import { messageOf } from "../../model/finding.ts";
import { writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import {
  type Changes,
  existingConfig,
  ingress,
  peeredWith,
  read,
  writeFacts,
} from "./parts/existing-database.ts";
import { type Case, openIn, type Run, runsOf } from "./parts/existing-stacks.ts";
import { weakDatabases } from "./parts/weak-databases.ts";
import { range, weakNetworks, weakPeerings } from "./parts/weak-networks.ts";
import { run } from "./project.ts";

const listed = { kind: "static-ips", addresses: ["198.51.100.7"] };
const peered = { kind: "secure-compute", privateNetworkCidr: range };

/** What nothing is told of is not followed either: each takes a run of its own. */
const unfollowed = ["instance", "subnets", "tables", "given", "findDefaultGroup", "logs", "flowLog"];
const cases: readonly Case[] = [
  { stack: "prod", network: listed },
  { stack: "prod", network: peered, changes: peeredWith(range) },
  ...unfollowed.map((name): Case => ({ stack: "prod", network: listed, missing: [name] })),
];
const [behindAddresses, behindPeering, ...partly] = runsOf(cases) as readonly [Run, Run, ...Run[]];

const said = (finding: Finding) => `${finding.by}: ${messageOf(finding, "prod")}`;

describe("a database that is there already", () => {
  it.each([
    ["listed addresses", behindAddresses],
    ["a peering", behindPeering],
  ])("holds behind %s where all of it is sound", (_, sound) => {
    expect(openIn(sound).map(said)).toEqual([]);
  });

  it.each([
    ...read.map((name) => [name, () => openIn(behindAddresses, { [name]: undefined })] as const),
    ...unfollowed.map((name, i) => [`${name}, and what follows`, () => openIn(partly[i] as Run)] as const),
  ])("is not known by what nobody has read: %s", (_, found) => {
    const open = found();
    expect(open.filter(({ outcome }) => outcome !== "unknown").map(said)).toEqual([]);
    expect(open.length).toBeGreaterThan(0);
    for (const finding of open) expect(said(finding)).toMatch(/npm run facts|flowLogId of the database/);
  });

  it.each([...weakDatabases, ...weakNetworks])(
    "does not hold where it is %s, and its owner reads what to change",
    (_, changes, rule, message) => {
      const open = openIn(behindAddresses, changes);
      const own = open.filter(({ by }) => by === rule);
      expect(open.map(said).join("\n")).toContain(rule);
      expect(own.map(said).join("\n")).toMatch(message);
      const ofRead = open.filter(
        ({ outcome, urn }) => outcome === "fail" && urn?.includes("ExistingDatabase$"),
      );
      for (const { remedy = "" } of ofRead)
        expect(remedy).toContain("Its owner does; this stack only reads it");
      expect(ofRead.map(({ remedy = "" }) => remedy).join()).not.toMatch(/Pulumi\.prod\.yaml|components\//);
    },
  );

  it.each(weakPeerings)("does not hold behind a peering where it is %s", (_, changes, rule, message) => {
    const own = openIn(behindPeering, changes).filter(({ by }) => by === rule);
    expect(own.map(said).join("\n")).toMatch(message);
  });

  it("lets its own network's clients in, and what a group in it holds", () => {
    const inside = { group: { ingress: [ingress([range, "10.20.0.0/16"])] } };
    expect(openIn(behindPeering, inside).map(said)).toEqual([]);
    const too = { group: { ingress: [ingress(["198.51.100.7/32"]), ingress(["10.20.7.0/24"], 6432)] } };
    expect(openIn(behindAddresses, too).map(said)).toEqual([]);
  });

  it("may have logs that are kept for ever", () => {
    expect(openIn(behindAddresses, { "log postgresql": { retentionInDays: 0 } }).map(said)).toEqual([]);
  });
});

/** The report on a stack with a file of facts. */
async function judged(stack: string, changes?: Changes, recorded?: Date) {
  const cwd = temporary();
  writeChanged(cwd, stack, () => existingConfig(listed));
  writeFacts(cwd, stack, changes, recorded);
  const result = await run(["check", "--stack", stack, "--format", "json"], { cwd });
  const [report] = reportIn(result).stacks;
  const of = (outcome: string) => report?.findings.filter((found) => found.outcome === outcome) ?? [];
  return { of, verdict: report?.verdict, warnings: report?.warnings ?? [] };
}

describe("check of a stack with such a database", () => {
  it("is GO by its facts", async () => {
    const { of, verdict, warnings } = await judged("staging");
    expect([...of("fail"), ...of("error"), ...of("unknown")]).toEqual([]);
    expect(warnings).toEqual([]);
    expect(verdict).toBe("GO");
  });

  it("does not know it by facts that are too old", async () => {
    const { of, verdict, warnings } = await judged("staging", {}, new Date(Date.now() - 40 * 86_400_000));
    expect(of("fail")).toEqual([]);
    expect(of("unknown").map(({ by }) => by)).toEqual(
      expect.arrayContaining(["network-traffic-logged", "database-storage-encrypted"]),
    );
    expect(warnings.join()).toContain("counts for 30 days");
    expect(verdict).toBe("UNDETERMINED");
  });

  it("does not know what was withheld", async () => {
    const { of } = await judged("staging", { instance: { storageEncrypted: "[withheld]" } });
    expect(of("unknown").map(({ by }) => by)).toContain("database-storage-encrypted");
  });
});
