import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { recordFormats } from "../../../../readiness/proofs/evidence/formats/record-formats.ts";
import type { Measure, Reading } from "../../../../readiness/proofs/evidence/reading.ts";

const restore = `vault: portal-backups-prod
recoveryPoint: arn:aws:backup:eu-west-2:111122223333:recovery-point:1
decidedAt: 2026-02-01T09:00:00Z
answeredAt: "2026-02-01T10:40:00+01:00"
wantedAt: 2026-02-01T09:00:00Z
recoveredAt: 2026-02-01T08:58:00Z
checks:
  - { what: orders of yesterday, expected: "120", found: "120" }
`;
const rollback = `from: v2
to: v1
decidedAt: 2026-02-01T09:00:00Z
applicationBackAt: 2026-02-01T09:04:30Z
databaseBackAt: 2026-02-01T09:03:00Z
`;
const drill = `severity: SEV1
startedAt: 2026-02-01T09:00:00Z
endedAt: 2026-02-01T09:30:00Z
paged:
  - { person: amara, pagedAt: 2026-02-01T09:01:00Z, answeredAt: 2026-02-01T09:03:30Z }
  - { person: jonas, pagedAt: 2026-02-01T09:01:00Z }
`;
const risks = Array.from({ length: 10 }, (_, i) => `  A${String(i + 1).padStart(2, "0")}: pass`).join("\n");
const review = `reviewer: security@example.com
date: 2026-02-01
edition: "2025"
risks:
${risks}
authentication: pass
authorisation: fail
findings:
  - { title: IDOR in orders, risk: A01, severity: high }
  - { title: No rate limit, risk: A07, severity: low, fixedBy: "#12" }
`;
const history = `from: 2026-02-01T09:00:00Z
to: 2026-02-02T09:00:00Z
watched: 40
alerts:
  - { name: high-latency, openedAt: 2026-02-01T10:00:00Z, closedAt: 2026-02-01T10:05:00Z }
  - { name: disk-full, openedAt: 2026-02-01T10:00:00Z }
`;
const records = {
  "restore-test": restore,
  "rollback-test": rollback,
  drill,
  "security-review": review,
  "alert-history": history,
};
type Name = keyof typeof records;

function read(name: string, text: string) {
  const format = recordFormats.find((f) => f.name === name);
  if (!format) throw new Error(`there is no ${name}`);
  return format.read({ path: "record.yaml", bytes: new TextEncoder().encode(text) });
}

function problem(name: Name, from: string | RegExp, to: string): string {
  const text = records[name].replace(from, to);
  if (text === records[name]) throw new Error(`nothing to replace in ${name}`);
  const said = read(name, text);
  return "problem" in said ? said.problem : "none";
}

describe("a record", () => {
  it.each<[Name, Measure, string]>([
    [
      "restore-test",
      {
        kind: "restore",
        vault: "portal-backups-prod",
        recoveryPoint: "arn:aws:backup:eu-west-2:111122223333:recovery-point:1",
        minutes: 40,
        lostMinutes: 2,
        checks: [{ what: "orders of yesterday", expected: "120", found: "120" }],
      },
      "2026-02-01T10:40:00+01:00",
    ],
    [
      "rollback-test",
      { kind: "rollback", applicationMinutes: 4.5, databaseMinutes: 3, minutes: 4.5, from: "v2", to: "v1" },
      "2026-02-01T09:04:30Z",
    ],
    [
      "drill",
      {
        kind: "drill",
        severity: "SEV1",
        paged: [
          { person: "amara", answeredAfterMinutes: 2.5 },
          { person: "jonas", answeredAfterMinutes: null },
        ],
      },
      "2026-02-01T09:30:00Z",
    ],
    [
      "alert-history",
      { kind: "alert-history", hours: 24, watched: 40, open: ["disk-full"] },
      "2026-02-02T09:00:00Z",
    ],
  ])("of a %s tells what was measured and when", (name, measure, finishedAt) => {
    expect(read(name, records[name])).toMatchObject({
      tool: name,
      version: null,
      commit: null,
      measure,
      finishedAt,
    });
  });

  it("of a review tells what was looked at, what does not hold and what is open", () => {
    const { measure, finishedAt } = read("security-review", review) as Reading;
    expect(finishedAt).toBe("2026-02-01T00:00:00Z");
    expect(measure).toMatchObject({ failed: ["authorisation"], open: ["IDOR in orders"], edition: "2025" });
    expect(measure.kind === "security-review" && measure.reviewed).toHaveLength(12);
  });
});

describe("a record that cannot be used", () => {
  it.each<[string, Name, string | RegExp, string, RegExp]>([
    ["misspelt", "drill", "severity", "severty", /^line 1, severty: unknown key, .*did you mean "severity"/],
    ["a key too many", "restore-test", "vault:", "note: all well\nvault:", /^line 1, note: unknown key/],
    ["a key twice", "restore-test", "vault:", "vault: a\nvault:", /^line 2: not valid YAML: .*unique/],
    ["a missing key", "rollback-test", /to: v1\n/, "", /to: missing/],
    ["no checks", "restore-test", /checks:\n.*\n/, "checks: []\n", /^line 7, checks: found an empty list/],
    [
      "a time without its offset",
      "drill",
      "09:30:00Z",
      "09:30:00",
      /endedAt: .*must be a time with its offset/,
    ],
    ["data from later", "restore-test", "08:58:00Z", "09:58:00Z", /wantedAt: .* is before recoveredAt/],
    [
      "an end before its beginning",
      "restore-test",
      "10:40:00+01:00",
      "09:40:00+01:00",
      /is before decidedAt/,
    ],
    [
      "an answer before the page",
      "drill",
      "09:03:30Z",
      "09:00:30Z",
      /paged\[0\].answeredAt: .* is before pagedAt/,
    ],
    [
      "a page before the drill",
      "drill",
      "09:01:00Z",
      "08:01:00Z",
      /paged\[0\].pagedAt: .* is before startedAt/,
    ],
    ["a person twice", "drill", "jonas", "amara", /paged\[1\].person: amara is there twice/],
    ["a risk left out", "security-review", /.*A07.*\n/, "", /risks.A07: missing/],
    ["another edition", "security-review", '"2025"', '"2017"', /edition: .*must be "2021" or "2025"/],
    [
      "a result that is none",
      "security-review",
      "A03: pass",
      "A03: n/a",
      /risks.A03: found "n\/a", must be one of/,
    ],
    [
      "an alert of another day",
      "alert-history",
      "openedAt: 2026-02-01T10:00:00Z }",
      "openedAt: 2026-02-03T10:00:00Z }",
      /is before openedAt/,
    ],
    ["a database that took no part", "rollback-test", /databaseBackAt.*\n/, "", /databaseBackAt: missing/],
  ])("because of %s", (_, name, from, to, said) => {
    expect(problem(name, from, to)).toMatch(said);
  });

  it.each([
    ["an empty file", "", /^it is empty/],
    ["an HTML page", "<html></html>", /^it is an HTML page/],
    ["a list", "- a\n", /found no map/],
    ["a map of maps", "? { name: a }\n: b\n", /^line 1: not valid YAML: a key must be a text of one line/],
    ["a key of two lines", '"a\\nb": 1\n', /a key must be a text of one line/],
  ])("because it is %s", (_, text, said) => {
    const read1 = read("drill", text);
    expect("problem" in read1 && read1.problem).toMatch(said);
  });

  it("of any text is told in one line, and nothing crashes", () => {
    const spoilt = fc
      .tuple(fc.constantFrom(...(Object.keys(records) as Name[])), fc.nat(200), fc.nat(20), fc.string())
      .map(
        ([name, at, length, text]) =>
          [name, records[name].slice(0, at) + text + records[name].slice(at + length)] as const,
      );
    fc.assert(
      fc.property(spoilt, ([name, text]) => {
        const said = read(name, text);
        if ("problem" in said) expect(said.problem).not.toMatch(/[\n\r]/);
      }),
      { numRuns: 1_000 },
    );
  });
});
