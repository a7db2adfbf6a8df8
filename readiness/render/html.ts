/** The report as one HTML page that needs nothing else, no script either: for a browser, for paper, in light and in dark. */
import type { NotEvaluated, Report, StackReport } from "../report.ts";
import { plainVerdict } from "../verdict.ts";
import { architectureChapter } from "./html/architecture.ts";
import { blocks } from "./html/blocks.ts";
import { changesChapter } from "./html/changes.ts";
import { checklistChapter } from "./html/checklist.ts";
import { type Context, contextOf, nothing } from "./html/context.ts";
import { costChapter } from "./html/cost.ts";
import { detectionChapter } from "./html/detection.ts";
import { howChapter } from "./html/how.ts";
import { humansChapter } from "./html/humans.ts";
import { levelsChapter } from "./html/levels.ts";
import { mark, symbols, verdictMarks } from "./html/marks.ts";
import { styleOf } from "./html/style.ts";
import { sentence, verdictHead } from "./html/verdict.ts";
import { waiversChapter } from "./html/waivers.ts";
import { figures, path } from "./html/words.ts";
import { yearChapter } from "./html/year.ts";
import { type Markup, markup } from "./markup.ts";
import { summary } from "./summary.ts";

const chapters = [
  blocks,
  checklistChapter,
  levelsChapter,
  humansChapter,
  yearChapter,
  detectionChapter,
  architectureChapter,
  costChapter,
  waiversChapter,
  changesChapter,
  howChapter,
] as const;

export function renderHtml(report: Report): string {
  const { stacks, notEvaluated, tool, schemaVersion, generated } = report;
  const title = [...stacks.map(summary), ...notEvaluated.map(({ stack }) => `${stack}: not evaluated`)].join(
    "; ",
  );
  const parts = stacks.map((stack, i) => ({ stack, context: contextOf(report, stack, i) }));
  const several = parts.length + notEvaluated.length > 1;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
<title>${title || "Readiness"}</title>
<style>${styleOf(footOf(report))}</style>
</head>
<body>${symbols}
<main>${several ? overview(parts) : nothing}
${parts.map(({ context }) => stackPart(context, several))}
${notEvaluated.map((failure) => notEvaluatedPart(failure, several))}
</main>
<footer>${tool.name} ${tool.version}, report schema ${schemaVersion}, ${generated}</footer>
</body>
</html>
`;
  return page.text;
}

interface PartOfPage {
  readonly stack: StackReport;
  readonly context: Context;
}

/** What stands before several stacks: each with its verdict in a line. */
function overview(parts: readonly PartOfPage[]): Markup {
  const rows = parts.map(
    ({ stack, context }) =>
      markup`<li><a href="#${context.prefix}verdict">${mark(verdictMarks[plainVerdict(stack.verdict)])} <b class="${verdictMarks[plainVerdict(stack.verdict)]}">${stack.verdict}</b> ${stack.stack}</a> <span class="sec">${figures(sentence(context))}</span></li>`,
  );
  return markup`<header class="overview"><h1>Production readiness</h1><ul>${rows}</ul></header>`;
}

/** The chapters tell their names as they are made; the contents stand above them. */
function stackPart(context: Context, several: boolean): Markup {
  const head = verdictHead(context);
  const made = chapters.map((make) => make(context));
  const { prefix, contents, report } = context;
  const entries = contents.map(
    ({ id, name }, i) => markup`<li><a href="#${prefix}${id}"><b>${i + 2}</b> ${name}</a></li>`,
  );
  const name = several ? `Contents of ${report.stack}` : "Contents";
  return markup`<div class="stack">${head}
<nav aria-label="${name}"><ol><li><a href="#${prefix}verdict"><b>1</b> Verdict</a></li>${entries}</ol></nav>
<div class="chapters">${made}</div></div>`;
}

function notEvaluatedPart({ stack, reason, issues }: NotEvaluated, several: boolean): Markup {
  const entries = issues.map(({ place, path: at, message }) => {
    const where = [place, at].filter(Boolean).join(": ");
    return markup`<li>${path(where)} ${message}</li>`;
  });
  const heading = markup`${mark("undecided")} <span class="undecided">Not evaluated</span> ${stack}`;
  return markup`<section class="not-evaluated">${several ? markup`<h2>${heading}</h2>` : markup`<h1>${heading}</h1>`}
<p class="lead">${reason}</p>
${entries.length === 0 ? nothing : markup`<ul>${entries}</ul>`}</section>`;
}

/** At the foot of each printed page; in the words of a style sheet's text. */
function footOf({ stacks, generated }: Report): string {
  const told = stacks.map(
    ({ stack, verdict, commit }) => `${stack}: ${verdict}, ${commit.id?.slice(0, 7) ?? "no commit"}`,
  );
  return [...told, `${generated.slice(0, 16).replace("T", " ")} UTC`].join(", ");
}
