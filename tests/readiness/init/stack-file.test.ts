import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { partKinds } from "../../../model/parts.ts";
import { places } from "../../../readiness/init/places.ts";
import { type Answers, keyOf } from "../../../readiness/init/question.ts";
import { questions } from "../../../readiness/init/questions.ts";
import { stackFile } from "../../../readiness/init/stack-file/stack-file.ts";
import { asConfig } from "../../model/prod-config.ts";
import { answers } from "./answers.ts";

const now = new Date("2026-11-26T08:00:00Z");

describe("stack files", () => {
  const given: Answers = {
    ...answers,
    addresses: ["198.51.100.7"],
    databaseProvider: "neon",
    cloudflareZone: "example.org",
    cloudflareZoneId: "023e105f4ecef8ad9ca31a8372d0c353",
    cacheGroupStaging: "sessions-staging",
    cacheGroupProd: "sessions-prod",
    cacheNodeType: "cache.m7g.large",
    cacheNodes: "2",
    slackWorkspaceId: "T9ACME0001",
    slackChannelId: "C9ACME0001",
    slackChannel: "incidents",
    slackAccount: "acme",
    memoryBecause: "none is needed: yes",
    networkBecause: "data elsewhere",
    chatBecause: "we talk",
    sentryOrganization: "acme",
    sentryTeam: "bookkeeping",
    sentryPagerduty: "123456",
  };
  const usual = {
    database: "rds",
    cache: "none",
    network: "static-ips",
    dns: "route53",
    edge: "cloudfront",
    errors: "datadog",
    chat: "none",
  };
  const kinds = Object.entries(usual).flatMap(([part, kind]) =>
    partKinds[part as keyof typeof partKinds].map((other) => ({ ...usual, [part]: other, first: kind })),
  );
  /** Such as an existing database, which a team that has begun chooses in its stack files. */
  const asked = (chosen: Readonly<Record<string, string>>) =>
    Object.entries(chosen).every(
      ([key, kind]) => questions.find((q) => q.key === keyOf(key))?.choices?.includes(kind) ?? true,
    );
  const known = {
    pagerdutyAddOn: "none",
    datadogProducts: ["apm", "logs", "rum", "synthetics", "ci-visibility", "incident-management"],
    budget: "6000",
    databaseInstanceStaging: "ledger-staging",
    databaseInstanceProd: "ledger-main",
    databaseName: "ledger",
    databaseClass: "db.m7g.large",
    databaseMaxStorage: "1000",
    databaseMaxConnections: "400",
  };

  it.each(kinds.filter(asked))(
    "are what the config wants of $database, $cache, $network, $dns, $edge, $chat",
    (chosen) => {
      // What goes together: data elsewhere and no network, a cache and a private one, DNS elsewhere and Vercel's own edge.
      const elsewhere = chosen.database === "external" || chosen.network === "none";
      const fitting = {
        ...(elsewhere && { database: "external", network: "none" }),
        ...(chosen.cache !== "none" && { network: "secure-compute" }),
        ...(chosen.dns !== "route53" && { edge: "vercel" }),
      };
      for (const stack of ["prod", "staging"]) {
        const all = {
          ...given,
          ...known,
          breakGlassRole: "break-glass",
          ...chosen,
          ...fitting,
          memory: chosen.cache,
        };
        const text = stackFile(all, { production: stack === "prod", now, crons: [], schema: "./s.json" });
        const config = {
          ...asConfig(parse(text).config),
          "secrets:DATABASE_URL": "[secret]",
          "secrets:CACHE_TOKEN": "[secret]",
        };
        expect(checkConfig(stack, config).issues.map(({ path, message }) => `${path}: ${message}`)).toEqual(
          [],
        );
      }
    },
  );

  it("name a hosted zone that is there, each stack its own", () => {
    const zones = { zoneStaging: "Z0123456789ABCDEFGHIJ", zoneProd: "Z9123456789ABCDEFGHIJ" };
    const logs = { queryLogStaging: "none", queryLogProd: "3e6e7d3a-1c5b-4d2e-9f0a-0123456789ab" };
    const all = { ...given, ...known, ...usual, ...zones, ...logs, memory: "none", breakGlassRole: "x" };
    const dns = ["staging", "prod"].map((stack) => {
      const text = stackFile(all, { production: stack === "prod", now, crons: [], schema: "./s.json" });
      const { config } = parse(text);
      expect(checkConfig(stack, asConfig(config)).issues).toEqual([]);
      return config["readiness:dns"];
    });
    expect(dns).toEqual([
      { kind: "route53", zoneId: zones.zoneStaging },
      { kind: "route53", zoneId: zones.zoneProd, queryLogId: logs.queryLogProd },
    ]);
  });

  it.each(["static-ips", "secure-compute"])("name a database that is there, reached by %s", (network) => {
    const all = {
      ...{ ...given, ...known, ...usual },
      ...{ network, database: "existing-rds", memory: "none", memoryBecause: "nothing shared" },
      ...{ addresses: ["198.51.100.7"], breakGlassRole: "x" },
    };
    for (const [stack, identifier] of [
      ["staging", "ledger-staging"],
      ["prod", "ledger-main"],
    ] as const) {
      const text = stackFile(all, { production: stack === "prod", now, crons: [], schema: "./s.json" });
      const { config } = parse(text);
      expect(checkConfig(stack, asConfig(config)).issues).toEqual([]);
      expect(config["readiness:database"]).toMatchObject({ kind: "existing-rds", identifier });
      expect(config["readiness:network"]).not.toHaveProperty("cidr");
    }
  });

  it.each(Object.keys(places))("stand in %s with zones, functions and a copy", (region) => {
    const all = { ...given, ...known, ...usual, memory: "none", breakGlassRole: "break-glass", region };
    const text = stackFile(all, { production: true, now, crons: ["/api/cron/x"], schema: "./s.json" });
    expect(checkConfig("prod", asConfig(parse(text).config)).issues).toEqual([]);
  });
});
