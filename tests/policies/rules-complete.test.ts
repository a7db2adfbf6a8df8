import { readdirSync } from "node:fs";
import { join } from "node:path";
import { unknownCheckingProxy } from "@pulumi/policy";
import { describe, expect, it } from "vitest";
import type { Outcome } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import type { Rule } from "../../policies/rule.ts";
import { othersRules } from "../../policies/rules/others.ts";
import { rules } from "../../policies/rules.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { cpuTime } from "../support/cpu-time.ts";
import { fixtureStacks } from "./support/fixture-stacks.ts";
import { declared, stackOf, unknown } from "./support/stack.ts";

const areas = join(import.meta.dirname, "../../policies/rules");
const resourceRules = rules.filter((rule) => "check" in rule);
const types = new Set(resourceRules.map((rule) => rule.type.token));

/** Rules that forbid something and demand nothing, so that they hold where there is nothing. */
const prohibitions = [
  "alert-options-hold-nothing-back",
  "alerts-outlast-silence",
  "check-options-look-closely",
  "downtimes-tell-what-lasts",
  "exclusions-lose-no-fault",
  "app-database-without-password",
  "app-secrets-marked-sensitive",
  "app-secrets-strong",
  "app-variables-declared-apart",
  "app-variables-do-no-harm",
  "app-variables-for-production-alone",
  "database-password-not-in-state",
  "edge-certificate-covers-domain",
  "integration-keys-pagerdutys-own",
  "second-fault-pages-too",
  "types-reviewed",
  "properties-reviewed",
  "references-explained",
  "changes-not-ignored",
  "properties-sound",
  "app-variables-known",
  "app-secrets-for-one-purpose",
  "secrets-encrypted-in-state",
  "parts-as-chosen",
  ...othersRules.map(({ id }) => id),
];
const demanding = (ids: readonly string[]) => ids.filter((id) => !prohibitions.includes(id));

/** Inputs of any name, of which no value is known. */
const nothingKnown = new Proxy<Record<string, unknown>>(
  {},
  {
    get: (_, key) => (typeof key === "string" ? unknownCheckingProxy({ [key]: unknown })[key] : undefined),
    has: () => true,
    getOwnPropertyDescriptor: () => ({ value: unknown, configurable: true, enumerable: true }),
  },
);

/** A resource of every type that a resource rule looks at, each with these inputs. */
function everyType(props: Readonly<Record<string, unknown>>, stack: string) {
  return stackOf(
    [...types].map((type) => declared(type, props)),
    stack,
  );
}

/** Ids of the rules with this outcome. */
function withOutcome(
  outcome: Outcome,
  of: readonly Rule[],
  stack: ReturnType<typeof stackOf>,
): readonly string[] {
  return evaluate(of, stack).flatMap((f) => (f.outcome === outcome ? [f.by] : []));
}

it("every area's rules are in the pack", async () => {
  const files = readdirSync(areas).filter((name) => name.endsWith(".ts"));
  const modules = await Promise.all(files.map((name) => import(join(areas, name)) as Promise<object>));
  const exported = modules.flatMap((m) => Object.values(m).filter(Array.isArray).flat()) as Rule[];
  expect(exported.map((rule) => rule.id).sort()).toEqual(rules.map((rule) => rule.id).sort());
});

describe.each(["prod", "staging"])("in %s", (stack) => {
  it("no rule passes a stack that declares nothing", () => {
    expect(demanding(withOutcome("pass", rules, stackOf([], stack)))).toEqual([]);
  });

  it("no resource rule passes a resource of which nothing is known", () => {
    expect(withOutcome("pass", resourceRules, everyType(nothingKnown, stack))).toEqual([]);
  });

  it("no resource rule passes a resource without inputs", () => {
    expect(demanding(withOutcome("pass", resourceRules, everyType({}, stack)))).toEqual([]);
  });

  it("no rule breaks on a stack that declares nothing", () => {
    expect(withOutcome("error", rules, stackOf([], stack))).toEqual([]);
  });
});

it("the whole pack takes at most a millisecond for each of 5,000 resources", () => {
  const copies = Math.ceil(5_000 / fixtureStacks.prod.length);
  const many = Array.from({ length: copies }, (_, i) =>
    fixtureStacks.prod.map((r) => copyOf(r, String(i))),
  ).flat();
  const stack = stackOf(many);
  expect(cpuTime(() => evaluate(rules, stack))).toBeLessThan(many.length);
});

/** The same resource in a copy of its stack. */
function copyOf(r: Registration, copy: string): Registration {
  const inCopy = (urn: string) => `${urn}-${copy}`;
  const linked = Object.entries(r.propertyDependencies).map(([key, urns]) => [key, urns.map(inCopy)]);
  return {
    ...r,
    urn: inCopy(r.urn),
    parent: r.parent && inCopy(r.parent),
    provider: r.provider && inCopy(r.provider),
    dependencies: r.dependencies.map(inCopy),
    propertyDependencies: Object.fromEntries(linked),
  };
}
