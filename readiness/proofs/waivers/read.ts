/** From `waivers.yaml` to what is waived, and to what is wrong with the waivers themselves. Pure. */
import { checklist, type ItemId } from "../../../model/checklist/checklist.ts";
import type { Finding, SourcePosition } from "../../../model/finding.ts";
import { checkFile, type FileIssue } from "../../inputs/project-file.ts";
import type { ReportedWaiver } from "../../report.ts";
import type { OpenProof } from "../../verdict.ts";
import { itemOf, type WaiverFault, waiverFault } from "./faults.ts";
import type { WaiverInput } from "./input.ts";
import { covers, type Waiver, waiverSchema, waiversFile, waiversSchema } from "./waiver.ts";

export interface Waivers {
  readonly live: readonly ReportedWaiver[];
  /** On the waivers themselves: one pass, or a failure for each that is wrong. */
  readonly findings: readonly Finding[];
  /** What ends soon. */
  readonly warnings: readonly string[];
  /** The place in `live` of the waiver that covers what is open. */
  readonly waiverOf: (open: OpenProof) => number | null;
}

interface Entry {
  readonly waiver: Waiver;
  readonly index: number;
}

/** The item that waivers prove, and the name under which they do. */
const about = { item: "GOV-08", kind: "sign-off", by: "waivers", urn: undefined } as const;
const warnedDays = 14;
const dayMs = 86_400_000;

/** A waiver with any fault waives nothing: a misspelled end would make it last for ever. */
export function readWaivers(input: WaiverInput): Waivers {
  const { file, entries, issues, sourceOf } = readFile(input.text);
  const opens = openProofs(input.findings);
  const live: Entry[] = [];
  const failures = issues.map((issue) => failure(issue.source, describeIssue(issue)));
  for (const entry of entries.filter(({ waiver }) => isAbout(waiver, input))) {
    const fault = waiverFault(entry.waiver, opens, input);
    if (fault) failures.push(failure(sourceOf(entry.index, fault), fault));
    else live.push(entry);
  }
  const covering = live.flatMap(({ waiver }) => {
    const item = itemOf(waiver, input.rules);
    return item === undefined ? [] : [{ waiver, item }];
  });
  const pass: Finding = {
    ...about,
    outcome: "pass",
    subject: file,
    observed: "",
    wanted: undefined,
    source: undefined,
  };
  return {
    live: covering.map(({ waiver, item }) => reported(waiver, item)),
    findings: failures.length > 0 ? failures : [pass],
    warnings: covering.flatMap(({ waiver, item }) => ending(waiver, item, input.now)),
    waiverOf: (open) => {
      const place = covering.findIndex(({ waiver, item }) => covers(waiver, item, open));
      return place < 0 ? null : place;
    },
  };
}

/** The entries that are well-formed, each with its place in the list. */
function readFile(text: string | undefined) {
  if (text === undefined || text.trim() === "") {
    return { file: waiversFile, entries: [], issues: [], sourceOf: () => ({ file: waiversFile, line: 1 }) };
  }
  const checked = checkFile(waiversFile, text, waiversSchema);
  const wrong = new Set(checked.issues.map((i) => (i.keys[0] === "waivers" ? i.keys[1] : undefined)));
  const list: unknown = checked.content?.["waivers"];
  const whole = Array.isArray(list) && !wrong.has(undefined) ? list : [];
  const entries = whole.flatMap((content: unknown, index): Entry[] => {
    const parsed = waiverSchema.safeParse(content);
    return parsed.success && !wrong.has(index) ? [{ waiver: parsed.data, index }] : [];
  });
  const sourceOf = (index: number, { key }: WaiverFault) =>
    checked.sourceOf(["waivers", index, ...(key === undefined ? [] : [key])]);
  return { file: waiversFile, entries, issues: checked.issues, sourceOf };
}

/** Those of other stacks are judged with these; those of no stack with any. */
function isAbout({ stack }: Waiver, input: WaiverInput): boolean {
  return stack === input.stack || !input.stacks.includes(stack);
}

/** Whatever a waiver can cover: failures, and items without a finding of the kind that proves them. */
function openProofs(findings: readonly Finding[]): readonly OpenProof[] {
  const failures = findings.filter((f) => f.outcome === "fail");
  const proven = new Set(findings.map((f) => `${f.item} ${f.kind}`));
  const missing = checklist
    .filter(({ id, proof }) => !proven.has(`${id} ${proof}`))
    .map(({ id }) => ({ item: id, urn: undefined, by: null }));
  return [...failures, ...missing];
}

function describeIssue({ path, message }: FileIssue): WaiverFault {
  const [found = message, wanted] = message.split(/, must be (.*)/s);
  return { observed: [path, found].filter(Boolean).join(" "), wanted: wanted ?? "mended" };
}

function failure(source: SourcePosition, { observed, wanted }: WaiverFault): Finding {
  const subject = `${source.file}:${source.line}`;
  return { ...about, outcome: "fail", subject, observed, wanted, source };
}

function reported(waiver: Waiver, item: ItemId): ReportedWaiver {
  const { rule, resource, reason, owner, approver, compensating, expires } = waiver;
  return { item, rule: rule ?? null, resource, reason, owner, approver, compensating, expires };
}

function ending({ resource, expires }: Waiver, item: ItemId, now: Date): readonly string[] {
  const days = Math.round((Date.parse(expires) - Date.parse(now.toISOString().slice(0, 10))) / dayMs);
  const left = days === 0 ? "today" : `in ${days} days`;
  return days > warnedDays ? [] : [`The waiver of ${item} for ${resource} ends ${left}, with ${expires}.`];
}
