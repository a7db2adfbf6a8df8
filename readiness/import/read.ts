/** Reads what a vendor's account holds: lists to their end, politely, within bounds, and never anything but GET. */
import { setTimeout as wait } from "node:timers/promises";
import { boundedFetch, usualBounds } from "../bounded-fetch.ts";
import { UsageError } from "../errors.ts";
import { JsonError, parseJson } from "../foreign-json.ts";
import type { Access } from "../vendors/access.ts";

export type Entry = Readonly<Record<string, unknown>>;
type Query = Readonly<Record<string, string | number>>;

/** Ours: ten thousand of a kind are read; an account with more is told. */
const mostPages = 100;
/** PagerDuty's limit is lifted within a minute, and so are Datadog's. */
const longestPause = 90;
const tries = 5;

export class Reader {
  readonly #access: Access;
  readonly #pause: (seconds: number) => Promise<unknown>;

  constructor(access: Access, pause: (seconds: number) => Promise<unknown> = (s) => wait(s * 1000)) {
    this.#access = access;
    this.#pause = pause;
  }

  /** One answer. */
  async get(path: string, query: Query = {}): Promise<Entry> {
    const address = new URL(path, this.#access.url);
    for (const [key, value] of Object.entries(query)) address.searchParams.append(key, String(value));
    const place = `${address.origin}${address.pathname}`;
    for (let n = 1; ; n++) {
      const answer = await boundedFetch(address, { headers: this.#access.headers }, usualBounds).catch(
        (error: unknown) => {
          throw new UsageError(
            `${place} cannot be reached: ${error instanceof Error ? error.message : error}`,
          );
        },
      );
      const { status } = answer;
      if (status >= 200 && status < 300) return parsed(place, answer.text);
      const again = status === 429 || status >= 500;
      if (!again || n === tries) throw new UsageError(`${place} answered ${status}${meaning(status, n)}`);
      await this.#pause(status === 429 ? pauseOf(answer.headers) : n);
    }
  }

  /**
   * Every entry of a list.
   * @param page the query of the page of this number, counted from 0
   * @param isLast by what it answered
   */
  async list(
    path: string,
    place: string,
    page: (number: number) => Query,
    isLast: (answer: Entry, count: number) => boolean,
  ): Promise<readonly Entry[]> {
    const found: Entry[] = [];
    const seen = new Set<unknown>();
    for (let number = 0; number < mostPages; number++) {
      const answer = await this.get(path, page(number));
      const entries = (place === "" ? answer : answer[place]) as unknown;
      if (!Array.isArray(entries))
        throw new UsageError(`${path} answered something else than its vendor documents`);
      const fresh = entries.filter((entry) => !seen.has(idOf(entry)));
      for (const entry of fresh) seen.add(idOf(entry));
      found.push(...fresh);
      // A vendor that does not know of pages gives the same one again.
      if (isLast(answer, entries.length) || fresh.length === 0) return found;
    }
    throw new UsageError(`${path} has more than ${mostPages} pages: more than is read`);
  }
}

function idOf(entry: unknown): unknown {
  const { id, public_id: publicId } = Object(entry);
  return id ?? publicId;
}

function parsed(place: string, text: string): Entry {
  try {
    return Object(parseJson(text));
  } catch (error) {
    if (error instanceof JsonError) throw new UsageError(`${place} answered something else than JSON`);
    throw error;
  }
}

/** Seconds until the limit is lifted, by the vendor's word. */
function pauseOf(headers: Headers): number {
  const told = ["retry-after", "ratelimit-reset", "x-ratelimit-reset"].map((name) => headers.get(name));
  const seconds = told.map((text) => (text === null ? Number.NaN : Number(text))).find((s) => s >= 0) ?? 5;
  return Math.min(seconds, longestPause);
}

function meaning(status: number, n: number): string {
  if (status === 401 || status === 403) return ": the key is not accepted, or may not read this";
  return n > 1 ? `, ${n} times` : "";
}
