import { describe, expect, it } from "vitest";
import { type Edit, edited, errorOf, lineOf } from "./wrong-config-support.ts";

interface Case {
  readonly wrong: string;
  readonly edit: Edit;
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
}

/** What engineers get wrong, each once. */
const cases: readonly Case[] = [
  {
    wrong: "missing key",
    edit: ["    multiAz: true\n", ""],
    path: "readiness:database.multiAz",
    found: "missing",
    allowed: "true or false",
  },
  {
    wrong: "missing section",
    edit: ["  readiness:domain: portal.example.com\n", ""],
    path: "readiness:domain",
    found: "missing",
    allowed: "a domain name such as portal.example.com",
  },
  {
    wrong: "missing region",
    edit: ["  aws:region: eu-central-1\n", ""],
    path: "aws:region",
    found: "missing",
    allowed: "an AWS region such as eu-central-1",
  },
  {
    wrong: "a name left in brackets",
    edit: ["name: Amara Okafor", 'name: "[Name]"'],
    path: "readiness:people[0].name",
    found: 'found "[Name]"',
    allowed: "and with nothing in brackets left to fill in",
  },
  {
    wrong: "misspelled region",
    edit: ["aws:region: eu-central-1", "aws:region: eu-cetnral-1"],
    path: "aws:region",
    found: 'found "eu-cetnral-1"',
    allowed: 'an AWS region such as eu-central-1; did you mean "eu-central-1"?',
  },
  {
    wrong: "misspelled region of the second copy",
    edit: ["copyRegion: eu-west-1", "copyRegion: eu-wset-1"],
    path: "readiness:backups.copyRegion",
    found: 'found "eu-wset-1"',
    allowed: 'an AWS region such as eu-central-1; did you mean "eu-west-1"?',
  },
  {
    wrong: "misspelled region of a location",
    edit: ['"aws:us-east-1"', '"aws:us-esat-1"'],
    path: "readiness:monitoring.syntheticLocations[1]",
    found: 'found "aws:us-esat-1"',
    allowed: "a Datadog location such as aws:eu-central-1",
  },
  {
    wrong: "misspelled zone",
    edit: ["eu-central-1b", "eu-cetnral-1b"],
    path: "readiness:network.zones[1]",
    found: 'found "eu-cetnral-1b"',
    allowed: "a zone of aws:region such as eu-central-1a",
  },
  {
    wrong: "misspelled key",
    edit: ["backupRetentionDays:", "backupRetensionDays:"],
    path: "readiness:database.backupRetensionDays",
    found: "unknown key",
    allowed: 'maxConnections; did you mean "backupRetentionDays"?',
  },
  {
    wrong: "misspelled section",
    edit: ["readiness:database:", "readiness:databse:"],
    path: "readiness:databse",
    found: "unknown key",
    allowed: 'did you mean "database"?',
  },
  {
    wrong: "misspelled namespace",
    edit: ["readiness:edge:", "readines:edge:"],
    path: "readines:edge",
    found: "unknown key",
    allowed: 'did you mean "readiness:edge"?',
  },
  {
    wrong: "misspelled region key",
    edit: ["aws:region:", "aws:regoin:"],
    path: "aws:regoin",
    found: "unknown key",
    allowed: 'did you mean "aws:region"?',
  },
  {
    wrong: "wrong type: a text for a boolean",
    edit: ["multiAz: true", "multiAz: yes"],
    path: "readiness:database.multiAz",
    found: 'found "yes"',
    allowed: "true or false; write true, without quotes",
  },
  {
    wrong: "wrong type: a number for a text",
    edit: ['engineVersion: "17"', "engineVersion: 17.4"],
    path: "readiness:database.engineVersion",
    found: "found 17.4",
    allowed: "; write it in quotes: YAML reads 17.10 as the number 17.1",
  },
  {
    wrong: "wrong type: a text for a map",
    edit: ['phone: { countryCode: 44, number: "7700900103" }', 'phone: "+44 7700 900103"'],
    path: "readiness:people[2].phone",
    found: 'found "+44 7700 900103"',
    allowed: "a map with countryCode, number",
  },
  {
    wrong: "wrong type: nothing",
    edit: ["turnDays: 7", "turnDays:"],
    path: "readiness:onCall.turnDays",
    found: "found nothing",
    allowed: "a whole number of days from 1 to 28",
  },
  {
    wrong: "wrong type: a time without quotes",
    edit: ['rotationStart: "2026-01-05T09:00:00Z"', "rotationStart: 2026-01-05T09:00:00Z"],
    path: "readiness:onCall.rotationStart",
    found: 'found "2026-01-05 09:00:00 +0000 UTC"',
    allowed: 'in quotes, such as "2026-01-05T09:00:00Z"',
  },
  {
    wrong: "wrong unit",
    edit: ["backupRetentionDays: 35", "backupRetentionDays: 7d"],
    path: "readiness:database.backupRetentionDays",
    found: 'found "7d"',
    allowed: "a whole number of days from 0 to 35; write 7: the key is in days",
  },
  {
    wrong: "wrong unit, converted",
    edit: ["uptimeIntervalSeconds: 60", "uptimeIntervalSeconds: 5m"],
    path: "readiness:monitoring.uptimeIntervalSeconds",
    found: 'found "5m"',
    allowed: "write 300: the key is in seconds",
  },
  {
    wrong: "wrong unit that leaves a fraction",
    edit: ["storageGiB: 200", "storageGiB: 100GB"],
    path: "readiness:database.storageGiB",
    found: 'found "100GB"',
    allowed: "a whole number of GiB from 20 to 65536; 100GB is 93.13 GiB",
  },
  {
    wrong: "a fraction for a percentage",
    edit: [
      "      path: /\n",
      "      path: /\n      serviceLevels: { availability: { targetPercent: 0.995, alertPercent: 99 } }\n",
    ],
    path: "readiness:services[0].serviceLevels.availability.targetPercent",
    found: "found 0.995",
    allowed: "a percentage from 50 to 99.999; write 99.5",
  },
  {
    wrong: "out of range",
    edit: ["backupRetentionDays: 35", "backupRetentionDays: 40"],
    path: "readiness:database.backupRetentionDays",
    found: "found 40",
    allowed: "a whole number of days from 0 to 35",
  },
  {
    wrong: "not one of the choices",
    edit: ["vaultLock: compliance", "vaultLock: complience"],
    path: "readiness:backups.vaultLock",
    found: 'found "complience"',
    allowed: 'one of "governance", "compliance"; did you mean "compliance"?',
  },
  {
    wrong: "unknown person in a rotation",
    edit: ["primary: [amara,", "primary: [amra,"],
    path: "readiness:onCall.primary[0]",
    found: 'found "amra"',
    allowed: 'an id of people: amara, jonas, mei, priya, lucia, tomas, helen; did you mean "amara"?',
  },
  {
    wrong: "empty rotation",
    edit: ["primary: [amara, jonas, mei]", "primary: []"],
    path: "readiness:onCall.primary",
    found: "found an empty list",
    allowed: "a list of one or more ids of people",
  },
  {
    wrong: "duplicate names",
    edit: ["- id: lucia\n", "- id: priya # again\n"],
    path: "readiness:people[4].id",
    found: 'found "priya" again',
    allowed: "another id",
  },
  {
    wrong: "invalid domain",
    edit: ["domain: portal.example.com", "domain: https://portal.example.com/"],
    path: "readiness:domain",
    found: 'found "https://portal.example.com/"',
    allowed: "a domain name such as portal.example.com",
  },
  {
    wrong: "a plan that no vendor sells",
    edit: ["vercel: enterprise", "vercel: enterprize"],
    path: "readiness:plans.vercel",
    found: 'found "enterprize"',
    allowed: 'one of "hobby", "pro", "enterprise"; did you mean "enterprise"?',
  },
  {
    wrong: "invalid name in a map",
    edit: ["homepage: /", "Home Page: /"],
    path: "readiness:services[0].pages.Home Page",
    found: 'found the key "Home Page"',
    allowed: "a lower-case name such as web-platform",
  },
];

describe("a wrong stack file", () => {
  it.each(cases)("with $wrong tells the key, what was found and what is allowed", (c) => {
    const { message, issues } = errorOf(edited(c.edit));
    expect(issues).toHaveLength(1);
    const [issue] = issues;
    expect(issue?.path).toBe(c.path);
    expect(issue?.message).toContain(c.found);
    expect(issue?.message).toContain(c.allowed);
    expect(message.split("\n")).toEqual([
      "Pulumi.prod.yaml cannot be used:",
      `  ${issue?.place}: ${c.path}: ${issue?.message}`,
    ]);
  });

  it.each(cases.filter((c) => c.edit[1].trim() !== ""))("with $wrong tells the line", ({ edit }) => {
    const file = edited(edit);
    const first = lineOf(edit[1], file);
    const last = first + edit[1].trimEnd().split("\n").length - 1;
    const line = Number(errorOf(file).issues[0]?.place?.replace("Pulumi.prod.yaml:", ""));
    expect(line).toBeGreaterThanOrEqual(first);
    expect(line).toBeLessThanOrEqual(last);
  });

  it("with a key missing tells the line of what it is missing from", () => {
    const file = edited(["    multiAz: true\n", ""]);
    expect(errorOf(file).issues[0]?.place).toBe(`Pulumi.prod.yaml:${lineOf("readiness:database", file)}`);
  });

  it("tells everything at once, in the order of the file", () => {
    const { issues } = errorOf(
      edited(
        ["readiness:database:", "readiness:databse:"],
        ["multiAz: true", 'multiAz: "true"'],
        ["maxStorageGiB: 1000", "maxStorageGiB: 100"],
        ["copyRegion: eu-west-1", "copyRegion: eu-central-1"],
        ["backup: [jonas, mei, amara]", "backup: [mei, jonas, amra]"],
        ["framework: nextjs", "framework: next"],
      ),
    );
    expect(issues.map((i) => i.path)).toEqual([
      "readiness:databse",
      "readiness:databse.multiAz",
      "readiness:databse.maxStorageGiB",
      "readiness:backups.copyRegion",
      "readiness:onCall.backup[2]",
      "readiness:onCall.backup",
      "readiness:services[0].framework",
    ]);
  });
});
