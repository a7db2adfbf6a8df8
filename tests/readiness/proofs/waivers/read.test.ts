import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checklist } from "../../../../model/checklist/checklist.ts";
import { messageOf } from "../../../../model/finding.ts";
import type { WaiverInput } from "../../../../readiness/proofs/waivers/input.ts";
import { readWaivers } from "../../../../readiness/proofs/waivers/read.ts";
import {
  signatureProof,
  type Waiver,
  waiverBytes,
  waiverNamespace,
} from "../../../../readiness/proofs/waivers/waiver.ts";
import { judge } from "../../../../readiness/verdict.ts";
import { finding, item } from "../../fixtures.ts";
import { keys, now, signers, signersWith, spec } from "../house.ts";

const entry: Waiver = {
  rule: "db-02-holds",
  resource: "portal-db",
  stack: "prod",
  reason: "The vendor mends it in April.",
  owner: "tomas",
  approver: "helen",
  compensating: "A snapshot is taken by hand every day.",
  since: "2026-02-01",
  expires: "2026-03-31",
};
const signedEntry = (over: Partial<Waiver> = {}, by = keys.helen, namespace = waiverNamespace): Waiver => {
  const waiver = { ...entry, ...over };
  return { ...waiver, signature: by.sign(waiverBytes(waiver), namespace) };
};
const textOf = (...waivers: readonly object[]) => stringify({ waivers });

const read = (text: string | undefined, over: Partial<WaiverInput> = {}) =>
  readWaivers({
    text,
    stack: "prod",
    stacks: ["prod", "staging"],
    people: spec.people,
    signers,
    rules: [
      { id: "db-02-holds", item: "DB-02" },
      { id: "vault-locked", item: "BAK-05" },
    ],
    resources: ["portal-db", "portal-cache"],
    findings: [finding("DB-02", "fail"), finding("BAK-05", "fail", { by: "vault-locked" })],
    now,
    ...over,
  });

describe("a waiver", () => {
  it("that is signed, in time and used makes the failure conditional, and is reported", () => {
    const { live, findings, warnings, waiverOf } = read(textOf(signedEntry()));
    expect(findings).toMatchObject([{ item: "GOV-08", outcome: "pass" }]);
    expect(warnings).toEqual([]);
    const { reason, owner, approver, compensating, expires, resource } = entry;
    expect(live).toEqual([
      { item: "DB-02", rule: "db-02-holds", resource, reason, owner, approver, compensating, expires },
    ]);
    const judged = judge(
      [finding("DB-02", "fail")],
      [item("DB-02")],
      "production",
      "release",
      (open) => waiverOf(open) !== null,
    );
    expect(judged.verdict).toBe("CONDITIONAL");
  });

  it("covers its rule on its resource, and nothing else", () => {
    const { waiverOf } = read(textOf(signedEntry()));
    const failed = finding("DB-02", "fail");
    expect(waiverOf(failed)).toBe(0);
    expect(waiverOf({ ...failed, by: "another-rule" })).toBeNull();
    expect(waiverOf({ ...failed, item: "DB-01" })).toBeNull();
    expect(waiverOf({ ...failed, urn: `${failed.urn}-2` })).toBeNull();
    expect(waiverOf({ ...failed, urn: undefined })).toBeNull();
  });

  it("of an item for the stack covers a proof that is missing, and no resource", () => {
    const { rule: _, ...rest } = { ...entry, item: "PRE-02", resource: "stack" };
    const waiver = { ...rest, signature: keys.helen.sign(waiverBytes(rest), waiverNamespace) };
    const { waiverOf, findings } = read(textOf(waiver));
    expect(findings).toMatchObject([{ outcome: "pass" }]);
    expect(waiverOf({ item: "PRE-02", urn: undefined, by: null })).toBe(0);
    expect(waiverOf({ item: "PRE-02", urn: undefined, by: "vitest" })).toBe(0);
    expect(waiverOf({ item: "PRE-02", urn: finding("DB-02", "fail").urn, by: "vitest" })).toBeNull();
    // A signature that does not count is nothing that anybody can accept.
    expect(waiverOf({ item: "PRE-02", urn: undefined, by: signatureProof })).toBeNull();
  });

  it("is announced two weeks before its end, and ends with its last day", () => {
    const at = (time: string) => read(textOf(signedEntry()), { now: new Date(time) });
    expect(at("2026-03-16T23:59:59Z").warnings).toEqual([]);
    expect(at("2026-03-17T00:00:00Z").warnings).toEqual([
      "The waiver of DB-02 for portal-db ends in 14 days, with 2026-03-31.",
    ]);
    expect(at("2026-03-31T23:59:59Z").warnings).toEqual([expect.stringContaining("ends today")]);
    expect(at("2026-04-01T00:00:00Z").live).toEqual([]);
  });

  it("of another stack is judged with that stack", () => {
    const { live, findings } = read(textOf(signedEntry({ stack: "staging" })));
    expect(live).toEqual([]);
    expect(findings).toMatchObject([{ outcome: "pass" }]);
  });

  it("is not needed", () => {
    for (const text of [undefined, "", "waivers: []\n"]) {
      expect(read(text)).toMatchObject({ live: [], findings: [{ outcome: "pass" }], warnings: [] });
    }
  });
});

const { expires: _, ...endless } = entry;
const misspelt = { ...endless, expiry: entry.expires };
const ninetyDays = { since: "2026-02-01", expires: "2026-05-02" };

describe("is refused, waives nothing, and makes NO-GO:", () => {
  it.each<[string, string, Partial<WaiverInput>, RegExp]>([
    ["one that has expired", textOf(signedEntry({ expires: "2026-03-01" })), {}, /ended with 2026-03-01/],
    [
      "one that is not used",
      textOf(signedEntry()),
      { findings: [finding("DB-02", "pass")] },
      /covers nothing/,
    ],
    ["one that has not begun", textOf(signedEntry({ since: "2026-03-03" })), {}, /begins on 2026-03-03 only/],
    ["one without an end", textOf({ ...endless, signature: "x" }), {}, /\.expires missing, must be a date/],
    [
      "a misspelt field",
      textOf({ ...misspelt, signature: "x" }),
      {},
      /unknown key, must be .*mean "expires"\?/,
    ],
    ["an impossible date", textOf(signedEntry({ expires: "2026-02-30" })), {}, /must be a date such as/],
    ["91 days", textOf(signedEntry({ ...ninetyDays, expires: "2026-05-03" })), {}, /lasts 91 days/],
    [
      "an unknown item",
      textOf(signedEntry({ rule: undefined, item: "DB-20" })),
      {},
      /there is no item "DB-20"/,
    ],
    [
      "an unknown rule",
      textOf(signedEntry({ rule: "db-02-hold" })),
      {},
      /no rule "db-02-hold", .* db-02-holds/,
    ],
    [
      "an unknown resource",
      textOf(signedEntry({ resource: "portal-bd" })),
      {},
      /no resource .* such as portal-db/,
    ],
    ["an unknown stack", textOf(signedEntry({ stack: "production" })), {}, /there is no stack "production"/],
    ["a wildcard", textOf(signedEntry({ resource: "*" })), {}, /found "\*", must be the exact name/],
    [
      "a pattern",
      textOf(signedEntry({ resource: "portal-*" })),
      {},
      /must be the exact name of one resource/,
    ],
    ["an item and a rule", textOf(signedEntry({ item: "DB-02" })), {}, /both an item and a rule/],
    ["no owner", textOf(signedEntry({ owner: "nobody" })), {}, /no owner "nobody"/],
    ["its owner's approval", textOf(signedEntry({ owner: "helen" })), {}, /helen approves their own waiver/],
    [
      "approval by no lead",
      textOf(signedEntry({ approver: "amara" }, keys.amara)),
      {},
      /amara is on-call-engineer/,
    ],
    ["no signature", textOf(entry), {}, /is not signed, must be signed by helen/],
    [
      "another's signature",
      textOf(signedEntry({}, keys.priya)),
      {},
      /signed by priya, must be signed by helen/,
    ],
    ["another purpose", textOf(signedEntry({}, keys.helen, "git")), {}, /made for the namespace "git"/],
    ["a key for evidence", textOf(signedEntry({}, keys.ci)), {}, /which is no person's/],
    [
      "an end put off after signing",
      textOf({ ...signedEntry(), expires: "2026-04-15" }),
      {},
      /over something else/,
    ],
    [
      "a revoked key",
      textOf(signedEntry()),
      { signers: signersWith({ helen: ", revoked: 2026-03-01" }) },
      /revoked/,
    ],
    [
      "the vault's lock",
      textOf(signedEntry({ rule: "vault-locked" })),
      {},
      /waives BAK-05, which nobody can waive/,
    ],
    [
      "GO-03",
      textOf(signedEntry({ rule: undefined, item: "GO-03", resource: "stack" })),
      {},
      /nobody can waive/,
    ],
    [
      "the waivers themselves",
      textOf(signedEntry({ rule: undefined, item: "GOV-08" })),
      {},
      /nobody can waive/,
    ],
    ["no YAML", "waivers: [", {}, /not valid YAML/],
    ["a duplicate key", `${textOf(signedEntry())}waivers: []\n`, {}, /not valid YAML/],
    ["a list alone", "- item: DB-02\n", {}, /found no map/],
  ])("%s", (_, text, over, reason) => {
    const { live, findings, waiverOf } = read(text, over);
    expect(live).toEqual([]);
    expect(waiverOf(finding("DB-02", "fail"))).toBeNull();
    const messages = findings.map((f) => messageOf(f, "prod"));
    expect(messages.join("\n")).toMatch(reason);
    for (const message of messages) expect(message).toMatch(/^waivers\.yaml:\d+: .*\(GOV-08\)\. /);
    const waivers = checklist.filter((i) => i.id === "GOV-08");
    expect(judge(findings, waivers, "production")).toMatchObject({
      verdict: "NO-GO",
      items: [{ standing: "failing" }],
    });
  });

  it("but not 90 days", () => {
    expect(read(textOf(signedEntry(ninetyDays))).findings).toMatchObject([{ outcome: "pass" }]);
  });

  it("an entry, while those beside it hold", () => {
    const { live, findings } = read(textOf(misspelt, signedEntry(), { ...entry, owner: "helen" }));
    expect(live).toMatchObject([{ item: "DB-02" }]);
    const lines = findings.map((f) => f.source?.line);
    expect(findings.every((f) => f.outcome === "fail")).toBe(true);
    expect(lines).toEqual([...lines].sort((a, b) => (a ?? 0) - (b ?? 0)));
  });
});

it("whatever of a signed file is altered, it waives nothing new, and nothing crashes", () => {
  const text = textOf(signedEntry());
  const own = JSON.stringify(read(text).live);
  fc.assert(
    fc.property(
      fc.nat(text.length - 1),
      fc.constantFrom(..."aZ09+/={}[],:\"'\\ \n-*&!#|"),
      fc.integer({ min: 0, max: 3 }),
      (at, character, dropped) => {
        const { live, findings, waiverOf } = read(text.slice(0, at) + character + text.slice(at + dropped));
        if (live.length > 0) expect(JSON.stringify(live)).toBe(own);
        else expect(waiverOf(finding("DB-02", "fail"))).toBeNull();
        expect(findings.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 2_000 },
  );
});
