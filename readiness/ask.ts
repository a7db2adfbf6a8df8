/** A request to a vendor's interface. */
import type { z } from "zod";
import { boundedFetch } from "./bounded-fetch.ts";
import { UsageError } from "./errors.ts";
import { parseJson } from "./foreign-json.ts";

/**
 * The answer's body, which is JSON. No redirect is followed: what is sent opens doors.
 * @param schema what is read of it
 * @param hint what a status of the answer says about what was given, such as `: the key is not accepted`
 * @throws UsageError with the address and the status, never what was sent or answered
 */
export async function ask<S extends z.ZodType>(
  url: URL,
  request: RequestInit,
  schema: S,
  hint: (status: number) => string,
): Promise<z.output<S>> {
  const place = `${url.origin}${url.pathname}`;
  const { status, text } = await boundedFetch(url, request).catch((error: unknown) => {
    if (request.signal?.aborted) throw error;
    throw new UsageError(`${place} cannot be reached: ${error instanceof Error ? error.message : error}`);
  });
  if (status < 200 || status > 299) throw new UsageError(`${place} answered ${status}${hint(status)}`);
  const answer = schema.safeParse(jsonIn(text));
  if (!answer.success) throw new UsageError(`${place} answered something else than its vendor documents`);
  return answer.data;
}

/**
 * The address of an interface, which an environment variable may move.
 * @throws UsageError where a key would be sent there in the open, or nowhere
 */
export function addressIn(environment: NodeJS.ProcessEnv, name: string, standard: string): string {
  const url = URL.parse(environment[name] ?? standard);
  const own = url?.protocol === "http:" && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url && (url.protocol === "https:" || own) && url.username + url.password === "") return url.href;
  throw new UsageError(`${name} must be an address such as ${standard}, without a login`);
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
