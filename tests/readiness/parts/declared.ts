/** The fixtures' stacks with other kinds of parts. */
import type { StackReport } from "../../../readiness/report.ts";
import { type Config, writeChanged } from "../changed-stack.ts";
import { reportIn, temporary } from "../check/support.ts";
import { otherStacks } from "../other-product.ts";
import { run } from "../project.ts";
import { type Changes, writeFacts } from "./existing-database.ts";

type StackName = (typeof otherStacks)[number];

/** Settings of a stack file by key; nothing of what is undefined. */
export type Change = (config: Config, stack: StackName) => Record<string, unknown>;

/** The reports on both of the fixtures' stacks after a change of their config, by name. */
export async function judged(change: Change): Promise<Readonly<Record<StackName, StackReport>>> {
  const cwd = changed(change);
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  if (result.stderr !== "") throw new Error(result.stderr);
  const { stacks } = reportIn(result);
  return Object.fromEntries(stacks.map((s) => [s.stack, s])) as unknown as Record<StackName, StackReport>;
}

/** A project with the fixtures' stack files after a change. */
export function changed(change: Change, told?: Changes): string {
  const cwd = temporary();
  for (const stack of otherStacks) {
    writeChanged(cwd, stack, (config) => change(config, stack));
    // Of what programs look up; a program that looks nothing up reads none of it.
    writeFacts(cwd, stack, told);
  }
  return cwd;
}

/** What is wrong, or not known, of the declared resources. */
export function open({ findings }: StackReport): readonly string[] {
  return findings
    .filter(({ kind, outcome }) => kind === "policy" && /fail|error|unknown/.test(outcome))
    .map(({ message }) => message);
}

/** Ids of the items that have no object, by the reason. */
export function withoutObject({ checklist }: StackReport): Readonly<Record<string, readonly string[]>> {
  const reasons = Map.groupBy(checklist, ({ because }) => because ?? "");
  return Object.fromEntries(
    [...reasons]
      .filter(([because]) => because !== "")
      .map(([because, items]) => [because, items.map(({ id }) => id)]),
  );
}
