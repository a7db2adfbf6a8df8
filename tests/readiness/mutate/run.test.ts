import { describe, expect, it } from "vitest";
import { chosenParts } from "../../../model/parts.ts";
import { contextOf, evaluate } from "../../../policies/evaluate.ts";
import { resourceType } from "../../../policies/resource.ts";
import { type Rule, resourceRule, stackRule } from "../../../policies/rule.ts";
import { rules } from "../../../policies/rules.ts";
import { toStack } from "../../../readiness/engine/registration.ts";
import { generate } from "../../../readiness/mutate/generate.ts";
import { MutableStack } from "../../../readiness/mutate/mutable-stack.ts";
import { type Mutant, mutated } from "../../../readiness/mutate/mutant.ts";
import { Watchers } from "../../../readiness/mutate/run.ts";
import { Sdk } from "../../../readiness/mutate/sdk/sdk.ts";
import { fixtureStacks } from "../../policies/support/fixture-stacks.ts";
import { declared } from "../../policies/support/stack.ts";

const now = new Date("2026-11-25T12:00:00Z");

const store = resourceType<{ open?: boolean; size?: number }>("test:index:Store");
const closed = resourceRule({
  id: "stores-closed",
  item: "DB-02",
  type: store,
  check: ({ props }) => (props.open ? { observed: "open is true", wanted: "false" } : undefined),
});
const large = stackRule({
  id: "some-store-large",
  item: "DB-02",
  checkStack: (stack) => {
    const sizes = stack.ofType(store).map(({ props }) => props.size ?? 0);
    return sizes.some((size) => size > 9) ? undefined : { observed: "no store is large", wanted: "one" };
  },
});
const failing = stackRule({
  id: "always-fails",
  item: "DB-02",
  checkStack: (stack) => {
    const open = stack.ofType(store).some(({ props }) => props.open);
    return open ? { doubt: "a store is open" } : { observed: "it fails", wanted: "it would not" };
  },
});

const own = declared(store.token, { open: false, size: 10 }, { name: "own" });
const change = (props: object): Mutant => ({
  kind: "property",
  type: own.type,
  path: "open",
  operator: "changed",
  resource: own.name,
  at: "open",
  before: own,
  after: { ...own, props: { ...own.props, ...props } },
});
const noticed = (all: readonly Rule[], mutant: Mutant) =>
  new Watchers(all, [own], contextOf("prod", now)).judge(mutant).noticed;

describe("a mutant is noticed", () => {
  it("where a rule fails that held", () => {
    expect(noticed([closed, large], change({ open: true }))).toEqual({
      rule: "stores-closed",
      outcome: "fail",
    });
    expect(noticed([closed, large], change({ size: 1 }))).toEqual({
      rule: "some-store-large",
      outcome: "fail",
    });
  });

  it("not where nothing comes to fail", () => {
    expect(noticed([closed, large], change({ size: 99 }))).toBeUndefined();
    expect(noticed([failing], change({ size: 1 }))).toBeUndefined();
  });

  it("where a rule that failed already finds something else", () => {
    expect(noticed([failing], change({ open: true }))).toEqual({ rule: "always-fails", outcome: "unknown" });
  });

  it("by a rule that goes by the parts that the stack has", () => {
    const atVercel = stackRule({
      id: "stores-closed-at-vercel",
      item: "DB-02",
      checkStack: (stack) => {
        const isOpen = stack.ofType(store).some(({ props }) => props.open);
        return isOpen || stack.declared.parts.edge.kind !== "vercel"
          ? { observed: "a store is open, or elsewhere", wanted: "closed" }
          : undefined;
      },
    });
    const parts = chosenParts((part) => part === "edge" && { kind: "vercel" });
    const watchers = new Watchers([atVercel], [own], contextOf("prod", now, [], { parts }));
    expect(watchers.judge(change({ open: true })).noticed?.rule).toBe("stores-closed-at-vercel");
  });

  it("where what a rule looks at is gone or comes on top", () => {
    const { after: _, ...removed } = change({});
    expect(noticed([closed], removed)?.rule).toBe("stores-closed");
    const { before: __, ...added } = change({});
    const other = { ...own, name: "other", urn: `${own.urn}-other`, props: { open: true } };
    expect(noticed([closed], { ...added, after: other })?.rule).toBe("stores-closed");
  });
});

describe("on the fixtures' production stack", () => {
  const registrations = fixtureStacks.prod;
  const all = generate(registrations, new Sdk());
  // Those of each kind, from everywhere.
  const samples = [...Map.groupBy(all, ({ kind }) => kind).values()].flatMap((own) =>
    own.filter((_, i) => i % Math.ceil(own.length / 6) === 0),
  );

  it("the rules that read what has changed answer as all rules would", () => {
    const watchers = new Watchers(rules, registrations, contextOf("prod", now));
    const open = (mutant?: Mutant) =>
      new Set(
        evaluate(rules, toStack("prod", mutant ? mutated(registrations, mutant) : registrations), now)
          .filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable")
          .map(({ by, outcome }) => `${by} ${outcome}`),
      );
    const before = open();
    for (const mutant of samples) {
      const more = [...open(mutant)].filter((finding) => !before.has(finding));
      const { noticed } = watchers.judge(mutant);
      const place = `${mutant.type} ${mutant.at} ${mutant.operator}`;
      if (noticed) expect(more, place).toContain(`${noticed.rule} ${noticed.outcome}`);
      else expect(more, place).toEqual([]);
    }
  });

  it("a stack that is changed in place finds the same, and is as before afterwards", () => {
    const stack = new MutableStack("prod", registrations);
    const findings = (mutant: Mutant) => stack.mutated(mutant, (s) => evaluate(rules, s, now));
    for (const mutant of samples.filter(({ before, after }) => before && after).slice(0, 10)) {
      expect(findings(mutant)).toEqual(evaluate(rules, toStack("prod", mutated(registrations, mutant)), now));
    }
    const [first] = registrations;
    if (!first) throw new Error("the stack is empty");
    const unchanged: Mutant = { ...change({}), before: first, after: first };
    expect(findings(unchanged)).toEqual(evaluate(rules, toStack("prod", registrations), now));
  });
});
