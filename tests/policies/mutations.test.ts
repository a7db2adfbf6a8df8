/** Breaking a stack breaks the verdict: every rule notices its own breakage, and only that. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Declaration } from "../../model/declaration.ts";
import { messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { closedWorldRules } from "../../policies/rules/closed-world.ts";
import { rules } from "../../policies/rules.ts";
import { type Registration, toStack } from "../../readiness/engine/registration.ts";
import type { Mutation } from "./mutations/mutation.ts";
import { fixtureStacks, variantStacks } from "./support/fixture-stacks.ts";

const folder = join(import.meta.dirname, "mutations");
const files = readdirSync(folder).filter((name) => name !== "mutation.ts");
const modules = await Promise.all(files.map((name) => import(join(folder, name)) as Promise<object>));
const mutations: readonly Mutation[] = modules.flatMap((m) => Object.values(m).filter(Array.isArray)).flat();

/** They notice whatever nobody has looked at, beside those that look. */
const closedWorld = new Set(closedWorldRules.map(({ id }) => id));

/** The rules that do not hold, each with its first message. */
function failing(
  stack: string,
  registrations: readonly Registration[],
  declared?: Declaration,
): Readonly<Record<string, string>> {
  const findings = evaluate(rules, toStack(stack, registrations, undefined, declared));
  const failures = findings.filter((f) => ["fail", "unknown", "error"].includes(f.outcome));
  return Object.fromEntries(failures.reverse().map((f) => [f.by, messageOf(f, stack)]));
}

it.each(["prod", "staging"] as const)("every rule holds for %s as it is", (stack) => {
  expect(failing(stack, fixtureStacks[stack])).toEqual({});
});

const variants = variantStacks(mutations.flatMap(({ variant }) => variant ?? []));

it.each(Object.keys(variants))("every rule holds for the variant with %s", (title) => {
  const { registrations = [], declared } = variants[title] ?? {};
  expect(failing("prod", registrations, declared)).toEqual({});
});

it("every rule has a mutation, and every mutation a rule", () => {
  const mutated = new Set(mutations.map((m) => m.rule));
  expect([...mutated].sort()).toEqual(rules.map((rule) => rule.id).sort());
});

describe.each(Object.entries(Object.groupBy(mutations, (m) => m.rule)))("%s notices", (rule, own = []) => {
  // The program does not notice a change of what it declared, so that one run of it serves all mutations.
  it.each(own.map((m) => [m.title, m] as const))(
    "%s",
    (_title, { change, also = [], stack = "prod", variant = "" }) => {
      const { registrations = fixtureStacks[stack], declared } = variants[variant] ?? {};
      const changed = registrations.flatMap((r) => change(r) ?? []);
      const found = Object.entries(failing(stack, changed, declared)).filter(
        ([id]) => id === rule || !closedWorld.has(id),
      );
      const expected = [rule, ...also].map((id) => [id, expect.any(String)]);
      expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
    },
  );
});
