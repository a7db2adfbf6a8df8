/** Compares what the two engines make of one program: test equipment. */
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { type Finding, messageOf } from "../../model/finding.ts";
import { unknownSecret } from "../../policies/unknown-value.ts";
import type { Registration } from "../../readiness/engine/registration.ts";
import { account } from "./stand-ins/behaviour.ts";
import { unknown } from "./stand-ins/provider.ts";
import { policies, type TestStack } from "./workspace.ts";

/** What one engine makes of a stack. */
export interface Outcome {
  readonly registrations: readonly Declared[];
  /** What the rules find wrong or cannot decide, as sentences, sorted. */
  readonly findings: readonly string[];
}

/** A registration without what a plan does not tell: where it is declared, and whether it is retained. */
export type Declared = Omit<Registration, "source" | "retainOnDelete" | "ignoreChanges" | "deletedWith">;

/** The embedded engine's; in a process of its own, where Node.js loads the program natively as it does for users. */
export function embedded({ directory, stack }: TestStack): Outcome {
  const script = join(import.meta.dirname, "print-embedded.ts");
  const output = execFileSync(process.execPath, [script, join(directory, "project"), stack.name], {
    encoding: "utf8",
    maxBuffer: 2 ** 30,
  });
  const { registrations, findings } = JSON.parse(output) as {
    registrations: Outcome["registrations"];
    findings: readonly Finding[];
  };
  const open = findings.filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable");
  return { registrations, findings: open.map((f) => `${messageOf(f, stack.name)} [${f.by}]`).sort() };
}

/**
 * The real engine's, from a preview with the policy pack in which no mandatory rule fails.
 * @param packArgs options of the preview for its policy pack
 */
export async function real(target: TestStack, ...packArgs: readonly string[]): Promise<Outcome> {
  const [planFile, eventFile] = [join(target.directory, "plan.json"), join(target.directory, "events.json")];
  const files = ["--save-plan", planFile, "--event-log", eventFile];
  try {
    await target.pulumi("preview", "--policy-pack", policies, ...packArgs, "--show-secrets", ...files);
    const plan = JSON.parse(readFileSync(planFile, "utf8")) as Plan;
    const events = readFileSync(eventFile, "utf8")
      .split("\n")
      .filter((line) => line !== "");
    return {
      registrations: Object.entries(plan.resourcePlans).map(([urn, { goal }]) => declared(urn, goal)),
      findings: policyFindings(events.map((line) => JSON.parse(line) as EngineEvent)),
    };
  } finally {
    // With the secrets shown.
    for (const file of [planFile, eventFile]) rmSync(file, { force: true });
  }
}

/** What a preview's or update's policies say, as sentences, sorted. */
export function policyFindings(events: readonly EngineEvent[]): string[] {
  return events
    .flatMap(({ policyEvent }) => policyEvent?.message.split("\n") ?? [])
    .filter((line) => /\[[\w-]+\]$/.test(line))
    .map((line) => line.replace(/^can't run policy .* during preview: /, ""))
    .sort();
}

/** What is in the clouds: neither components nor providers are. */
export function managed(registrations: readonly Declared[]): readonly Declared[] {
  return registrations.filter((r) => r.custom && !r.type.startsWith("pulumi:"));
}

/** How the second engine's registrations differ from the first's; empty where they do not. */
export function differences(ours: readonly Declared[], theirs: readonly Declared[]): string[] {
  const byUrn = new Map(theirs.map((r) => [r.urn, r]));
  const missing = theirs
    .filter(({ urn }) => !ours.some((r) => r.urn === urn))
    .map(({ urn }) => `only theirs: ${urn}`);
  return ours
    .flatMap((own) => {
      const other = byUrn.get(own.urn);
      return other ? differencesOf(own, other) : [`only ours: ${own.urn}`];
    })
    .concat(missing);
}

function differencesOf(own: Declared, other: Declared): string[] {
  const agree: Readonly<Record<string, boolean>> = {
    type: own.type === other.type,
    name: own.name === other.name,
    custom: own.custom === other.custom,
    parent: own.parent === other.parent,
    provider: own.provider === other.provider,
    protect: own.protect === other.protect,
    props: sameProps(own, other),
    secretPaths: sameSecrets(own.secretPaths, other.secretPaths),
    additionalSecretOutputs: sameSet(own.additionalSecretOutputs, other.additionalSecretOutputs),
    dependencies: sameSet(own.dependencies, other.dependencies),
    propertyDependencies: sameLinks(own.propertyDependencies, other.propertyDependencies),
  };
  const show = (r: Declared, field: string) => JSON.stringify(Reflect.get(r, field));
  return Object.keys(agree)
    .filter((field) => !agree[field])
    .map((field) => `${own.urn} ${field}:\n  ${show(own, field)}\n  ${show(other, field)}`);
}

function sameSet(own: readonly string[], other: readonly string[]): boolean {
  return isDeepStrictEqual([...own].sort(), [...other].sort());
}

type Links = Declared["propertyDependencies"];

/** Being linked to nothing is as good as not being there. */
function sameLinks(own: Links, other: Links): boolean {
  return Object.keys({ ...own, ...other }).every((key) => sameSet(own[key] ?? [], other[key] ?? []));
}

/** After the provider has checked a resource, a list with a secret in it is secret as a whole. */
function sameSecrets(own: readonly string[], other: readonly string[]): boolean {
  const within = (inner: string, outer: string) => inner === outer || inner.startsWith(`${outer}.`);
  return (
    own.every((path) => other.some((outer) => within(path, outer))) &&
    other.every((outer) => own.some((path) => within(path, outer)))
  );
}

/**
 * What the real engine alone knows in a preview: outputs of another resource, as its provider names resources by
 * itself and tells their names; what the account's number is part of; and secrets of the config.
 */
function sameProps(own: Declared, other: Declared): boolean {
  return Object.keys({ ...own.props, ...other.props }).every((key) => {
    const linked = (own.propertyDependencies[key]?.length ?? 0) > 0;
    return same(own.props[key], other.props[key], linked);
  });
}

function same(own: unknown, other: unknown, linked: boolean): boolean {
  if (own === unknownSecret || (own === unknown && (linked || String(other).includes(account)))) return true;
  if (typeof own !== "object" || own === null || typeof other !== "object" || other === null)
    return own === other;
  const keys = Object.keys({ ...own, ...other });
  return keys.every((key) => same(Reflect.get(own, key), Reflect.get(other, key), linked));
}

/** `pulumi preview --save-plan`; what it says of a resource is what the program asked for. */
interface Plan {
  readonly resourcePlans: Readonly<Record<string, { readonly goal: Goal }>>;
}

interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly inputDiff?: { readonly adds?: Readonly<Record<string, unknown>> };
  readonly parent?: string;
  readonly protect?: boolean;
  readonly additionalSecretOutputs?: readonly string[];
  readonly provider?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

function declared(urn: string, goal: Goal): Declared {
  const secretPaths: string[] = [];
  const propertyDependencies = goal.propertyDependencies ?? {};
  // The provider adds names, for which the program has given no dependencies.
  const isProvider = goal.type.startsWith("pulumi:providers:");
  const adds = Object.entries(goal.inputDiff?.adds ?? {}).filter(([key]) =>
    isProvider ? key !== "__internal" : key in propertyDependencies || !goal.custom,
  );
  return {
    urn,
    type: goal.type,
    name: goal.name,
    custom: goal.custom,
    props: Object.fromEntries(adds.map(([key, value]) => [key, open(value, [key], secretPaths)])),
    secretPaths,
    parent: goal.parent || undefined,
    protect: goal.protect ?? false,
    additionalSecretOutputs: goal.additionalSecretOutputs ?? [],
    provider: goal.provider?.slice(0, goal.provider.lastIndexOf("::")),
    dependencies: goal.dependencies ?? [],
    propertyDependencies,
  };
}

/** A value of the plan with its secrets opened, and their paths noted. */
function open(value: unknown, path: readonly string[], secretPaths: string[]): unknown {
  if (Array.isArray(value)) return value.map((part, i) => open(part, [...path, String(i)], secretPaths));
  if (typeof value !== "object" || value === null) return value;
  if ("plaintext" in value) {
    secretPaths.push(path.join("."));
    return open(JSON.parse(String(value.plaintext)), path, secretPaths);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, open(part, [...path, key], secretPaths)]),
  );
}
