/** What a person does after an update was interrupted, step by step: test equipment. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import type { CloudResource, Props } from "./stand-ins/cloud.ts";
import type { TestStack } from "./workspace.ts";

/** A create of which nobody knows whether the cloud carried it out. */
export interface OpenCreate {
  readonly urn: string;
  readonly type: string;
  /** As the engine shows them: secrets are closed. */
  readonly inputs: Props;
  /** Provider and parent, by URN. */
  readonly provider: string;
  readonly parent: string | undefined;
}

/** The creates that an update reported as failed. The engine forgets them: only its events tell. */
export function failedCreates(events: readonly EngineEvent[]): OpenCreate[] {
  return events.flatMap(({ resOpFailedEvent }) => {
    const { op, urn, type, provider, new: wanted } = resOpFailedEvent?.metadata ?? {};
    if (!wanted || !urn || !type || (op !== "create" && op !== "create-replacement")) return [];
    return [
      { urn, type, inputs: wanted.inputs, provider: urnOf(provider), parent: wanted.parent || undefined },
    ];
  });
}

/** The creates that the update of a killed engine was at, as the state has them. */
export function pendingCreates(target: TestStack): OpenCreate[] {
  const pending = target.readState().pending_operations ?? [];
  return pending
    .filter(({ type, resource }) => type === "creating" && resource.custom)
    .map(({ resource: { urn, type, inputs = {}, provider, parent } }) => ({
      urn,
      type,
      inputs,
      provider: urnOf(provider),
      parent,
    }));
}

/**
 * Brings a stack to what its program says.
 * 1. Release the lock of the update that is no more.
 * 2. Look in the clouds for each open create.
 * 3. Forget the pending operations, and take over what has become of updates and deletes.
 * 4. Import what was found. (`refresh --import-pending-creates`, which is documented for that, forgets the
 *    resource: seen with 3.250.) What was to replace a resource that is still there is deleted instead.
 * 5. Run the update again.
 * @returns what was deleted by hand
 */
export async function recover(
  target: TestStack,
  failed: readonly OpenCreate[],
): Promise<readonly CloudResource[]> {
  await target.pulumi("cancel", "--yes");
  const open = [...pendingCreates(target), ...failed];
  const found = open.flatMap((create) => {
    const resource = lookUp(target, create);
    return resource ? [{ create, resource }] : [];
  });
  await target.pulumi("refresh", "--yes", "--skip-preview", "--clear-pending-creates");
  const known = new Set(target.readState().resources?.map((r) => r.urn));
  const isKnown = ({ create }: Found) => known.has(create.urn);
  const strays = found.filter(isKnown).map(({ resource }) => resource);
  for (const stray of strays) target.clouds.remove(stray);
  await importAll(
    target,
    found.filter((f) => !isKnown(f)),
  );
  await target.pulumi("up", "--yes", "--skip-preview");
  return strays;
}

interface Found {
  readonly create: OpenCreate;
  readonly resource: CloudResource;
}

async function importAll(target: TestStack, found: readonly Found[]): Promise<void> {
  if (found.length === 0) return;
  const urns = found.flatMap(({ create }) => [create.provider, create.parent ?? []].flat());
  const resources = found.map(({ create: { type, urn, provider, parent }, resource: { id } }) => ({
    type,
    name: urn.split("::").at(-1),
    id,
    provider,
    ...(parent && { parent }),
  }));
  const file = join(target.directory, "import.json");
  // The names by which the file refers to providers and parents are their URNs.
  writeFileSync(
    file,
    JSON.stringify({ nameTable: Object.fromEntries(urns.map((urn) => [urn, urn])), resources }),
  );
  await target.pulumi(
    "import",
    "--file",
    file,
    "--yes",
    "--skip-preview",
    "--protect=false",
    "--generate-code=false",
  );
}

/**
 * The one resource in the cloud that was made with these inputs and that the state does not know.
 * @throws where there are several: nobody could tell which it is
 */
function lookUp(target: TestStack, { type, inputs }: OpenCreate): CloudResource | undefined {
  // What `random` makes is nowhere but in the state: what did not get there never was.
  if (type.startsWith("random:")) return undefined;
  const known = new Set(target.readState().resources?.map((r) => r.id));
  const [found, ...more] = target.clouds
    .live()
    .filter((r) => r.type === type && !known.has(r.id) && isShownAs(r.inputs, inputs));
  if (more.length > 0)
    throw new Error(`several resources ${type} could be the one: ${JSON.stringify(inputs)}`);
  return found;
}

/** Whether a value may be the one that is shown, as far as that tells: a secret may be anything. */
function isShownAs(value: unknown, shown: unknown): boolean {
  if (shown === "[secret]" || (isMap(shown) && "ciphertext" in shown)) return true;
  if (Array.isArray(shown)) {
    return (
      Array.isArray(value) && value.length === shown.length && shown.every((s, i) => isShownAs(value[i], s))
    );
  }
  if (!isMap(shown) || !isMap(value)) return isDeepStrictEqual(value, shown);
  const keys = [...Object.keys(value), ...Object.keys(shown)].filter((key) => key !== "__defaults");
  return keys.every((key) => isShownAs(value[key], shown[key]));
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Of a reference to a provider, `urn::id`. */
function urnOf(reference = ""): string {
  return reference.slice(0, reference.lastIndexOf("::"));
}
