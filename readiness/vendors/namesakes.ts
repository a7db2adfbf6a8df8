/** Finds at the vendors what has the name of a stack's resource and is another, or is not in its state. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { UsageError } from "../errors.ts";
import { type Access, accessTo, consoleOf, type Vendor } from "./access.ts";
import { type Kind, kinds } from "./kinds.ts";
import { type Listed, list } from "./list.ts";

/** A resource whose name is looked for. */
export interface Wanted {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of what it is a part of, as the vendor calls it. */
  readonly parent: string | undefined;
  /** As the vendor calls it; absent where it is not in the state. */
  readonly id: string | undefined;
}

/** Something at a vendor that has a resource's name. */
export interface Namesake<W extends Wanted = Wanted> {
  readonly of: W;
  readonly id: string;
  /** What `pulumi import` takes; absent where its provider imports none. */
  readonly importId: string | undefined;
  /** Where a person sees it. */
  readonly place: string;
}

export interface Found<W extends Wanted> {
  readonly namesakes: readonly Namesake<W>[];
  /** What could not be looked for, and why. */
  readonly unseen: readonly string[];
}

/** What the lookups need to know. */
export interface Whereabouts {
  readonly spec: StackSpec;
  readonly config: Readonly<Record<string, string>>;
  readonly env: NodeJS.ProcessEnv;
}

/** How Pulumi's protocol writes a value that is not known yet. */
const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Asks the vendors; nothing is changed there.
 * @param known `<type> <id>` of what the state has: that is nobody's double
 */
export async function namesakes<W extends Wanted>(
  wanted: readonly W[],
  known: ReadonlySet<string>,
  where: Whereabouts,
): Promise<Found<W>> {
  const listed = Map.groupBy(wanted, ({ type }) => kinds[type]?.vendor);
  const found = await Promise.all(
    [...listed].map(([vendor, those]) =>
      vendor ? atVendor(vendor, those, known, where) : { namesakes: [], unseen: [notListed(those)] },
    ),
  );
  return {
    namesakes: found.flatMap((f) => f.namesakes),
    unseen: found.flatMap((f) => f.unseen),
  };
}

function notListed(those: readonly Wanted[]): string {
  const types = [...new Set(those.map(({ type }) => type))].sort();
  return `what has no list by name here: ${types.join(", ")}`;
}

async function atVendor<W extends Wanted>(
  vendor: Vendor,
  wanted: readonly W[],
  known: ReadonlySet<string>,
  where: Whereabouts,
): Promise<Found<W>> {
  const result: { namesakes: Namesake<W>[]; unseen: string[] } = { namesakes: [], unseen: [] };
  const access = accessOf(vendor, where);
  if (typeof access === "string") return { namesakes: [], unseen: [`${titles[vendor]}: ${access}`] };
  // One after the other: vendors count requests.
  for (const [key, those] of Map.groupBy(wanted, ({ type, parent = "" }) => `${type}\n${parent}`)) {
    const [type = "", parent = ""] = key.split("\n");
    const kind = kinds[type];
    if (!kind) continue;
    const entries = await list(kind, access, parent).catch(reasonOf);
    if (typeof entries === "string") {
      result.unseen.push(`${type}: ${entries}`);
      continue;
    }
    const named = Map.groupBy(entries, (entry) => JSON.stringify(entry.marks.map(comparable)));
    // Some providers keep what they import as the id.
    const idsOf = ({ id }: Listed) => [id, kind.importId?.(id, parent, where.spec.vercel.teamId) ?? id];
    const listed = new Set(entries.flatMap(idsOf));
    const lost = those.find(({ id }) => id !== undefined && !listed.has(id));
    if (lost) result.unseen.push(`${type}: its vendor's list lacks ${lost.name}, which the state has`);
    for (const one of those) {
      const marks = marksOf(kind, one);
      if (marks === undefined) result.unseen.push(`${type}: the name of ${one.name} is not known`);
      const others = (named.get(marks ?? "") ?? []).filter((entry) => {
        return !idsOf(entry).some((id) => known.has(`${type} ${id}`));
      });
      result.namesakes.push(...others.map((entry) => namesake(kind, one, entry, where.spec)));
    }
  }
  return result;
}

const titles: Readonly<Record<Vendor, string>> = {
  datadog: "Datadog",
  pagerduty: "PagerDuty",
  vercel: "Vercel",
};

function accessOf(vendor: Vendor, { spec, config, env }: Whereabouts): Access | string {
  try {
    return accessTo(vendor, spec, config, env);
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UsageError) return error.message;
  throw error;
}

/** What tells a resource from others of its kind; nothing where a part of that is not known, or secret. */
function marksOf({ marks }: Kind, { inputs }: Wanted): string | undefined {
  const values = Object.keys(marks).map((mark) => inputs[mark]);
  const told = values.every(
    (value) => value !== unknown && (typeof value === "string" || Array.isArray(value)),
  );
  return told ? JSON.stringify(values.map(comparable)) : undefined;
}

/** Vendors write addresses in small letters, sets in an order of their own, and some a set of one as its only part. */
function comparable(value: unknown): readonly string[] {
  return [value]
    .flat()
    .map((part) => (/@/.test(String(part)) ? String(part).toLowerCase() : String(part)))
    .sort();
}

function namesake<W extends Wanted>(kind: Kind, of: W, { id, page }: Listed, spec: StackSpec): Namesake<W> {
  const path = kind.page?.includes("{id}") ? kind.page.replace("{id}", encodeURIComponent(id)) : "";
  return {
    of,
    id,
    importId: kind.importId?.(id, of.parent ?? "", spec.vercel.teamId),
    place: page ?? `${consoleOf(kind.vendor, spec)}${path}`,
  };
}

/**
 * Id of what a resource is a part of, as the vendor calls it.
 * @param idOf ids of the resources in the state, by their URNs
 * @returns nothing where it is a part of nothing; false where that is not there yet
 */
export function parentOf(
  type: string,
  inputs: Readonly<Record<string, unknown>>,
  links: Readonly<Record<string, readonly string[]>>,
  idOf: ReadonlyMap<string, string>,
): string | undefined | false {
  const under = kinds[type]?.under;
  if (under === undefined) return undefined;
  const given = inputs[under];
  if (typeof given === "string" && given !== unknown) return given;
  return idOf.get(links[under]?.[0] ?? "") ?? false;
}
