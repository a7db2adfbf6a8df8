/** What a person sees before they sign. */
import { checklist } from "../../model/checklist/checklist.ts";
import type { Person } from "../../model/config/stack-spec.ts";
import type { Release } from "../proofs/release.ts";
import { type SignOff, signedBytes } from "../proofs/sign-offs/payload.ts";
import type { StackReport } from "../report.ts";
import { clean, hanging } from "../terminal/layout.ts";
import { pageOf } from "../terminal/page.ts";

const nameWidth = 16;

/** The facts, then the very text that is signed. */
export function shownText(
  payload: SignOff,
  person: Person,
  report: StackReport,
  release: Release | undefined,
): string {
  const statement = checklist.find((i) => i.id === payload.item)?.statement;
  const facts: readonly (readonly [string, string])[] = [
    ["decision", `${payload.decision}, by ${person.name}, ${payload.role}`],
    ["stack", `${payload.stack}, ${report.verdict} now: ${report.reasons.join(" ")}`],
    ["report", payload.report ?? ""],
    ...(release ? releaseFacts(payload, release) : []),
    ["signed is", Buffer.from(signedBytes(payload)).toString()],
  ];
  const { width } = pageOf(process.stdout);
  const lines = facts
    .filter(([, text]) => text !== "")
    .flatMap(([name, text]) => hanging(`  ${clean(name).padEnd(nameWidth)}`, text, width));
  return `${payload.item}  ${statement}\n${lines.join("\n")}\n`;
}

function releaseFacts(
  { release: digest }: SignOff,
  release: Release,
): readonly (readonly [string, string])[] {
  const { window, rollback, communication, services, commit } = release;
  return [
    ["release", digest ?? ""],
    ["infrastructure", commit],
    ...Object.entries(services).map(
      ([name, s]) => [name, `${s.commit}, ${s.deployment ?? "not deployed yet"}`] as const,
    ),
    ["window", `${window.opens} to ${window.closes}, with ${window.present.join(", ")}`],
    ["rollback", `${rollback.trigger}; ${rollback.decides} decides, ${rollback.does} does it`],
    ...Object.entries(communication).map(
      ([when, { by, to, says }]) => [when, `${by} tells ${to}: ${says}`] as const,
    ),
  ];
}
