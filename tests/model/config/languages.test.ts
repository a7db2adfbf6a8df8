import { InstanceType } from "@pulumi/aws/types/enums/rds/index.js";
import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../prod-config.ts";

type Keys = readonly (string | number)[];

const service = ["readiness:services", 0] as const;
const person = ["readiness:people", 0] as const;

const issuesOf = (keys: Keys, value: unknown) => checkConfig("prod", prodConfig([keys, value])).issues;

/** What would end a value and begin something else, whatever the language. */
const breaks = [
  '"',
  "'",
  "`",
  "{{x}}",
  "}",
  "{",
  "@",
  "*",
  "?",
  "\n",
  "\u001b[2J",
  "\u202e",
  "\u009b",
  "<",
  " ",
];

/** Every free text of a stack file: the languages that it becomes a part of, a value that holds, and what it takes. */
const texts: readonly (readonly [keys: Keys, languages: string, good: string, takes?: string])[] = [
  [["readiness:product"], "names, tags, queries", "portal"],
  [["readiness:owner"], "tags", "web-platform"],
  [["readiness:repository"], "links, CI queries, IAM subjects", "example/portal.site"],
  [["readiness:domain"], "URLs, DNS, certificates", "portal.example.com"],
  [[...service, "name"], "names, tags, queries, log filters", "portal"],
  [[...service, "owner"], "tags", "web"],
  [[...service, "repository"], "CI queries", "example/portal"],
  [[...service, "branch"], "CI queries", "release/2026.1"],
  [[...service, "rootDirectory"], "a folder", "apps/portal", "@"],
  [[...service, "path"], "CloudFront's path patterns", "/"],
  [[...service, "healthPath"], "log filters", "/healthz"],
  [[...service, "pages", "login"], "URLs, firewall rules", "/sign-in"],
  [[...service, "routes", "search"], "URLs", "/api/search?q=chair", "?"],
  [["readiness:chat", "account"], "monitor messages", "Main_Account"],
  [["readiness:chat", "channel"], "monitor messages", "inc_prod"],
  [[...person, "name"], "messages, pages, pictures", "Siân O'Neill (staging)", "' ?*\""],
  [["readiness:vercel", "teamSlug"], "links", "example"],
];

it("a repository may have both of its ids, and not one of them", () => {
  const ids = { owner: 123, repository: 456 };
  for (const at of [["readiness:repositoryIds"], [...service, "repositoryIds"]]) {
    expect(issuesOf(at, ids)).toEqual([]);
    expect(issuesOf(at, { owner: 123 })).toHaveLength(1);
    expect(issuesOf(at, { ...ids, owner: 0 })).toHaveLength(1);
  }
});

describe("values that become a part of another language", () => {
  it.each(texts.map(([keys, ...rest]) => ({ keys, rest })))("$keys in $rest.0", ({ keys, rest }) => {
    const [, good, takes = ""] = rest;
    expect(issuesOf(keys, good)).toEqual([]);
    for (const broken of breaks.filter((b) => !takes.includes(b))) {
      const [issue] = issuesOf(keys, `${good}${broken}x`);
      expect(issue?.message, JSON.stringify(broken)).toMatch(/^found .*, must be /);
    }
  });

  it("a reason of announced work tells nobody", () => {
    const work = (reason: string) => [
      { from: "2026-03-01T01:00:00Z", to: "2026-03-01T02:00:00Z", services: ["portal"], reason },
    ];
    expect(issuesOf(["readiness:onCall", "maintenance"], work("New disks, #4711"))).toEqual([]);
    expect(issuesOf(["readiness:onCall", "maintenance"], work("@everybody look"))).toHaveLength(1);
  });

  it.each(["//evil.example", "/a//b", "/a/../b", "/..", "/a/./b", "\\evil.example", "/a\\b"])(
    "no path leads elsewhere: %s",
    (path) => {
      for (const key of ["healthPath", "path"]) expect(issuesOf([...service, key], path)).not.toEqual([]);
      expect(issuesOf([...service, "routes", "list"], path)).not.toEqual([]);
    },
  );

  it.each(["-x", "/x", "x/", "x..y", "x.lock", "a//b", "a/.b"])("git takes no branch %s", (branch) => {
    expect(issuesOf([...service, "branch"], branch)).toHaveLength(1);
  });
});

describe("names of secrets", () => {
  const withValue = (name: string) =>
    checkConfig("prod", { ...prodConfig([[...service, "secrets"], [name]]), [`secrets:${name}`]: "x" })
      .issues;

  it.each(["STRIPE_KEY", "CRON_TOKEN", "PUBLICATION_KEY"])("%s is one", (name) => {
    expect(withValue(name)).toEqual([]);
  });

  it.each(["NEXT_PUBLIC_KEY", "PUBLIC_KEY", "VITE_KEY", "NUXT_PUBLIC_KEY", "REACT_APP_KEY", "VERCEL_URL"])(
    "%s would be shown, or is Vercel's",
    (name) => expect(withValue(name)[0]?.message).toMatch(/none that a framework shows to browsers/),
  );

  it.each(["DATABASE_HOST", "SESSION_SECRET"])("%s is the stack's", (name) => {
    expect(withValue(name)[0]?.message).toMatch(/the stack itself sets that variable/);
  });
});

describe("nonsense", () => {
  it.each<[Keys, unknown, string]>([
    [["aws:region"], "eu-moon-7", "an AWS region"],
    [["readiness:backups", "copyRegion"], "cn-north-1", "the same AWS partition"],
    [["readiness:network", "cidr"], "224.0.0.0/16", "a private IPv4 range"],
    [["readiness:network", "cidr"], "8.8.0.0/16", "a private IPv4 range"],
    [["readiness:network", "privateNetworkCidr"], "127.0.0.0/20", "a private IPv4 range"],
    [["readiness:vercel", "region"], "xyz9", "a Vercel region"],
    [["readiness:database", "instanceClass"], "db.0.0", "an RDS instance class"],
    [["readiness:database", "instanceClass"], "db.m7g.enormous", "an RDS instance class"],
    [["readiness:database", "engineVersion"], "00", "a PostgreSQL version"],
    [["readiness:cache", "nodeType"], "cache.0.0", "an ElastiCache node type"],
    [["readiness:cache", "engineVersion"], "0.0", "a Valkey version"],
    [["readiness:monitoring", "syntheticLocations"], ["gcp:moon-seven"], "a Datadog location"],
    [["readiness:monitoring", "syntheticLocations"], ["aws:eu-west-1", "aws:eu-west-1"], "another location"],
    [["readiness:onCall", "rotationStart"], "0000-01-03T09:00:00Z", "a time in UTC"],
    [[...person, "phone", "countryCode"], 999, "a country code"],
    [[...person, "phone", "countryCode"], 210, "a country code"],
    [[...person, "phone"], { countryCode: 353, number: "1234567890123" }, "together of 15 digits"],
    [["readiness:database", "backupRetentionDays"], -1, "from 0 to 35"],
  ])("%j %j", (keys, value, wanted) => {
    const { issues } = checkConfig("prod", prodConfig([keys, value]));
    expect(issues.map((i) => i.message).join("\n")).toContain(wanted);
  });

  it("every class that the SDK lists is one, and newer ones are", () => {
    for (const instanceClass of [...Object.values(InstanceType), "db.m8gd.48xlarge", "db.x2iedn.xlarge"]) {
      expect(issuesOf(["readiness:database", "instanceClass"], instanceClass), instanceClass).toEqual([]);
    }
  });
});
