/** Who is at work on a stack, by the locks of a self-managed backend. */
import { z } from "zod";
import { parseJson } from "../foreign-json.ts";
import type { Lock } from "./row.ts";
import type { Store } from "./store.ts";

/** lockContent in pulumi/pulumi, pkg/backend/diy/lock.go. */
const content = z.object({
  username: z.string().max(200),
  hostname: z.string().max(300),
  timestamp: z.coerce.date(),
});

/** One that has gone meanwhile is none; one that does not say whose it is locks all the same. */
export async function locksOf(store: Store, keys: readonly string[]): Promise<readonly Lock[]> {
  const locks: Lock[] = [];
  for (const key of keys) {
    const bytes = await store.read(key);
    if (bytes !== undefined) locks.push(lockIn(bytes.toString()));
  }
  return locks;
}

/** What a lock makes of its state. */
export function lockText({ by, since }: Lock): string {
  const who = [by && `by ${by}`, since && `since ${since}`].filter(Boolean).join(" ");
  return `locked${who && ` ${who}`}: an update is going on, or was cut off (pulumi cancel)`;
}

function lockIn(text: string): Lock {
  const { data } = content.safeParse(jsonIn(text));
  if (data === undefined) return { by: null, since: null };
  return { by: `${data.username}@${data.hostname}`, since: data.timestamp.toISOString() };
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
