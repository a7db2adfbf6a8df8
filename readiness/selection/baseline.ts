/**
 * A baseline: today's findings, accepted for a time, so that what is new stands out. It is no waiver: nobody has signed
 * it, and no gate takes a verdict that it has a part in.
 */
import { z } from "zod";
import { filled } from "../../model/config/forms.ts";
import { type Finding, messageOf } from "../../model/finding.ts";

const day = z.iso.date().describe("a date such as 2026-03-31");
const entry = z.strictObject({
  stack: filled,
  rule: filled,
  /** URN; left out where the finding is about the stack. */
  resource: filled.optional(),
  /** What was found, without the dates in it: another value is another finding. */
  found: z.string().min(1),
  accepted: day,
  /** The last day. */
  expires: day,
  reason: filled.optional(),
});

export const baselineSchema = z.strictObject({ accepted: z.array(entry) });
export type BaselineEntry = Readonly<z.output<typeof entry>>;

export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

export interface BaselineMatch {
  readonly file: string;
  readonly accepted: readonly { readonly finding: Finding; readonly entry: BaselineEntry }[];
  /** Found still, and accepted no more. */
  readonly expired: readonly BaselineEntry[];
  /** Nothing of the kind is found any more. */
  readonly gone: readonly BaselineEntry[];
}

/** An accepted finding that is still there after a year is looked at again. */
export const longestDays = 366;

/** What fails or cannot be decided can be accepted; that a rule broke cannot. */
export function isAcceptable({ outcome }: Pick<Finding, "outcome">): boolean {
  return outcome === "fail" || outcome === "unknown";
}

/** @param findings those that were asked for, so that what nobody asked about is not taken for gone */
export function matchBaseline(
  { file, entries }: Baseline,
  findings: readonly Finding[],
  stack: string,
  now: Date,
): BaselineMatch {
  const today = now.toISOString().slice(0, 10);
  const own = entries.filter((e) => e.stack === stack);
  const waiting = new Map<string, BaselineEntry[]>();
  for (const one of own) {
    const key = keyOf(one.rule, one.resource, one.found);
    waiting.set(key, [...(waiting.get(key) ?? []), one]);
  }
  const accepted: { finding: Finding; entry: BaselineEntry }[] = [];
  const expired: BaselineEntry[] = [];
  for (const finding of findings.filter(isAcceptable)) {
    // Each entry accepts one finding.
    const found = waiting.get(keyOf(finding.by, finding.urn, foundOf(finding)))?.shift();
    if (found && found.accepted <= today && today <= found.expires) accepted.push({ finding, entry: found });
    else if (found) expired.push(found);
  }
  const asked = new Set(findings.map(({ by }) => by));
  const gone = [...waiting.values()].flat().filter(({ rule }) => asked.has(rule));
  return { file, accepted, expired, gone };
}

/** A finding as a report tells it. */
interface Told {
  readonly by: string;
  readonly item: string;
  readonly outcome: Finding["outcome"];
  readonly urn: string | null;
  readonly message: string;
}

/** Entries for what is open now; what was accepted before, and still is, keeps its dates and its reason. */
export function accepting(
  findings: readonly Told[],
  stack: string,
  before: readonly BaselineEntry[],
  { today, expires, reason }: Terms,
): readonly BaselineEntry[] {
  const held = new Map(
    before
      .filter((e) => e.stack === stack && e.expires >= today)
      .map((e) => [keyOf(e.rule, e.resource, e.found), e]),
  );
  return findings.filter(isAcceptable).map(({ by, urn, message, item }) => {
    const found = steady(message, item);
    const fresh: BaselineEntry = {
      stack,
      rule: by,
      ...(urn !== null && { resource: urn }),
      found,
      accepted: today,
      expires,
      ...(reason !== undefined && { reason }),
    };
    return held.get(keyOf(by, urn ?? undefined, found)) ?? fresh;
  });
}

export interface Terms {
  readonly today: string;
  readonly expires: string;
  readonly reason: string | undefined;
}

function keyOf(rule: string, resource: string | undefined, found: string): string {
  return JSON.stringify([rule, resource ?? "", found]);
}

const dates = [
  // As the calendar of on-call writes them.
  /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} [A-Z][a-z]{2} \d{4}(?:, \d\d:\d\d)?/g,
  /\b\d{4}-\d\d-\d\d(?:T[\d:.]+Z?)?/g,
  /, and \d+ times more: [\w ]+ in 12 months/g,
];

/** What a finding says, without its item and what to change, and without what the next day says otherwise. */
function foundOf(finding: Finding): string {
  return steady(messageOf(finding, ""), finding.item);
}

function steady(message: string, item: string): string {
  const [said = ""] = message.split(` (${item}).`);
  return dates.reduce((text, form) => text.replaceAll(form, "…"), said);
}
