/** What Datadog says of a stack's monitors, for reading: what cannot fire first, then what nobody knows. */
import { hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";
import { type Outcome, ofSubject, type Subject, type VerifyReport } from "./finding.ts";

const marks = { fail: "✗", unknown: "?", pass: "✓" } as const satisfies Record<Outcome, string>;
const colours = { fail: "red", unknown: "yellow", pass: "green" } as const satisfies Record<Outcome, string>;

export function verifyText({ stack, subjects }: VerifyReport, page: Page): string {
  const told = (["fail", "unknown"] as const).flatMap((outcome) =>
    subjects.filter((subject) => ofSubject(subject) === outcome).flatMap((s) => linesOf(s, page)),
  );
  const monitors = subjects.filter(({ kind }) => kind === "monitor");
  const count = (outcome: Outcome) => monitors.filter((s) => ofSubject(s) === outcome).length;
  const summary =
    `${stack}: of ${monitors.length} monitors ${count("pass")} can fire, ${count("fail")} cannot, ` +
    `of ${count("unknown")} it is not known`;
  const lines = [
    ...told,
    ...(told.length > 0 ? [""] : []),
    ...hanging("", summary, page.width, (t) => page.paint("bold", t)),
  ];
  return `${lines.join("\n")}\n`;
}

function linesOf({ name, kind, findings }: Subject, page: Page): readonly string[] {
  const whose = kind === "monitor" ? name : `${kind} ${name}`;
  return findings
    .filter(({ outcome }) => outcome !== "pass")
    .flatMap(({ outcome, message }) =>
      hanging(
        `${marks[outcome]} `,
        `${whose}: ${message}`,
        page.width,
        (text) => text,
        (lead) => page.paint(colours[outcome], lead),
      ),
    );
}
