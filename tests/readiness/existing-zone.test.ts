/** A hosted zone that is there already, by what facts tell of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const zoneId = "Z0123456789ABCDEFGHIJ";
const queryLogId = "3e6e7d3a-1c5b-4d2e-9f0a-0123456789ab";
const group = "/dns/example.com";
const arn = `arn:aws:logs:us-east-1:123456789012:log-group:${group}`;

interface Told {
  readonly zone?: object | undefined;
  readonly signing?: object;
  readonly log?: object;
  readonly group?: object;
  readonly groupAt?: string;
  readonly dns?: object;
  readonly recorded?: Date;
}

/** The reports on both stacks with the same zone, and what facts tell of it. */
async function judged({ recorded = new Date(), groupAt = "aws-us-east-1", ...changed }: Told) {
  const cwd = temporary();
  mkdirSync(join(cwd, "facts"));
  const lookup = (token: string, id: string, answer: object | undefined, provider = "aws-home") =>
    answer ? [{ kind: "resource", token, provider, args: { id }, answer }] : [];
  for (const stack of ["prod", "staging"]) {
    writeChanged(cwd, stack, () => ({
      "readiness:dns": changed.dns ?? { kind: "route53", zoneId, queryLogId },
    }));
    const facts = {
      schemaVersion: "1.0",
      stack,
      recorded: recorded.toISOString(),
      days: 30,
      lookups: [
        ...lookup("aws:route53/zone:Zone", zoneId, {
          name: "example.com",
          nameServers: ["ns-1.awsdns-01.org"],
          vpcs: [],
          zoneId,
          ...changed.zone,
        }),
        ...lookup("aws:route53/hostedZoneDnsSec:HostedZoneDnsSec", zoneId, {
          hostedZoneId: zoneId,
          signingStatus: "SIGNING",
          ...changed.signing,
        }),
        ...lookup("aws:route53/queryLog:QueryLog", queryLogId, {
          zoneId,
          cloudwatchLogGroupArn: arn,
          ...changed.log,
        }),
        ...lookup(
          "aws:cloudwatch/logGroup:LogGroup",
          group,
          { arn, name: group, retentionInDays: 400, logGroupClass: "STANDARD", ...changed.group },
          groupAt,
        ),
      ],
    };
    writeFileSync(join(cwd, `facts/${stack}.json`), JSON.stringify(facts));
  }
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  if (result.stderr !== "") throw new Error(result.stderr);
  const { stacks } = reportIn(result);
  return (name: "prod" | "staging") => {
    const stack = stacks.find((one) => one.stack === name);
    const of = (outcome: string) =>
      stack?.findings.filter((found) => found.kind === "policy" && found.outcome === outcome) ?? [];
    return { of, verdict: stack?.verdict, warnings: stack?.warnings ?? [], types: stack?.resources ?? {} };
  };
}

/** What asks something of the zone itself. */
const ofZone = ["edge-zone-public-and-kept", "edge-dns-queries-logged", "edge-dns-queries-kept"];
const ofProduction = [...ofZone, "edge-zone-signed"];

describe("a zone that is there already", () => {
  it("is given records alone; staging is GO, and production lacks nothing that is declared", async () => {
    const of = await judged({});
    for (const name of ["staging", "prod"] as const) {
      expect(
        ["fail", "error", "unknown"].flatMap((o) =>
          of(name)
            .of(o)
            .map(({ message }) => message),
        ),
      ).toEqual([]);
      expect(
        of(name)
          .of("pass")
          .map(({ by }) => by),
      ).toEqual(expect.arrayContaining(name === "prod" ? ofProduction : ofZone));
      const declared = Object.keys(of(name).types).filter((type) => type.startsWith("aws:route53/"));
      expect(declared).toContain("aws:route53/record:Record");
      expect(declared.filter((type) => /zone:|hostedZone|keySigning|queryLog/.test(type))).toEqual([]);
    }
    expect(of("staging").verdict).toBe("GO");
  });

  it.each<[string, Told, string]>([
    ["without facts", { zone: undefined, recorded: new Date(0) }, "counts for 30 days"],
    ["by facts that are too old", { recorded: new Date(Date.now() - 40 * 86_400_000) }, "counts for 30 days"],
  ])("is unknown %s", async (_, told, warning) => {
    const of = await judged(told);
    expect(of("prod").of("fail")).toEqual([]);
    expect(
      of("prod")
        .of("unknown")
        .map(({ by }) => by),
    ).toEqual(expect.arrayContaining(ofProduction));
    expect(of("prod").warnings.join()).toContain(warning);
    expect(of("staging").verdict).toBe("UNDETERMINED");
  });

  it("whose log nobody names is not known to have one", async () => {
    const of = await judged({ dns: { kind: "route53", zoneId } });
    const unknown = of("staging").of("unknown");
    expect(new Set(unknown.map(({ by }) => by))).toEqual(
      new Set(["edge-dns-queries-logged", "edge-dns-queries-kept"]),
    );
    for (const { message } of unknown) expect(message).toContain("dns.queryLogId names its log");
    expect(of("staging").verdict).toBe("UNDETERMINED");
  });

  it.each<[string, Told, string, string]>([
    [
      "not signed",
      { signing: { signingStatus: "NOT_SIGNING" } },
      "edge-zone-signed",
      "signingStatus is NOT_SIGNING",
    ],
    [
      "signed with a key that Route 53 cannot use",
      { signing: { signingStatus: "ACTION_NEEDED" } },
      "edge-zone-signed",
      "signingStatus is ACTION_NEEDED",
    ],
    [
      "private",
      { zone: { vpcs: [{ vpcId: "vpc-0123456789abcdef0" }] } },
      "edge-zone-public-and-kept",
      "it answers within networks alone",
    ],
    ["of another name", { zone: { name: "example.org" } }, "edge-zone-public-and-kept", "is not within it"],
    [
      "deleted with its records by whoever keeps it",
      { zone: { forceDestroy: true } },
      "edge-zone-public-and-kept",
      "it may be deleted with its records",
    ],
    [
      "logged for a month alone",
      { group: { retentionInDays: 30 } },
      "edge-dns-queries-kept",
      "retentionInDays is 30 days",
    ],
    [
      "another than the one whose log is named",
      { log: { zoneId: "Z9999999999ABCDEFGHIJ" } },
      "edge-dns-queries-logged",
      "the log that is named is of the zone Z9999999999ABCDEFGHIJ",
    ],
  ])("fails where it is %s, with a remedy for its owner", async (_, told, rule, message) => {
    const of = await judged(told);
    const failed = of("prod")
      .of("fail")
      .find(({ by }) => by === rule);
    expect(failed?.message).toContain(message);
    expect(failed?.remedy).toMatch(/Its owner does; this stack only reads it/);
    expect(of("prod").verdict).toBe("NO-GO");
  });

  it("keeps unknown what was withheld, and what was looked up elsewhere", async () => {
    const withheld = await judged({ signing: { signingStatus: "[withheld]" } });
    expect(
      withheld("prod")
        .of("unknown")
        .map(({ by }) => by),
    ).toContain("edge-zone-signed");
    const elsewhere = await judged({ groupAt: "aws-home" });
    expect(
      elsewhere("prod")
        .of("unknown")
        .map(({ by }) => by),
    ).toContain("edge-dns-queries-kept");
  });
});

it.each([
  [{ kind: "route53", zoneId: "0123" }, 'readiness:dns.zoneId: found "0123", must be a hosted zone id'],
  [{ kind: "route53", queryLogId }, "readiness:dns.queryLogId: found"],
  [
    { kind: "route53", zoneId, queryLogRetentionDays: 400 },
    "readiness:dns.queryLogRetentionDays: found 400, must be left out",
  ],
  [
    { kind: "route53", zoneId, queryLogId: "none" },
    'readiness:dns.queryLogId: found "none", must be the id of a query logging configuration',
  ],
])("is refused in a line where it cannot be: %j", async (dns, said) => {
  const cwd = temporary();
  writeChanged(cwd, "staging", () => ({ "readiness:dns": dns }));
  const { status, stderr } = await run(["check", "--stack", "staging"], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain(said);
});
