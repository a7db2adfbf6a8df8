/** What stands first: the verdict, what it lacks, the counts, and what the report is about. */
import type { StackReport } from "../../report.ts";
import { plainVerdict } from "../../verdict.ts";
import { askedLines } from "../asked.ts";
import { counts } from "../digest.ts";
import { type Markup, markup } from "../markup.ts";
import { subject } from "../summary.ts";
import { type Context, heading, link, missing, nothing } from "./context.ts";
import { mark, shownStandings, standings, verdictMarks } from "./marks.ts";
import { table } from "./table.ts";
import { capital, count, figures, list, path } from "./words.ts";

export function verdictHead(context: Context): Markup {
  const { report, now, clock, timeZone, prefix } = context;
  const standing = verdictMarks[plainVerdict(report.verdict)];
  const title = markup`<span class="word ${standing}">${report.verdict}</span><span class="why">${figures(sentence(context))}</span>`;
  return markup`<header id="${prefix}verdict"><div class="stripe ${standing}"></div>
<p class="kicker"><span>Readiness of ${subject(report)}</span><span>${clock.moment(now)} ${timeZone}</span></p>
${heading(context, 1, title)}
<ul class="counts" aria-label="Items by standing">${tallies(context)}</ul>
${warnings(context)}
<div class="facts"><div>${heading(context, 2, "The release")}${release(context)}</div>
<div>${heading(context, 2, "Who has decided")}${signatures(context)}</div>
<div class="whole">${heading(context, 2, "This report")}${facts([
    ["Judged", counts(report)],
    ["Generated", `${clock.moment(now)} ${timeZone}`],
    ["Decides", report.reasons.join(" ")],
    ...(report.selection ? [["Asked", askedLines(report).join(" ")] as const] : []),
  ])}</div></div>
</header>`;
}

/** `29 items have no valid proof. 207 of the 236 that count are proven.` */
export function sentence(context: Context): string {
  const { items, report } = context;
  const required = items.filter((item) => item.required);
  const of = (shown: string) => required.filter((item) => item.shown === shown).length;
  const waived = of("waived");
  const open = (
    [
      [of("failing"), "fails", "fail"],
      [of("unproven"), "has no valid proof", "have no valid proof"],
      [of("undecided"), "is undecided", "are undecided"],
      [waived, "is waived", "are waived"],
    ] as const
  ).filter(([amount]) => amount > 0);
  if (open.length === 0) {
    return required.length === 0
      ? `Nothing on the checklist could be applied to ${report.stack}.`
      : `All ${required.length} items that ${report.stack} needs are proven.`;
  }
  const parts = open.map(([amount, one, many], i) =>
    i === 0
      ? `${count(amount, "item")} ${amount === 1 ? one : many}`
      : `${amount} ${amount === 1 ? one : many}`,
  );
  return `${list(parts)}. ${of("proven")} of the ${required.length} that count are proven.`;
}

function tallies(context: Context): readonly Markup[] {
  return shownStandings.map((standing) => {
    const those = context.items.filter((item) => item.shown === standing);
    const first = standing === "proven" ? undefined : those[0];
    const shown = markup`<b>${mark(standing)}${those.length}</b><span>${standings[standing]}</span>`;
    return markup`<li${those.length === 0 ? markup` class="zero"` : nothing}>${link(context, first?.id ?? "checklist", shown)}</li>`;
  });
}

function warnings({ report }: Context): Markup {
  if (report.warnings.length === 0) return nothing;
  return markup`<ul class="warnings" aria-label="Warnings">${report.warnings.map((text) => markup`<li>${text}</li>`)}</ul>`;
}

function release({ report, clock, timeZone }: Context): Markup {
  const infrastructure = ["Infrastructure", commitOf(report)] as const;
  if (report.release === null)
    return markup`${facts([infrastructure])}${missing("a release, to which evidence and sign-offs are bound")}`;
  const { services, window } = report.release;
  return facts([
    ...services.map(
      ({ service, commit, deployment }) =>
        [service, markup`<code>${commit.slice(0, 12)}</code> ${deployment ?? "not deployed yet"}`] as const,
    ),
    ["Window", `${clock.moment(window.opens)} to ${clock.moment(window.closes)} ${timeZone}`],
    ["Present", list(window.present)],
    infrastructure,
  ]);
}

function commitOf({ commit, source }: StackReport): Markup {
  if (source.kind === "state") return markup`state file ${path(source.file ?? "")}`;
  if (commit.id === null) return markup`${commit.reason}`;
  return markup`<code>${commit.id.slice(0, 12)}</code> ${commit.subject ?? ""}`;
}

/** The decisions of people, as far as the checklist asks for them. */
function signatures(context: Context): Markup {
  const asked = context.items.filter(
    ({ section, shown }) => section === "Go/no-go" && shown !== "not-applicable",
  );
  if (asked.length === 0) return markup`<p class="src">No sign-off is asked of ${context.report.stack}.</p>`;
  const rows = asked.map((item) => {
    const signed = item.proofs.find(({ by }) => by !== null);
    const when = signed?.at ? context.clock.moment(signed.at) : "";
    const counts = signed === undefined || signed.outcome === "pass" ? "" : "counts no more";
    return [
      link(context, item.id, item.statement),
      markup`<span class="nw">${mark(item.shown)} ${standings[item.shown]}</span>`,
      [signed?.by ?? "nobody yet", when, counts].filter(Boolean).join(", "),
    ];
  });
  return table(["Decision", "Stands", "Signed by"], rows);
}

function facts(rows: readonly (readonly [string, Markup | string])[]): Markup {
  return markup`<dl class="kv">${rows.map(([name, value]) => markup`<dt>${capital(name)}</dt><dd>${value}</dd>`)}</dl>`;
}
