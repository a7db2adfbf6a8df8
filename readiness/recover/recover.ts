/** `recover`: settles what an interrupted update left open, so that nothing is lost and nothing made twice. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { ask, type Situation } from "../pulumi/approval.ts";
import { type PendingCreate, readPendingCreates } from "../pulumi/pending-creates.ts";
import { canExist, explainPending } from "../pulumi/pending-text.ts";
import { runPulumi } from "../pulumi/pulumi-cli.ts";
import { reach } from "../pulumi/target.ts";

export interface RecoverOptions {
  readonly stack: string;
  /** `<urn>=<id>`: a resource that exists. */
  readonly adopt: readonly string[];
  /** Forget all others. */
  readonly dropOthers: boolean;
  /** Do not ask. */
  readonly yes: boolean;
}

const open = 1;

/**
 * Says what is open and how to settle it; with `adopt` and `dropOthers`, settles it.
 * @returns the exit status: 0 where nothing is open any more, 1 where something is, otherwise Pulumi's own
 * @throws UsageError where the stack's state cannot be read, or what is said does not fit it
 */
export async function recover(options: RecoverOptions, projectDir: string): Promise<number> {
  const { stack, adopt, dropOthers, yes } = options;
  const spec = reach(projectDir, stack);
  const pending = await readPendingCreates(stack);
  const found = adopt.map((option) => parseAdoption(option, pending));
  const others = pending.filter((p) => !found.some(({ create }) => create === p));
  if (pending.length === 0) {
    process.stdout.write(`Nothing of ${stack} is open.\n`);
    return 0;
  }
  if (others.length > 0 && !dropOthers) {
    process.stdout.write(`${explainPending(others, spec)}\n`);
    return open;
  }
  const terminal = process.stdin.isTTY === true;
  if (!yes && !terminal) throw new UsageError("there is nobody to ask: say --yes in advance");
  const names = (creates: readonly PendingCreate[]) =>
    creates.map((p) => `  ${p.name} (${p.type})\n`).join("");
  process.stdout.write(`Adopt:\n${names(found.map((f) => f.create))}Drop:\n${names(others)}`);
  const situation: Situation = { stack: spec.stack, tier: spec.tier, terminal, ci: false };
  if (!yes && !(await ask("change the state of", situation))) return open;

  const imported = found.length > 0 ? await importAll(stack, found) : 0;
  if (imported !== 0) return imported;
  // Also takes over what has become of updates and deletions that did not end.
  const settle = ["refresh", "--stack", stack, "--clear-pending-creates"];
  return await runPulumi([...settle, "--yes", "--skip-preview", "--non-interactive"]);
}

interface Found {
  readonly create: PendingCreate;
  readonly id: string;
}

function parseAdoption(option: string, pending: readonly PendingCreate[]): Found {
  const [urn = "", id = ""] = option.split(/=(.*)/s);
  const create = pending.find((p) => p.urn === urn);
  if (!create) throw new UsageError(`--adopt ${option}: no such resource is open`);
  if (!canExist(create))
    throw new UsageError(`--adopt ${option}: it cannot be adopted; delete it where it exists`);
  if (id === "" || id === "<ID>") throw new UsageError(`--adopt ${option}: the ID is missing`);
  return { create, id };
}

/**
 * Takes resources into the state. Not by `refresh --import-pending-creates`, which is documented for it: Pulumi
 * 3.250 takes them out of the pending ones and forgets them.
 */
async function importAll(stack: string, found: readonly Found[]): Promise<number> {
  const urns = found.flatMap(({ create }) => [create.parent ?? [], create.provider ?? []].flat());
  const resources = found.map(({ create: { type, name, parent, provider }, id }) => ({
    type,
    name,
    id,
    ...(parent && { parent }),
    ...(provider && { provider }),
  }));
  const folder = mkdtempSync(join(tmpdir(), "readiness-import-"));
  try {
    const file = join(folder, "import.json");
    // The file names parents and providers by a table of its own: here by their URNs.
    const nameTable = Object.fromEntries(urns.map((urn) => [urn, urn]));
    writeFileSync(file, JSON.stringify({ nameTable, resources }));
    // The next update protects what the program protects, and there is no code to be written.
    const flags = [
      "--protect=false",
      "--generate-code=false",
      "--yes",
      "--skip-preview",
      "--non-interactive",
    ];
    return await runPulumi(["import", "--stack", stack, "--file", file, ...flags]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
