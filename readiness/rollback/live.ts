/** Whether the site itself runs a commit: so many answers in a row, each of them fresh and healthy. */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Answer, boundedFetch } from "../bounded-fetch.ts";
import { parseJson } from "../foreign-json.ts";
import type { LiveAnswer } from "./journal.ts";
import { type Pace, until } from "./pace.ts";

export interface Live {
  /** The site's health endpoint. */
  readonly url: URL;
  readonly commit: string;
  readonly pace: Pace;
}

/** How far the site's clock may be off. */
const clockMinutes = 5;
/** What is kept of all that was answered. */
const kept = 20;

/** @returns what was answered last, and whether it is enough */
export async function seenLive(
  live: Live,
): Promise<{ readonly live: boolean; readonly answers: readonly LiveAnswer[] }> {
  const answers: LiveAnswer[] = [];
  let row = 0;
  let before: string | undefined;
  const found = await until(live.pace, async () => {
    const { answer, timestamp } = await askOnce(live, before);
    before = timestamp ?? before;
    answers.push(answer);
    row = answer.wrong === null ? row + 1 : 0;
    return row >= live.pace.answers || undefined;
  });
  return { live: found === true, answers: answers.slice(-Math.max(kept, live.pace.answers)) };
}

async function askOnce(
  { url, commit }: Live,
  before: string | undefined,
): Promise<{ answer: LiveAnswer; timestamp?: string }> {
  const at = new Date().toISOString();
  const address = new URL(url);
  // No cache between here and there has seen this one.
  address.searchParams.set("rollback", randomUUID());
  const answer = await boundedFetch(address, { headers: { "cache-control": "no-cache" } }).catch(
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  if (typeof answer === "string") return { answer: { at, status: 0, commit: null, wrong: answer } };
  const { data } = health.safeParse(jsonIn(answer.text));
  const wrong = faultIn(answer, data, commit, before) ?? null;
  const told = data?.commit !== undefined && /^[0-9a-f]{7,64}$/.test(data.commit) ? data.commit : null;
  return {
    answer: { at, status: answer.status, commit: told, wrong },
    ...(data && { timestamp: data.timestamp }),
  };
}

/** The contract in docs/requirements.md, and the commit that answers. */
const health = z.looseObject({ status: z.string(), timestamp: z.string(), commit: z.string().optional() });

function faultIn(
  { status, headers }: Answer,
  data: z.output<typeof health> | undefined,
  commit: string,
  before: string | undefined,
): string | undefined {
  if (status >= 300 && status < 400) return `answers ${status}, which leads elsewhere`;
  if (data === undefined) return `answers ${status}, and nothing of its health`;
  const age = headers.get("age");
  if (age !== null && age.trim() !== "0") return "answers from a cache";
  const written = Date.parse(data.timestamp);
  if (Number.isNaN(written)) return "does not say of when its answer is";
  if (Math.abs(Date.now() - written) > clockMinutes * 60_000) return "answers with a time that is not now";
  if (before !== undefined && written <= Date.parse(before)) return "answers with what it said before";
  if (data.commit === undefined) return "does not say which commit it runs";
  if (data.commit !== commit) return "runs another commit";
  return status === 200 && data.status === "healthy" ? undefined : `answers ${status}, and is not healthy`;
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
