/** How to read the page. */
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, heading, type Shown } from "./context.ts";
import { mark, shownStandings, standings } from "./marks.ts";
import { table } from "./table.ts";

const meanings: Readonly<Record<Shown, string>> = {
  failing: "A rule, evidence or a probe says no. Blocks.",
  unproven: "Nothing shows it, or what showed it is too old or of another release. Blocks.",
  undecided: "It was looked at, and could not be told. Blocks.",
  waived: "It fails or lacks its proof, and named people took the risk until a day. GO becomes CONDITIONAL.",
  proven: "Something that can be looked up shows it.",
  "not-applicable": "Nobody asks it of this stack. Does not count.",
  later: "Can only be shown once the release runs. Does not count yet.",
};

const glossary = [
  ["Policy", "A rule over the declared resources. It runs while this report is made."],
  ["Evidence", "A tool's own output, bound to a commit and signed. Past its limit it proves nothing."],
  ["Probe", "A look at the running site."],
  ["Sign-off", "A person's signature over the release. Any change of the release voids it."],
  ["Waiver", "An exception with a reason, a control, an owner, an approver and an end."],
  ["Error budget", "What may fail before the promise is broken: 100 % less the target."],
  ["Burn rate", "How fast the budget goes; at 1 it lasts exactly its month."],
  ["p95", "95 of 100 requests are at least this fast."],
  ["Severity", "How bad it is; decides who is told and how soon somebody must answer."],
  ["At worst", "The fault begins right after the last look, and every step takes its longest."],
] as const;

export function howChapter(context: Context): Markup {
  const { stack } = context.report;
  const origins = [
    [
      "Verdict, standings",
      "rules, evidence, probes, signatures, waivers",
      `npm run check -- --stack ${stack}`,
    ],
    [
      "One item, rule or alert",
      "its row and what was found of it",
      `npm run explain -- DB-02 --stack ${stack}`,
    ],
    [
      "Times to a phone, budgets",
      "declared monitors, checks, escalation",
      `npm run drill -- --stack ${stack} --alert service-outage`,
    ],
    ["Who is on call", "declared schedules and their time zone", `npm run oncall -- --stack ${stack}`],
    ["Everything on this page", "the same as JSON", `npm run check -- --stack ${stack} --format json`],
  ] as const;
  return chapter(
    context,
    "how",
    "How to read this",
    "Shape and word tell the standing; colour only repeats it.",
    markup`<ul class="marks">${shownStandings.map((standing) => markup`<li>${mark(standing)}<span><b>${standings[standing]}</b> ${meanings[standing]}</span></li>`)}</ul>
${heading(context, 3, "Words")}<dl class="gloss">${glossary.map(([word, text]) => markup`<div><dt>${word}</dt><dd>${text}</dd></div>`)}</dl>
${heading(context, 3, "Where each number comes from")}${table(
  ["Number", "Computed from", "Ask again with"],
  origins.map(([what, from, command]) => [what, from, markup`<code>${command}</code>`]),
)}`,
  );
}
