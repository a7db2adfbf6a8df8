/** The report as one HTML page that needs nothing else: for a browser, for paper, in light and in dark. */
import { sections } from "../../model/checklist/checklist.ts";
import type { Outcome } from "../../model/finding.ts";
import type { NotEvaluated, Report, ReportedItem, StackReport } from "../report.ts";
import type { Verdict } from "../verdict.ts";
import { counts, marks, type OpenItem, openGroups, provenBy, tally } from "./digest.ts";
import { Markup, markup } from "./markup.ts";
import { subject, summary } from "./summary.ts";

/** Every text has at least 7:1 of contrast (WCAG 2.1 AAA), and no meaning stands in a colour alone. */
const style = new Markup(`
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 2rem auto; padding: 0 1rem; }
body { color: light-dark(#1b1b1b, #ececec); background: light-dark(#fff, #161616); }
.pass { color: light-dark(#14532d, #86efac); }
.fail, .error { color: light-dark(#8a1010, #fca5a5); }
.unknown { color: light-dark(#6b3d00, #fcd34d); }
.not-applicable { color: light-dark(#4a4a4a, #bdbdbd); }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 1rem 0.2rem 0; overflow-wrap: anywhere; }
tr { border-bottom: 1px solid light-dark(#d0d0d0, #454545); }
td:first-child, tbody th { white-space: nowrap; }
li { margin: 0.3rem 0; overflow-wrap: anywhere; }
@media print { :root { color-scheme: light; } body { margin: 0; } tr, li { break-inside: avoid; } }
`);

const outcomeOf = {
  GO: "pass",
  CONDITIONAL: "unknown",
  "NO-GO": "fail",
  UNDETERMINED: "unknown",
} as const satisfies Record<Verdict, Outcome>;

export function renderHtml({ stacks, notEvaluated }: Report): string {
  const title = [...stacks.map(summary), ...notEvaluated.map(({ stack }) => `${stack}: not evaluated`)];
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${title.join("; ")}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Production readiness</h1>
${[...stacks.map(stackSection), ...notEvaluated.map(notEvaluatedSection)]}
</main>
</body>
</html>
`;
  return page.text;
}

function stackSection(report: StackReport): Markup {
  const { verdict, reasons, warnings } = report;
  return markup`<section>
<h2><span class="${outcomeOf[verdict]}">${verdict}</span> ${subject(report)}</h2>
${reasons.map((reason) => markup`<p>${reason}</p>`)}
${openGroups(report).map(({ title, items }) => list(title, items.map(openEntry)))}
${list(
  "Warnings",
  warnings.map((warning) => markup`<li>${warning}</li>`),
)}
<h3>Checklist</h3>
${sections.map((section) =>
  checklistTable(
    section,
    report.checklist.filter((item) => item.section === section),
    report,
  ),
)}
<p>${counts(report)}</p>
</section>`;
}

function list(title: string, entries: readonly Markup[]): Markup {
  return entries.length === 0 ? markup`` : markup`<h3>${title}</h3>\n<ul>\n${entries}\n</ul>`;
}

function openEntry({ item, observations, remedy }: OpenItem): Markup {
  const found = observations.map(
    ({ said, place, waiver }) =>
      markup`<li>${said}${place ? markup` <code>${place}</code>` : markup``}${waiver ? markup`\n<br/>${waiver}` : markup``}</li>`,
  );
  return markup`<li><strong><span class="${item.outcome}">${marks[item.outcome]} ${item.id}</span> ${item.statement}</strong>
<ul>
${found}
</ul>
${remedy ? markup`→ ${remedy}` : markup``}</li>`;
}

function checklistTable(section: string, items: readonly ReportedItem[], report: StackReport): Markup {
  if (items.length === 0) return markup``;
  return markup`<table>
<caption>${section}: ${tally(items, report)}</caption>
<thead><tr><th scope="col">Outcome</th><th scope="col">Item</th><th scope="col">Statement</th><th scope="col">Proven by</th></tr></thead>
<tbody>
${items.map(checklistRow)}
</tbody>
</table>`;
}

function checklistRow(item: ReportedItem): Markup {
  const { outcome, id, statement } = item;
  return markup`<tr><td class="${outcome}">${marks[outcome]} ${outcome}</td><th scope="row">${id}</th><td>${statement}</td><td>${provenBy(item)}</td></tr>`;
}

function notEvaluatedSection({ stack, reason, issues }: NotEvaluated): Markup {
  const entries = issues.map(({ place, path, message }) => {
    const where = [place, path].filter(Boolean).join(": ");
    return markup`<li><code>${where}</code> ${message}</li>`;
  });
  return markup`<section>
<h2><span class="error">Not evaluated</span> ${stack}</h2>
<p>${reason}</p>
${list("What is wrong", entries)}
</section>`;
}
