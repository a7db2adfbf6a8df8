/** The fixtures' stacks with a database that is there already, of which other things are told in each case. */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Declaration } from "../../../model/declaration.ts";
import type { Finding } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { rules } from "../../../policies/rules.ts";
import { type Registration, toStack } from "../../../readiness/engine/registration.ts";
import { argsOf, type Changes, type Values } from "./existing-database.ts";

export interface Case {
  readonly stack: "prod" | "staging";
  readonly network: Values;
  readonly changes?: Changes;
  /** Names of what nothing is told of. */
  readonly missing?: readonly string[];
}

export interface Run {
  readonly stack: string;
  readonly registrations: readonly Registration[];
  readonly declared: Declaration;
}

/** What the program declares, and reads, in each case. */
export function runsOf(cases: readonly Case[]): readonly Run[] {
  const printed = execFileSync(process.execPath, [join(import.meta.dirname, "print-existing-stacks.ts")], {
    encoding: "utf8",
    input: JSON.stringify(cases),
    maxBuffer: 1024 ** 3,
  });
  return JSON.parse(printed);
}

/** What a run fails and does not know, where other things are told of what it reads; nothing of what is undefined. */
export function openIn({ stack, registrations, declared }: Run, changes: Changes = {}): readonly Finding[] {
  return evaluate(rules, toStack(stack, told(registrations, changes), undefined, declared)).filter(
    ({ outcome }) => /fail|error|unknown/.test(outcome),
  );
}

/** Other things are told of what is read. */
export function told(registrations: readonly Registration[], changes: Changes): readonly Registration[] {
  return Object.entries(changes).reduce(
    (all, [name, change]) => all.map((r) => (isOf(r, name) ? changed(r, change) : r)),
    registrations,
  );
}

function isOf({ read, type, outputs }: Registration, name: string): boolean {
  const { token, args } = argsOf(name);
  return read === true && type === token && outputs?.["id"] === args["id"];
}

function changed(r: Registration, change: Values | undefined): Registration {
  if (change) return { ...r, props: { ...r.props, ...change }, outputs: { ...r.outputs, ...change } };
  const { identifier } = r.props as { readonly identifier?: unknown };
  return { ...r, props: identifier === undefined ? {} : { identifier }, outputs: undefined };
}
