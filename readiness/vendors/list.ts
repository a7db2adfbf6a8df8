/** Reads a vendor's list to its end. */
import { z } from "zod";
import { ask } from "../ask.ts";
import { UsageError } from "../errors.ts";
import type { Access } from "./access.ts";
import type { Kind } from "./kinds.ts";

/** An entry, reduced to what tells it from others. */
export interface Listed {
  readonly id: string;
  readonly marks: readonly unknown[];
  /** Where a person sees it. */
  readonly page: string | undefined;
}

/** Ours: an account of ten thousand of a kind is read whole. */
const mostPages = 100;

/**
 * Everything of a kind that a vendor has.
 * @param parent id of what it is a part of; empty where it is none
 * @throws UsageError where the list cannot be read whole
 */
export async function list(kind: Kind, access: Access, parent: string): Promise<readonly Listed[]> {
  const found = new Map<string, Listed>();
  let query = kind.pages?.first;
  for (let number = 0; number < mostPages; number++) {
    const answer = await ask(
      addressOf(kind, access, parent, query),
      { headers: access.headers },
      z.unknown(),
      hint,
    );
    const entries = entriesOf(kind, answer);
    const before = found.size;
    for (const entry of entries) add(found, kind, entry);
    query = kind.pages?.next({ answer, number, count: entries.length });
    // A vendor that does not know of pages gives the same one again.
    if (query === undefined || found.size === before) return [...found.values()];
  }
  throw new UsageError(`${kind.path} has more than ${mostPages} pages`);
}

function addressOf({ path }: Kind, { url, query }: Access, parent: string, page: object = {}): URL {
  const address = new URL(path.replace("{parent}", encodeURIComponent(parent)), url);
  for (const [key, value] of Object.entries({ ...query, ...page }))
    address.searchParams.set(key, String(value));
  return address;
}

function entriesOf({ entries, path }: Kind, answer: unknown): readonly unknown[] {
  const found = entries === "" ? answer : at(answer, entries);
  if (!Array.isArray(found))
    throw new UsageError(`${path} answered something else than its vendor documents`);
  return found;
}

function add(found: Map<string, Listed>, { id: place, marks, page, not = {} }: Kind, entry: unknown): void {
  const id = String(at(entry, place) ?? "");
  if (id === "" || Object.entries(not).some(([key, value]) => at(entry, key) === value)) return;
  const told = page && !page.includes("{id}") ? at(entry, page) : undefined;
  found.set(id, {
    id,
    marks: Object.values(marks).map((mark) => at(entry, mark)),
    page: typeof told === "string" && /^https:\/\/\S+$/.test(told) ? told : undefined,
  });
}

/** The value at a path such as `attributes.name`. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce((inner: unknown, key) => Object(inner)[key], value);
}

function hint(status: number): string {
  if (status === 401 || status === 403) return ": the credentials are not accepted, or may not read this";
  return status === 429 ? ": too many requests, try again in a minute" : "";
}
