/** `recover`: settles what an update left open, so that nothing is lost and nothing made twice. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { answerTo, ask, type Situation } from "../pulumi/approval.ts";
import { type ExportedStack, readExport } from "../pulumi/exported.ts";
import { type PendingCreate, pendingCreates } from "../pulumi/pending-creates.ts";
import { canExist, explainPending } from "../pulumi/pending-text.ts";
import { runPulumi } from "../pulumi/pulumi-cli.ts";
import { reachWithConfig } from "../pulumi/target.ts";
import type { Whereabouts } from "../vendors/namesakes.ts";
import { type Adoption, importAll } from "./import.ts";
import { explainLeft, leftBehind, type Missing, missingOf, titleOf, withFoundIds } from "./left-behind.ts";

export interface RecoverOptions {
  readonly stack: string;
  /** `<urn>=<id>`: a resource that exists. */
  readonly adopt: readonly string[];
  /** Forget all others. */
  readonly dropOthers: boolean;
  /** Do not ask. */
  readonly yes: boolean;
}

const open = exitStatus.noGo;

/**
 * Says what is open and how to settle it; with `adopt` and `dropOthers`, settles it.
 * @returns the exit status: 0 where nothing is open any more, 1 where something is, 3 where that cannot be told,
 * otherwise Pulumi's own
 * @throws UsageError where the stack's state cannot be read, or what is said does not fit it
 */
export async function recover(options: RecoverOptions, projectDir: string): Promise<number> {
  const { stack } = options;
  const { spec, config } = reachWithConfig(projectDir, stack);
  const exported = await readExport(stack);
  const pending = pendingCreates(exported);
  const where = { spec, config, env: process.env };
  if (pending.length > 0) return await settlePending(options, pending, exported, where);
  const { registrations } = await declaredStack(projectDir, spec.stack);
  return await settleLeft(options, missingOf(registrations, exported), exported, where);
}

/** What Pulumi knows of: an update that died while it created something. */
async function settlePending(
  { stack, adopt, dropOthers, yes }: RecoverOptions,
  pending: readonly PendingCreate[],
  exported: ExportedStack,
  where: Whereabouts,
): Promise<number> {
  const { spec } = where;
  const found = adopt.map((option) => {
    const adoption = parseAdoption(option, pending);
    if (canExist(adoption.resource)) return adoption;
    throw new UsageError(`--adopt ${option}: it cannot be adopted; delete it where it exists`);
  });
  const others = pending.filter((p) => !found.some(({ resource }) => resource === p));
  if (others.length > 0 && !dropOthers) {
    process.stdout.write(`${explainPending(await withFoundIds(others, exported, where), spec)}\n`);
    return open;
  }
  process.stdout.write(`Adopt:\n${names(found.map((f) => f.resource))}Drop:\n${names(others)}`);
  if (!(await agreed(yes, spec))) return open;
  const imported = found.length > 0 ? await importAll(stack, found) : 0;
  if (imported !== 0) return imported;
  // Also takes over what has become of updates and deletions that did not end.
  const settle = ["refresh", "--stack", stack, "--clear-pending-creates"];
  return await runPulumi([...settle, "--yes", "--skip-preview", "--non-interactive"]);
}

/** What Pulumi knows nothing of: a create that its vendor stored and answered with an error. */
async function settleLeft(
  { stack, adopt, yes }: RecoverOptions,
  missing: readonly Missing[],
  exported: ExportedStack,
  where: Whereabouts,
): Promise<number> {
  const { spec } = where;
  let chosen: readonly Adoption<Missing>[] = adopt.map((option) => parseAdoption(option, missing));
  if (chosen.length === 0) {
    const { namesakes, unseen } = await leftBehind(missing, exported, where);
    const notSeen = unseen.map((what) => `- ${what}\n`).join("");
    if (namesakes.length === 0 && unseen.length === 0) {
      process.stdout.write(`Nothing of ${stack} is open.\n`);
      return 0;
    }
    const found =
      namesakes.length > 0 ? explainLeft(stack, namesakes) : "Nothing that could be found is open.";
    process.stdout.write(`${found}\n${notSeen && `\nNot looked for:\n${notSeen}`}`);
    if (namesakes.length === 0) return exitStatus.undetermined;
    if (process.stdin.isTTY !== true) return open;
    for (const one of namesakes.filter(({ importId }) => importId !== undefined)) {
      if (chosen.some(({ resource }) => resource === one.of)) continue;
      const answer = await answerTo(`Adopt ${one.id} as ${titleOf(one)}? y, or anything else to leave it: `);
      if (answer === "y") chosen = [...chosen, { resource: one.of, id: one.importId ?? "" }];
    }
    if (chosen.length === 0) return open;
  }
  process.stdout.write(`Adopt:\n${names(chosen.map((f) => f.resource))}`);
  if (!(await agreed(yes, spec))) return open;
  return await importAll(stack, chosen);
}

function names(resources: readonly { readonly name: string; readonly type: string }[]): string {
  return resources.map(({ name, type }) => `  ${name} (${type})\n`).join("");
}

/** @throws UsageError where there is nobody to ask */
async function agreed(yes: boolean, { stack, tier }: StackSpec): Promise<boolean> {
  const terminal = process.stdin.isTTY === true;
  if (!yes && !terminal) throw new UsageError("there is nobody to ask: say --yes in advance");
  const situation: Situation = { stack, tier, terminal, ci: false };
  return yes || (await ask("change the state of", situation));
}

function parseAdoption<R extends { readonly urn: string }>(
  option: string,
  resources: readonly R[],
): Adoption<R> {
  const [urn = "", id = ""] = option.split(/=(.*)/s);
  const resource = resources.find((p) => p.urn === urn);
  if (!resource) throw new UsageError(`--adopt ${option}: no such resource is open`);
  if (id === "" || id === "<ID>") throw new UsageError(`--adopt ${option}: the ID is missing`);
  return { resource, id };
}
