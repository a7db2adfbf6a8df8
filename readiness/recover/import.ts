/** Takes what exists into a stack's state. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runPulumi } from "../pulumi/pulumi-cli.ts";

export interface Importable {
  readonly type: string;
  readonly name: string;
  /** The component that it is a child of, and its provider, by their URNs. */
  readonly container: string | undefined;
  readonly provider: string | undefined;
}

/** A resource that exists, and what its vendor calls it. */
export interface Adoption<R> {
  readonly resource: R;
  readonly id: string;
}

/**
 * Takes resources into the state. Not by `refresh --import-pending-creates`, which is documented for it: Pulumi
 * 3.250 takes them out of the pending ones and forgets them.
 * @returns Pulumi's exit status
 */
export async function importAll(stack: string, found: readonly Adoption<Importable>[]): Promise<number> {
  const urns = found.flatMap(({ resource }) => [resource.container ?? [], resource.provider ?? []].flat());
  const resources = found.map(({ resource: { type, name, container, provider }, id }) => ({
    type,
    name,
    id,
    ...(container && { parent: container }),
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
