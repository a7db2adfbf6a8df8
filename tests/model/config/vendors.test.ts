import { describe, expect, it } from "vitest";
import { checkConfig } from "../../../model/config/stack-spec.ts";
import { pagerDutyZones, sameClock } from "../../../model/on-call/time-zones.ts";
import { prodConfig } from "../prod-config.ts";

type Keys = readonly (string | number)[];

const messages = (keys: Keys, value: unknown) =>
  checkConfig("prod", prodConfig([keys, value])).issues.map(({ message }) => message);

const person = ["readiness:people", 0] as const;
const postgres = ["readiness:database", "engineVersion"] as const;
const valkey = ["readiness:cache", "engineVersion"] as const;
const slack = ["readiness:chat"] as const;
const site = ["readiness:monitoring", "site"] as const;

describe("what vendors take", () => {
  it.each<[Keys, unknown]>([
    [postgres, "18"],
    [postgres, "17.5"],
    [postgres, "17.10"],
    [postgres, "14.18"],
    [valkey, "7.2"],
    [valkey, "9.1"],
    [valkey, "8.10"],
    [site, "ap2.datadoghq.com"],
    [site, "ddog-gov.com"],
    [[...slack, "channelId"], "G0INCIDENT1"],
    [[...slack, "channel"], "_incidents"],
    [[...slack, "account"], "_main"],
    [[...person, "phone"], { countryCode: 1, number: "4155550123" }],
    [[...person, "phone"], { countryCode: 52, number: "5512345678" }],
    [[...person, "phone"], { countryCode: 39, number: "0612345678" }],
    [[...person, "phone"], { countryCode: 225, number: "0712345678" }],
    [[...person, "name"], "x".repeat(100)],
  ])("%j %j", (keys, value) => {
    expect(messages(keys, value)).toEqual([]);
  });
});

describe("what vendors refuse", () => {
  it.each<[Keys, unknown, string]>([
    [postgres, "13", "in standard support of RDS"],
    [postgres, "17.4", "in standard support of RDS"],
    [postgres, "15.12", "in standard support of RDS"],
    [postgres, 17.1, "; write it in quotes: YAML reads 17.10 as the number 17.1"],
    [valkey, "7.1", "a Valkey version"],
    [valkey, 8, "; write it in quotes"],
    [["readiness:domain"], `${"x".repeat(61)}.com`, "of at most 64 letters"],
    [["readiness:product"], "web--portal", "without two hyphens in a row"],
    [["readiness:product"], "sthree-portal", "which S3 does not take"],
    [["readiness:services", 0, "name"], "web---portal", "which Vercel does not take"],
    [["readiness:services", 0, "path"], "/shop/", 'none at its end but of "/" itself'],
    [["readiness:services", 0, "branch"], 2026.1, "; write it in quotes"],
    [site, "eu1.datadoghq.com", '"ap2.datadoghq.com"'],
    [[...slack, "channelId"], "D0INCIDENT1", "a Slack channel id"],
    [[...person, "phone"], { countryCode: 1, number: "14155550123" }, "without a 1 in front"],
    [[...person, "phone"], { countryCode: 1, number: "4151550123" }, "the ten digits"],
    [[...person, "phone"], { countryCode: 52, number: "15512345678" }, "without the 1 in front"],
    [[...person, "phone"], { countryCode: 44, number: "07700900101" }, "without the 0 in front"],
    [[...person, "name"], "x".repeat(101), "of at most 100 letters"],
    [[...person, "email"], `${"x".repeat(60)}@${"y".repeat(36)}.com`, "of at most 100 letters"],
  ])("%j %j", (keys, value, wanted) => {
    expect(messages(keys, value)).toEqual([expect.stringContaining(wanted)]);
  });
});

describe("PagerDuty's time zones", () => {
  it("are zones, each of them once", () => {
    for (const zone of pagerDutyZones)
      expect(new Intl.DateTimeFormat("en", { timeZone: zone })).toBeDefined();
    expect(new Set(pagerDutyZones).size).toBe(pagerDutyZones.length);
  });

  it("stand in for no other clock", () => {
    expect(sameClock("Australia/Eucla")).toBeUndefined();
    expect(sameClock("Mars/Olympus")).toBeUndefined();
  });
});

describe("a stack's tier", () => {
  const tier = (stack: string, said: string) => checkConfig(stack, prodConfig([["readiness:tier"], said]));

  it("is said where the name tells nothing", () => {
    expect(tier("qa", "staging").spec?.tier).toBe("staging");
    expect(tier("staging", "production").spec?.tier).toBe("production");
    expect(checkConfig("qa", prodConfig()).spec?.tier).toBe("production");
  });

  it("is none but production's under a name of production's", () => {
    expect(tier("prod-eu", "production").issues).toEqual([]);
    expect(tier("prod-eu", "staging").issues.map(({ message }) => message)).toEqual([
      'found "staging", must be "production" or nothing: prod-eu is a name of production\'s',
    ]);
    expect(tier("qa", "test").issues).toHaveLength(1);
  });
});

describe("a stack's name", () => {
  it.each(["prod_eu", "Prod", "prod.eu", "prod--eu", "prod-"])(
    "%s is none that AWS takes in its names",
    (stack) => {
      expect(checkConfig(stack, prodConfig()).issues.map(({ message }) => message)).toEqual([
        `found the stack's name "${stack}", must be of small letters, digits and single hyphens: it is a part of names on AWS`,
      ]);
    },
  );

  it("may be too long for what is made of it", () => {
    const stack = "production-of-europe-and-america";
    expect(checkConfig(stack, prodConfig()).issues.map(({ message }) => message)).toEqual([
      'found "portal", must be 5 letters shorter, or the stack\'s name: the ElastiCache replication group ' +
        "portal-cache-production-of-europe-and-america has 45, and 40 are taken",
    ]);
  });
});
