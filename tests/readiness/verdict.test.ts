import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checklist, type ItemId } from "../../model/checklist/checklist.ts";
import type { Finding, Outcome } from "../../model/finding.ts";
import { usualParts, withoutObject } from "../../model/parts.ts";
import type { Tier } from "../../model/tier.ts";
import { judge, type Standing, type Verdict, worst } from "../../readiness/verdict.ts";
import { finding, findingsFor, item } from "./fixtures.ts";

const db = item("DB-02");
const onCall = item("ONC-01");
const coverage = item("PRE-02", { proof: "evidence", section: "Before deployment" });
const decision = item("PRE-01", { proof: "sign-off", section: "Go/no-go" });
const smoke = item("PRE-03", { proof: "probe", phase: "after", section: "After deployment" });

describe("worst", () => {
  it.each<[Outcome[], Outcome]>([
    [[], "unknown"],
    [["pass", "not-applicable"], "pass"],
    [["not-applicable", "not-applicable"], "not-applicable"],
    [["pass", "unknown"], "unknown"],
    [["unknown", "fail", "pass"], "fail"],
    [["fail", "error", "unknown"], "error"],
  ])("of %j is %s", (outcomes, expected) => {
    expect(worst(outcomes)).toBe(expected);
  });
});

describe("judge", () => {
  it.each<[string, Finding[], Tier, Verdict, RegExp]>([
    [
      "all policy items pass",
      [finding("DB-02", "pass"), finding("ONC-01", "pass")],
      "staging",
      "GO",
      /^All 2 items/,
    ],
    [
      "an item fails",
      [finding("DB-02", "fail"), finding("ONC-01", "pass")],
      "staging",
      "NO-GO",
      /^1 item fails: DB-02\.$/,
    ],
    [
      "one of an item's rules fails",
      [finding("DB-02", "pass"), finding("DB-02", "fail", { by: "other" }), finding("ONC-01", "pass")],
      "staging",
      "NO-GO",
      /DB-02/,
    ],
    [
      "a rule could not tell",
      [finding("DB-02", "unknown"), finding("ONC-01", "pass")],
      "staging",
      "UNDETERMINED",
      /^1 item is undecided: DB-02\.$/,
    ],
    [
      "a rule is broken",
      [finding("DB-02", "error"), finding("ONC-01", "pass")],
      "staging",
      "UNDETERMINED",
      /undecided: DB-02/,
    ],
    [
      "an item fails beside a broken rule",
      [finding("DB-02", "error"), finding("DB-02", "fail"), finding("ONC-01", "pass")],
      "staging",
      "NO-GO",
      /^1 item fails: DB-02\.$/,
    ],
    [
      "nothing proves an item",
      [finding("DB-02", "pass")],
      "staging",
      "NO-GO",
      /^1 item has no proof yet: 1 policy/,
    ],
    ["nothing was found at all", [], "staging", "NO-GO", /^2 items have no proof yet/],
    [
      "an item is not asked of the tier",
      [finding("DB-02", "not-applicable"), finding("ONC-01", "pass")],
      "staging",
      "GO",
      /^All 1 items/,
    ],
    [
      "no item is asked of the tier",
      [finding("DB-02", "not-applicable"), finding("ONC-01", "not-applicable")],
      "staging",
      "UNDETERMINED",
      /^Nothing on the checklist/,
    ],
    [
      "production lacks what infrastructure cannot prove",
      [finding("DB-02", "pass"), finding("ONC-01", "pass")],
      "production",
      "NO-GO",
      /^2 items have no proof yet: 1 evidence, 1 sign-off\.$/,
    ],
    [
      "production lacks proof and a rule could not tell",
      [finding("DB-02", "unknown"), finding("ONC-01", "pass")],
      "production",
      "NO-GO",
      /no proof yet.*undecided: DB-02/,
    ],
  ])("%s", (_, findings, tier, verdict, reason) => {
    const judgement = judge(findings, [db, onCall, coverage, decision, smoke], tier);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.reasons.join(" ")).toMatch(reason);
  });

  it("is undetermined for an empty checklist", () => {
    expect(judge([], [], "production").verdict).toBe("UNDETERMINED");
  });

  it("does not wait for what can only be proven after the deployment", () => {
    const { verdict, items } = judge([finding("DB-02", "pass")], [db, smoke], "production");
    expect(verdict).toBe("GO");
    expect(items[1]).toMatchObject({ required: false, outcome: "unknown", standing: "unproven" });
  });

  it("never takes a passing rule for evidence", () => {
    const { verdict, items } = judge([finding("PRE-02", "pass")], [coverage], "production");
    expect(verdict).toBe("NO-GO");
    expect(items[0]).toMatchObject({ outcome: "unknown", standing: "unproven" });
  });

  it("lists an item's proofs by rule, each with its worst outcome, oldest time and earliest end", () => {
    const findings = [
      finding("DB-02", "pass", { by: "b", at: "2026-03-02T09:00:00+02:00", until: "2026-03-09T08:00:00Z" }),
      finding("DB-02", "pass", { by: "b", at: "2026-03-02T08:00:00Z", until: "2026-03-08T08:00:00Z" }),
      finding("DB-02", "pass", { by: "a" }),
      finding("DB-02", "fail", { by: "b" }),
    ];
    expect(judge(findings, [db], "staging").items[0]?.proofs).toEqual([
      { kind: "policy", by: "a", outcome: "pass", at: null, until: null },
      {
        kind: "policy",
        by: "b",
        outcome: "fail",
        at: "2026-03-02T09:00:00+02:00",
        until: "2026-03-08T08:00:00Z",
      },
    ]);
  });

  it("names eight failing items at most in its reason", () => {
    const [reason] = judge(findingsFor("fail"), checklist, "staging").reasons;
    expect(reason).toMatch(/^\d+ items fail: ([A-Z0-9-]+, ){7}[A-Z0-9-]+ and \d+ more\.$/);
  });
});

describe("waivers", () => {
  const urn = "urn:pulumi:prod::readiness::aws:rds/instance:Instance::db";
  const broken = finding("DB-02", "fail", { urn });
  const fine = [finding("DB-02", "pass", { by: "other" }), finding("ONC-01", "pass")];
  const all = () => true;

  it.each<[string, readonly Finding[], NonNullable<Parameters<typeof judge>[4]>, Verdict, Standing, RegExp]>([
    ["no waiver covers", [broken, ...fine], () => false, "NO-GO", "failing", /^1 item fails: DB-02/],
    ["a waiver covers", [broken, ...fine], all, "CONDITIONAL", "waived", /^1 item is waived: DB-02\.$/],
    [
      "a waiver of another resource is there for",
      [broken, ...fine],
      (open) => open.urn !== urn,
      "NO-GO",
      "failing",
      /fails: DB-02/,
    ],
    [
      "a waiver covers in one of two rules",
      [broken, finding("DB-02", "fail", { by: "b" }), ...fine],
      ({ by }) => by === "b",
      "NO-GO",
      "failing",
      /fails: DB-02/,
    ],
    [
      "a waiver covers beside what nobody could tell",
      [broken, finding("DB-02", "unknown", { by: "b" }), ...fine],
      all,
      "UNDETERMINED",
      "undecided",
      /^1 item is undecided: DB-02\.$/,
    ],
    [
      "a waiver covers beside a rule that is in error",
      [broken, finding("DB-02", "error", { by: "b" }), ...fine],
      all,
      "UNDETERMINED",
      "undecided",
      /undecided: DB-02/,
    ],
    ["nobody has to waive", fine, all, "GO", "proven", /^All 2 items/],
  ])("an item that %s", (_, findings, isWaived, verdict, standing, reason) => {
    const judgement = judge(findings, [db, onCall], "staging", "release", isWaived);
    expect(judgement.verdict).toBe(verdict);
    expect(judgement.items[0]?.standing).toBe(standing);
    expect(judgement.reasons.join(" ")).toMatch(reason);
  });

  it("cover the lack of a proof, which is nobody's", () => {
    const proven = [finding("DB-02", "pass"), finding("ONC-01", "pass")];
    const asked: unknown[] = [];
    const judgement = judge(proven, [db, onCall, coverage], "production", "release", (open) => {
      asked.push(open);
      return true;
    });
    expect(asked).toContainEqual({ item: "PRE-02", urn: undefined, by: null });
    expect(judgement.verdict).toBe("CONDITIONAL");
    expect(judgement.items.map(({ standing }) => standing)).toEqual(["proven", "proven", "waived"]);
  });

  it("of some items leave the others as they are", () => {
    const findings = [broken, finding("ONC-01", "fail")];
    const { verdict, reasons } = judge(
      findings,
      [db, onCall],
      "staging",
      "release",
      ({ item }) => item === "DB-02",
    );
    expect(verdict).toBe("NO-GO");
    expect(reasons).toEqual(["1 item fails: ONC-01.", "1 item is waived: DB-02."]);
  });
});

describe("whatever the findings", () => {
  const policyIds = checklist
    .filter(({ proof, needs }) => proof === "policy" && withoutObject(needs, usualParts) === undefined)
    .map(({ id }) => id);
  const outcomes: Outcome[] = ["pass", "fail", "unknown", "not-applicable", "error"];
  const anyFinding = fc
    .record({
      id: fc.constantFrom<ItemId>(...checklist.map((i) => i.id)),
      outcome: fc.constantFrom(...outcomes),
      rule: fc.constantFrom("a", "b", "c"),
    })
    .map(({ id, outcome, rule }) => finding(id, outcome, { by: rule }));
  /** Mostly passing, so that a verdict of GO is reached and each other finding matters. */
  const anyFindings = fc.array(anyFinding, { maxLength: 6 }).map((some) => [...findingsFor("pass"), ...some]);
  const anyTier = fc.constantFrom<Tier>("staging", "production");

  it("a failing finding of a required item gives NO-GO", () => {
    fc.assert(
      fc.property(anyFindings, fc.constantFrom(...policyIds), anyTier, (findings, id, tier) => {
        expect(judge([...findings, finding(id, "fail")], checklist, tier).verdict).toBe("NO-GO");
      }),
    );
  });

  it("one more finding that does not pass never gives GO", () => {
    fc.assert(
      fc.property(anyFindings, anyFinding, anyTier, (findings, more, tier) => {
        const before = judge(findings, checklist, tier).verdict;
        const after = judge([...findings, more], checklist, tier).verdict;
        if (before !== "GO") expect(after).not.toBe("GO");
      }),
    );
  });

  it("an item without any finding never gives GO", () => {
    fc.assert(
      fc.property(anyFindings, fc.constantFrom(...policyIds), anyTier, (findings, id, tier) => {
        const rest = findings.filter((f) => f.item !== id);
        expect(judge(rest, checklist, tier).verdict).not.toBe("GO");
      }),
    );
  });

  it("their order does not matter", () => {
    const shuffled = anyFindings.chain((findings) =>
      fc.tuple(
        fc.constant(findings),
        fc.shuffledSubarray(findings, { minLength: findings.length, maxLength: findings.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, anyTier, ([findings, other], tier) => {
        expect(judge(other, checklist, tier)).toEqual(judge(findings, checklist, tier));
      }),
    );
  });
});
