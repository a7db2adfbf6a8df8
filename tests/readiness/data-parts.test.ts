import { describe, expect, it } from "vitest";
import { type Config, writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const cache = { kind: "none", because: "sessions live in the database" };
const encrypted = { secure: "AAABAMcGtHDraogfM3Qk4WyaNp3F/syk2cjHPQTb6Hu6ps8=" };

/** What a stack file says of its data, by title; how many items have no object then; what is proven after the fact. */
const kinds: Readonly<
  Record<string, { change: (config: Config) => Readonly<Record<string, unknown>>; without: object }>
> = {
  "a database elsewhere, without a network": {
    change: () => ({
      "readiness:network": { kind: "none", because: "the data is at Neon" },
      "readiness:database": { kind: "external", provider: "neon" },
      "readiness:cache": cache,
      "secrets:DATABASE_URL": encrypted,
    }),
    without: {
      "the database is external": 21,
      "the network to the data is none: the data is at Neon": 6,
      "the cache is none: sessions live in the database": 10,
    },
  },
  "a database behind listed addresses": {
    change: ({ "readiness:network": network }) => {
      const { privateNetworkCidr: _, ...own } = Object(network);
      return {
        "readiness:network": { ...own, kind: "static-ips", addresses: ["198.51.100.7", "198.51.100.8"] },
        "readiness:cache": cache,
      };
    },
    without: { "the cache is none: sessions live in the database": 10 },
  },
};

it("a database that is there already fails nothing, and nothing is known of it that nobody has read", async () => {
  const cwd = temporary();
  for (const stack of ["prod", "staging"])
    writeChanged(cwd, stack, ({ "readiness:database": database }) => ({
      "readiness:network": { kind: "static-ips", addresses: ["198.51.100.7"] },
      "readiness:database": {
        kind: "existing-rds",
        identifier: `ledger-${stack}`,
        databaseName: "ledger",
        instanceClass: Object(database)["instanceClass"],
        maxStorageGiB: Object(database)["maxStorageGiB"],
        maxConnections: Object(database)["maxConnections"],
      },
      "readiness:cache": cache,
    }));
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  expect(result.stderr).toBe("");
  const { stacks } = reportIn(result);
  for (const { findings } of stacks) {
    expect(findings.filter(({ outcome }) => /^(fail|error)$/.test(outcome))).toEqual([]);
    const unknown = findings.filter(({ outcome }) => outcome === "unknown");
    expect(unknown.length).toBeGreaterThan(0);
    for (const { message } of unknown) expect(message).toMatch(/another program's[, ].*\(npm run facts\)/);
    const known = findings.filter(({ outcome }) => outcome === "pass").map(({ by }) => by);
    expect(known.filter((rule) => rule.startsWith("network-"))).toEqual([]);
    expect(known).not.toContain("database-tls-forced");
    expect(known).toContain("backups-cover-databases");
  }
  expect(stacks.map(({ stack, verdict }) => `${stack} ${verdict}`).toSorted()).toEqual([
    "prod NO-GO",
    "staging UNDETERMINED",
  ]);
});

describe.each(Object.entries(kinds))("a product with %s", (_, { change, without }) => {
  it("is ready in staging, and in production lacks only proofs", async () => {
    const cwd = temporary();
    for (const stack of ["prod", "staging"]) writeChanged(cwd, stack, change);
    const result = await run(["check", "--all", "--format", "json"], { cwd });
    expect(result.stderr).toBe("");
    const { stacks } = reportIn(result);
    for (const { findings, checklist } of stacks) {
      expect(findings.filter(({ outcome }) => /^(fail|error|unknown)$/.test(outcome))).toEqual([]);
      const reasons = Object.groupBy(checklist, ({ because }) => because ?? "asked");
      const { asked: __, ...rest } = Object.fromEntries(
        Object.entries(reasons).map(([because, items = []]) => [because, items.length]),
      );
      expect(rest).toMatchObject(without);
    }
    expect(stacks.map(({ stack, verdict }) => `${stack} ${verdict}`).toSorted()).toEqual([
      "prod NO-GO",
      "staging GO",
    ]);
  });
});
