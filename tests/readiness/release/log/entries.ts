/** Entries made up for tests. */
import { type Entry, entryAfter, type Fact, lineOf } from "../../../../readiness/release/log/entry.ts";

export const release = "2026-03-02-0123456789ab";

/** Entries that follow each other, a minute apart. */
export function entriesOf(facts: readonly Fact[], stack = "prod"): readonly Entry[] {
  const entries: Entry[] = [];
  for (const [i, fact] of facts.entries()) {
    const at = new Date(Date.UTC(2026, 2, 2, 9, i)).toISOString();
    entries.push(entryAfter(entries.at(-1), { stack, release, at, by: "priya@example.com", fact }));
  }
  return entries;
}

export function textOf(entries: readonly Entry[]): string {
  return entries.map(lineOf).join("");
}

export const subject = {
  commit: "0123456789abcdef0123456789abcdef01234567",
  committedAt: "2026-03-01T09:00:00Z",
  services: {
    portal: { commit: "89abcdef0123456789abcdef0123456789abcdef", committedAt: null },
  },
};

export const opened: Fact = { event: "opened", staging: "staging", subject };
export const begun = (step: string, again: string | null = null): Fact => ({
  event: "begun",
  step,
  command: [step],
  again,
});
export const ended = (step: string, status = 0): Fact => ({ event: "ended", step, status, files: [] });
export const judged = (step: string, outcome: "pass" | "fail" | "unknown" = "pass"): Fact => ({
  event: "judged",
  step,
  outcome,
  proof: "prod: GO",
  why: outcome === "pass" ? [] : ["it is open"],
  report: null,
  files: [],
});
