/** One item of the checklist: what decided it, how old that is, where; unfolded, everything behind it. */
import type { ReportedFinding, ReportedProof } from "../../report.ts";
import type { OpenItem } from "../digest.ts";
import { type Markup, markup } from "../markup.ts";
import { observed } from "./blocks.ts";
import { type Context, nothing, type ShownItem } from "./context.ts";
import { gauge, told } from "./marks.ts";
import { age, breakable } from "./words.ts";

const shownPlaces = 3;
const calm = ["proven", "later", "not-applicable"];

export function row(context: Context, item: ShownItem, open: OpenItem | undefined): Markup {
  const { id, statement, shown, proofs } = item;
  const speaks = calm.includes(shown) ? nothing : markup` <span class="${shown}">${observed(open)}</span>`;
  const kinds = [...new Set(proofs.map(({ kind }) => kind))].join(", ");
  return markup`<details class="row"><summary>${told(shown)}<span class="id">${id}</span><span class="st">${statement}${speaks}</span><span class="kind">${kinds}</span>${ageOf(context, item)}${where(item)}</summary>
<div class="more" id="${context.prefix}${id}">${inside(item)}</div></details>`;
}

/** What it is for, who looked at what, and how to mend it; of what has no object, why. */
function inside(item: ShownItem): Markup {
  const { shown, why, remedy, because } = item;
  if (because !== null) return markup`<p>Not asked: ${because}.</p>`;
  const mend = shown === "proven" ? nothing : markup`<p class="sec">To mend: ${remedy}</p>`;
  return markup`<p>${why}</p>${behind(item)}${mend}`;
}

/** Of proofs that age, the one that ends first. */
function ageOf({ now }: Context, { proofs, shown }: ShownItem): Markup {
  const [first] = proofs
    .filter((proof) => proof.at !== null && proof.until !== null)
    .toSorted((a, b) => Date.parse(a.until ?? "") - Date.parse(b.until ?? ""));
  if (first === undefined) {
    const computed = shown === "proven" || shown === "failing";
    return markup`<span class="age none">${computed ? "this report" : "–"}</span>`;
  }
  const [at, until] = [Date.parse(first.at ?? ""), Date.parse(first.until ?? "")];
  const share = (now - at) / (until - at);
  return markup`<span class="age${share > 1 ? " late" : ""}">${age(now - at)} of ${age(until - at)}${gauge(share)}</span>`;
}

/** The people and tools behind it, or the place of the resource; nothing of what is about the whole stack. */
function where({ proofs, findings }: ShownItem): Markup {
  const given = proofs.flatMap(({ kind, by }) => (kind === "policy" || by === null ? [] : by));
  if (given.length > 0) return markup`<span class="src">${given.join(", ")}</span>`;
  const places = placesOf(findings);
  const [first] = places;
  if (first === undefined) return nothing;
  const others = places.length > 1 ? ` and ${places.length - 1} more` : "";
  return markup`<span class="src"><code>${breakable(first)}</code>${others}</span>`;
}

/** Every proof, those together that looked at the same and said the same. */
function behind({ proofs, findings }: ShownItem): Markup {
  const byWhom = Map.groupBy(findings, ({ by }) => by);
  const given = proofs.flatMap(({ by, outcome }) =>
    by === null ? [] : [{ by, said: said(outcome, byWhom.get(by) ?? []) }],
  );
  if (given.length === 0) return nothing;
  const lines = [...Map.groupBy(given, (proof) => proof.said)].map(([what, all]) => {
    const names = all.map(({ by }) => markup`<code>${by}</code>`);
    return markup`<li>${names}${what}</li>`;
  });
  return markup`<ul>${lines}</ul>`;
}

/** ` (fail) 3 resources, components/database.ts:41` */
function said(outcome: ReportedProof["outcome"], findings: readonly ReportedFinding[]): string {
  const subjects = new Set(findings.map(({ urn }) => urn?.split("::").at(-1) ?? "the stack"));
  const [only = ""] = subjects;
  const places = placesOf(findings);
  const rest = places.length - shownPlaces;
  const shown = places.slice(0, shownPlaces).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
  const unlike = outcome === "pass" ? "" : `(${outcome}) `;
  return `: ${unlike}${subjects.size > 1 ? `${subjects.size} resources` : only}${shown === "" ? "" : `, ${shown}`}`;
}

function placesOf(findings: readonly ReportedFinding[]): readonly string[] {
  return [...new Set(findings.flatMap(({ source }) => (source ? `${source.file}:${source.line}` : [])))];
}
