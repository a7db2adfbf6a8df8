import { describe, expect, it } from "vitest";
import { checklist, requiredProofs, sections } from "../../model/checklist/checklist.ts";
import { rules } from "../../policies/rules.ts";
import { costProofs } from "../../readiness/proofs/cost.ts";

const ids = (of: readonly { readonly id: string }[]) => of.map(({ id }) => id);
const duplicates = (names: readonly string[]) => names.filter((name, i) => names.indexOf(name) !== i);

describe("the checklist", () => {
  it("has an id, a section and prose in every row", () => {
    for (const item of checklist) {
      expect(item.id).toMatch(/^[A-Z]{2,5}-\d{2}$/);
      expect(sections).toContain(item.section);
      for (const text of [item.statement, item.why, item.remedy]) expect(text.trim(), item.id).not.toBe("");
    }
  });

  it("says nothing twice", () => {
    expect(duplicates(checklist.map((item) => item.statement))).toEqual([]);
    expect(duplicates(checklist.map((item) => item.why))).toEqual([]);
  });

  it("fills every section, each with id prefixes of its own", () => {
    expect(new Set(checklist.map((item) => item.section))).toEqual(new Set(sections));
    for (const [prefix, items] of Map.groupBy(checklist, (item) => item.id.split("-")[0])) {
      expect(new Set(items.map((item) => item.section)), prefix).toHaveProperty("size", 1);
    }
  });

  it("puts after the deployment what its section says, and only that", () => {
    for (const item of checklist) {
      expect(item.phase === "after", item.id).toBe(item.section === "After deployment");
    }
  });

  it("asks staging for its infrastructure and production for everything", () => {
    expect(requiredProofs("staging", "release")).toEqual(["policy"]);
    expect([...requiredProofs("production", "release")].sort()).toEqual(
      [...new Set(checklist.map((i) => i.proof))].sort(),
    );
  });
});

describe("checklist and rules", () => {
  it("prove every infrastructure item by a rule, or by what the team has bought", () => {
    const proven = new Set([...rules, ...costProofs].map(({ item }) => item));
    expect(ids(checklist.filter((item) => item.proof === "policy" && !proven.has(item.id)))).toEqual([]);
  });

  it("bind every rule to an infrastructure item", () => {
    const provable = new Set<string>(ids(checklist.filter((item) => item.proof === "policy")));
    expect(ids(rules.filter((rule) => !provable.has(rule.item)))).toEqual([]);
  });

  it("name every rule once, after what it demands", () => {
    expect(duplicates(ids(rules))).toEqual([]);
    for (const { id } of rules) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
  });

  it("hold for at least one tier each", () => {
    expect(ids(rules.filter((rule) => rule.tiers?.length === 0))).toEqual([]);
  });
});
