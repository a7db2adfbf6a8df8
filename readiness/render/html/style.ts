/**
 * The page's style: ink on paper, colour only where something needs a decision. Every text keeps 7:1 on the paper and
 * on the wash (WCAG 2.1 AAA). Widths: a rail of contents from 78rem on, cards below 48rem, A4 in print.
 */
import { clean } from "../../terminal/layout.ts";
import { Markup } from "../markup.ts";

const colours = `
:root { color-scheme: light dark;
  --paper: light-dark(#ffffff, #121518); --wash: light-dark(#f4f5f7, #1b1f24); --rule: light-dark(#d8dce1, #343a42);
  --ink: light-dark(#15181c, #e9ebee); --ink2: light-dark(#4a525b, #aeb5bd); --bar: light-dark(#4f5a66, #98a3ae);
  --proven: light-dark(#145a34, #74cf9c); --failing: light-dark(#a30f16, #ff8f86); --waived: light-dark(#63379c, #cbb0f3);
  --unproven: light-dark(#7a3c00, #f2b566); --undecided: light-dark(#124e96, #86bcf5); --na: light-dark(#4c545c, #a6aeb6);
  --proven-wash: light-dark(#e3f1e8, #183425);
  --p0: light-dark(#bcd6f2, #24507a); --p1: light-dark(#f2d98f, #5c460e); --p2: light-dark(#bfe0c8, #23573a);
  --p3: light-dark(#e0cbee, #573a77); --p4: light-dark(#f5c9bd, #77382a); --p5: light-dark(#cfd4da, #434a53);
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  --mono: ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace;
  --s: 0.8125rem; --m: 0.9375rem; --xl: 1.5rem; font: 100%/1.5 var(--sans); }
.proven { color: var(--proven); } .failing { color: var(--failing); } .waived { color: var(--waived); }
.unproven, .later { color: var(--unproven); } .undecided { color: var(--undecided); } .not-applicable { color: var(--na); }
`;

const base = `
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1rem 4rem; max-width: 66rem; color: var(--ink); background: var(--paper);
  font-size: var(--m); font-variant-numeric: tabular-nums lining-nums; overflow-wrap: anywhere; }
h1, h2, h3, h4, h5, p, ul, ol, dl, dd, figure, table, pre { margin: 0; padding: 0; } ul, ol { list-style: none; }
a { color: inherit; text-decoration-color: var(--bar); text-underline-offset: 0.2em; } a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 2px solid var(--undecided); outline-offset: 2px; border-radius: 2px; }
code, pre { font-family: var(--mono); font-size: 0.92em; }
pre { background: var(--wash); border-left: 3px solid var(--rule); padding: 0.4rem 0.75rem; white-space: normal; font-size: var(--s); line-height: 1.55; }
pre code { display: block; font-size: 1em; padding-left: 1.5em; text-indent: -1.5em; } pre span { display: inline-block; max-width: 100%; text-indent: 0; }
.vh { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.sec { color: var(--ink2); } .n { text-align: right; white-space: nowrap; } .nw { white-space: nowrap; }
.m { width: 1em; height: 1em; vertical-align: -0.12em; flex: none; } :is(.path, .row .src code) { font-size: 0.75rem; }
section { border-top: 1px solid var(--ink); margin-top: 3.5rem; padding-top: 0.6rem; }
:is(section, header, .more) { scroll-margin-top: 3rem; }
section :is(h2, h3):has(.no) { font-size: var(--m); font-weight: 600; display: flex; gap: 0.6em; }
.no { color: var(--ink2); font-weight: 400; min-width: 1.1em; }
.lead { font-size: clamp(1.1875rem, 2vw, 1.375rem); font-weight: 600; line-height: 1.35; letter-spacing: -0.01em; max-width: 40em; margin: 0.3rem 0 1.1rem; text-wrap: pretty; }
:is(h3, h4, h5) { font-size: var(--m); font-weight: 600; margin: 1.75rem 0 0.4rem; }
section :is(h2, h3):has(.no) { margin: 0; }
.src { font-size: var(--s); color: var(--ink2); margin-top: 0.6rem; max-width: 60em; } .note { max-width: 44em; }
footer { border-top: 1px solid var(--ink); margin-top: 3.5rem; padding-top: 0.6rem; font-size: var(--s); color: var(--ink2); }
nav { font-size: var(--s); margin: 1.5rem 0 0; } nav ol { display: flex; flex-wrap: wrap; gap: 0.15rem 1.1rem; }
nav a { text-decoration: none; display: block; padding: 0.2rem 0; } nav a:hover { text-decoration: underline; }
nav b { font-weight: 400; color: var(--ink2); display: inline-block; min-width: 1.4em; }
`;

const verdict = `
.stripe { border-top: 0.5rem solid currentColor; margin: 1rem 0 1.25rem; }
.overview { padding-top: 1.25rem; } .overview h1 { font-size: var(--xl); } .overview li { padding: 0.5rem 0; border-bottom: 1px solid var(--rule); }
header .kicker { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; font-size: var(--s); color: var(--ink2); }
header :is(h1, h2):has(.word) { font-size: 1rem; font-weight: 400; margin-top: 1rem; }
header .word { display: block; font-size: clamp(2.75rem, 11vw, 6rem); font-weight: 750; line-height: 1; letter-spacing: -0.03em; margin: 0.1em 0 0.2em -0.03em; overflow-wrap: normal; }
header .word:is(.waived, .undecided) { font-size: clamp(1.75rem, 9vw, 6rem); }
header .why { display: block; font-size: clamp(1.25rem, 2.6vw, 1.625rem); font-weight: 600; line-height: 1.3; letter-spacing: -0.01em; max-width: 38em; text-wrap: balance; }
.counts { display: grid; grid-template-columns: repeat(7, 1fr); margin: 1.5rem 0 0; border-block: 1px solid var(--rule); }
.counts li { padding: 0.6rem 0.75rem; border-left: 1px solid var(--rule); } .counts li:first-child { border-left: 0; padding-left: 0; }
.counts a { text-decoration: none; display: block; }
.counts b { display: flex; align-items: center; gap: 0.3em; font-size: var(--xl); font-weight: 650; line-height: 1.2; }
.counts b .m { width: 0.75em; height: 0.75em; }
.counts .zero b { font-weight: 400; } .counts span, .counts .zero b { color: var(--ink2); } .counts span { font-size: var(--s); line-height: 1.3; display: block; }
.warnings { margin-top: 1rem; font-size: var(--s); } .warnings li { padding: 0.2rem 0 0.2rem 0.6rem; border-left: 3px solid var(--unproven); }
.facts { display: grid; grid-template-columns: 5fr 6fr; gap: 1.5rem 2.5rem; margin-top: 1.5rem; } .facts .whole { grid-column: 1 / -1; } .facts td:last-child { min-width: 6.5rem; }
.facts :is(h2, h3) { font-size: var(--s); font-weight: 600; border-bottom: 1px solid var(--ink); padding-bottom: 0.3rem; margin: 0; }
.kv { display: grid; grid-template-columns: 7rem minmax(0, 1fr); font-size: var(--s); }
.kv dt, .kv dd { padding: 0.35rem 0; border-bottom: 1px solid var(--rule); } .kv dt { color: var(--ink2); }
`;

const tables = `
table { border-collapse: collapse; width: 100%; font-size: var(--s); line-height: 1.4; }
th { font-weight: 400; text-align: left; } tbody tr { border-bottom: 1px solid var(--rule); }
thead th { color: var(--ink2); border-bottom: 1px solid var(--ink); padding: 0.2rem 0.9rem 0.3rem 0; vertical-align: bottom; overflow-wrap: normal; }
tbody th, td { vertical-align: top; padding: 0.38rem 0.9rem 0.38rem 0; } thead th.n { text-align: right; } tr :last-child { padding-right: 0; }
.plot { width: 30%; min-width: 8rem; } td.plot, thead th.plot { padding-right: 1.5rem; } .plot svg { display: block; width: 100%; height: 1.35em; overflow: visible; }
.ax { display: flex; justify-content: space-between; } .ax span { width: 0; display: flex; justify-content: center; white-space: nowrap; }
.ax span:first-child { justify-content: flex-start; } .ax span:last-child { justify-content: flex-end; }
svg .line { stroke: var(--rule); } svg .val { fill: var(--bar); } svg .over { fill: var(--failing); } svg .target, svg .limit { stroke: var(--ink); stroke-width: 2; } svg .limit { stroke-width: 3; }
svg .alert { stroke: var(--failing); stroke-width: 2; stroke-dasharray: 3 2; } svg .ring { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.key { display: flex; flex-wrap: wrap; gap: 0.2rem 1.25rem; font-size: var(--s); color: var(--ink2); margin: 0.4rem 0; }
.key svg { width: 1.6em; height: 0.9em; vertical-align: -0.1em; margin-right: 0.35em; }
`;

const items = `
.block { display: grid; grid-template-columns: 1.5rem minmax(0, 9fr) minmax(0, 10fr); gap: 0 1rem; padding: 0.9rem 0; border-bottom: 1px solid var(--rule); break-inside: avoid; }
.block .m { width: 1.15rem; height: 1.15rem; margin-top: 0.1rem; } .block :is(h3, h4) { margin: 0; font-size: var(--m); line-height: 1.4; }
.block .said { margin-top: 0.3rem; } .block .meta, .block .do p { font-size: var(--s); color: var(--ink2); margin: 0.3rem 0; } .block .do { display: grid; gap: 0.3rem; align-content: start; } .obs + .obs { display: block; } .row .st span { display: block; }
.strip { display: grid; grid-template-columns: max-content max-content 1fr; gap: 0.1rem 1rem; font-size: var(--s); align-items: start; }
.strip dt, .strip dd { line-height: 1.5rem; } .strip dd { display: flex; flex-wrap: wrap; }
.strip a { width: 1.5rem; height: 1.5rem; display: grid; place-items: center; border-radius: 2px; } .strip a:hover { outline: 1px solid currentColor; }
.strip .proven { background: var(--proven-wash) content-box; padding: 0.125rem; } .strip .m { width: 0.75rem; height: 0.75rem; } .strip :is(.failing, .waived, .unproven, .undecided) .m { width: 1.05rem; height: 1.05rem; }
.group { border-top: 1px solid var(--rule); } .group:last-of-type { border-bottom: 1px solid var(--rule); }
summary { cursor: pointer; list-style: none; } summary::-webkit-details-marker { display: none; }
.group summary:has(h4, h5) { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; padding: 0.4rem 0; }
.group summary:has(h4, h5)::before, .fold summary::before { content: ""; width: 0.4rem; height: 0.4rem; border: solid var(--ink2); border-width: 0 1.5px 1.5px 0; transform: rotate(-45deg); flex: none; align-self: center; }
.group[open] summary:has(h4, h5)::before, .fold[open] summary::before { transform: rotate(45deg); }
.group summary :is(h4, h5) { margin: 0; } .group summary .sec { font-size: var(--s); } .fold summary { display: flex; gap: 0.6rem; font-size: var(--s); padding: 0.6rem 0; }
.rows { margin-bottom: 1.25rem; } .row { border-top: 1px solid var(--rule); font-size: var(--s); line-height: 1.4; }
.row summary, .cols { display: grid; grid-template-columns: 1rem 4.9rem minmax(0, 1fr) 4.6rem 8.6rem minmax(0, 13.5rem); gap: 0 0.75rem; padding: 0.32rem 0; align-items: baseline; }
.cols { color: var(--ink2); font-size: var(--s); } .row summary:hover, .row[open] summary { background: var(--wash); }
.row .m { width: 0.85rem; height: 0.85rem; align-self: start; margin-top: 0.16rem; } .row .id { white-space: nowrap; font-weight: 600; } .row .src { margin: 0; }
.row .more { padding: 0.5rem 0 0.9rem 7.4rem; display: grid; gap: 0.5rem; max-width: 60rem; } .row .more li { color: var(--ink2); } .row .more li code { color: var(--ink); }
.row:has(.more:target) { background: var(--wash); box-shadow: -0.5rem 0 var(--wash), 0.5rem 0 var(--wash); }
.age { display: grid; gap: 0.15rem; color: var(--ink2); } .gauge { display: block; width: 100%; height: 3px; }
.gauge rect:first-child { fill: var(--rule); } .gauge rect:last-child { fill: var(--bar); } .age.late { color: var(--unproven); } .age.late rect:last-child { fill: var(--unproven); }
`;

const charts = `
.tank { display: flex; height: 1.9rem; border: 1px solid var(--ink); font-size: var(--s); line-height: 1.75rem; white-space: nowrap; overflow: hidden; } .tank .out { background: var(--failing); min-width: 3px; } .tank .left { padding-left: 0.5rem; }
.sev { display: grid; grid-template-columns: minmax(0, 6fr) minmax(0, 5fr); gap: 0.25rem 2.5rem; padding: 1rem 0; border-top: 1px solid var(--rule); break-inside: avoid; } .sev :is(h3, h4) { margin: 0 0 0.1rem; }
.track { margin-top: 0.75rem; } .track p { font-size: var(--s); color: var(--ink2); }
.rail { position: relative; height: 1.75rem; margin-right: 0.75rem; background: var(--wash); border-right: 3px solid var(--ink); }
.rail .seg { position: absolute; top: 0.45rem; height: 0.85rem; background: var(--bar); border-right: 1px solid var(--paper); }
.rail .lvl { position: absolute; top: 0.125rem; width: 1.5rem; height: 1.5rem; margin-left: -0.75rem; border-radius: 50%; background: var(--paper); border: 2px solid var(--ink); font-size: var(--s); font-weight: 650; line-height: 1.28rem; text-align: center; }
.scale { position: relative; height: 1.3em; margin-right: 0.75rem; font-size: var(--s); color: var(--ink2); } .scale span { position: absolute; transform: translateX(-50%); white-space: nowrap; } .scale .l { transform: none; } .scale .r { transform: translateX(-100%); }
.year { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(21rem, 100%), 1fr)); gap: 1rem 1.75rem; max-width: 62rem; } .year svg { display: block; width: 100%; height: auto; }
.year text { font-size: 9px; fill: var(--ink2); } .year .who { fill: var(--ink); font-weight: 650; font-size: 8.5px; text-anchor: middle; } .year .ttl { fill: var(--ink); font-size: 10px; font-weight: 600; }
.dst { fill: none; stroke: var(--ink); stroke-width: 1.6; } .gap { fill: none; stroke: var(--failing); stroke-width: 1.5; }
.p0 { fill: var(--p0); background: var(--p0); } .p1 { fill: var(--p1); background: var(--p1); } .p2 { fill: var(--p2); background: var(--p2); } .p3 { fill: var(--p3); background: var(--p3); } .p4 { fill: var(--p4); background: var(--p4); } .p5 { fill: var(--p5); background: var(--p5); }
.chip { display: inline-grid; place-items: center; width: 1.6em; height: 1.4em; font-weight: 650; font-size: 0.75rem; margin-right: 0.45em; border-radius: 1px; color: var(--ink); }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2.5rem; align-items: start; }
.arch { width: 100%; height: auto; display: block; } .arch.tall { display: none; max-width: 30rem; margin: 0 auto; }
.arch .box { fill: var(--paper); stroke: var(--ink); stroke-width: 1.25; } .arch .frame { fill: var(--wash); stroke: var(--bar); stroke-dasharray: 4 3; }
.arch text { font-family: "Helvetica Neue", Arial, "Liberation Sans", sans-serif; font-size: 12px; fill: var(--ink2); } .arch .t { font-size: 14px; font-weight: 650; fill: var(--ink); }
.e { fill: none; stroke: var(--bar); stroke-width: 1.5; } .e.alarm { stroke: var(--ink); stroke-width: 2.2; } .e.backup { stroke-dasharray: 5 3; } .arch marker path { fill: var(--ink); }
.arch .el { font-size: 11.5px; paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; text-anchor: middle; }
.marks { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(15rem, 100%), 1fr)); gap: 0.4rem 2rem; font-size: var(--s); } .marks li { display: grid; grid-template-columns: 1.5rem 1fr; } .marks .m { width: 1rem; height: 1rem; margin-top: 0.12rem; } .marks b { font-weight: 600; }
.gloss { columns: 2; column-gap: 2.5rem; font-size: var(--s); } .gloss div { break-inside: avoid; padding: 0.3rem 0; } .gloss dt { font-weight: 600; } .gloss dd { color: var(--ink2); }
`;

const widths = `
@media (min-width: 78rem) {
  body { max-width: 80rem; padding: 0 2rem 4rem; } .stack { display: grid; grid-template-columns: 10.5rem minmax(0, 1fr); column-gap: 3rem; }
  .stack header, .chapters { grid-column: 2; } nav { grid-column: 1; grid-row: 1 / span 2; margin-top: 2rem; }
  nav ol { position: sticky; top: 1.25rem; display: block; } nav li { border-bottom: 1px solid var(--rule); }
}
@media (min-width: 96rem) { body { max-width: 92rem; } .stack { grid-template-columns: 12rem minmax(0, 1fr); column-gap: 4rem; } :root { font-size: 106.25%; } }
@media screen and (max-width: 48rem) {
  .counts { grid-template-columns: repeat(auto-fill, minmax(4.9rem, 1fr)); border-bottom: 0; } .counts li, .counts li:first-child { padding: 0.5rem 0.25rem 0.5rem 0; border-left: 0; border-bottom: 1px solid var(--rule); }
  .facts, .sev, .two { grid-template-columns: minmax(0, 1fr); } .facts .whole { grid-column: 1; } .kv { grid-template-columns: 6rem minmax(0, 1fr); }
  .block { grid-template-columns: 1.5rem minmax(0, 1fr); } .block .do { grid-column: 2; margin-top: 0.6rem; }
  .strip { grid-template-columns: max-content 1fr; } .strip dd + dd { grid-column: 1 / -1; margin-bottom: 0.4rem; }
  .cols { display: none; } .row summary { grid-template-columns: 1rem 1fr auto; gap: 0.1rem 0.6rem; padding: 0.5rem 0; }
  .row .st { grid-column: 2 / -1; grid-row: 2; } .row .kind { grid-column: 3; grid-row: 1; color: var(--ink2); } .row :is(.age, .src) { grid-column: 2 / -1; } .row .more { padding-left: 1.6rem; }
  .arch.wide { display: none; } .arch.tall { display: block; } .gloss { columns: 1; } nav ol { display: grid; grid-template-columns: 1fr 1fr; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); } :is(.cards, .dense), :is(.cards, .dense) :is(tbody, thead) { display: block; }
  .cards tr { padding: 0.5rem 0; display: grid; grid-template-columns: 7.25rem minmax(0, 1fr); } .cards :is(th, td) { padding: 0.1rem 0; text-align: left; white-space: normal; }
  .cards th { grid-column: 1 / -1; font-weight: 600; } .cards td { grid-column: 2; } .cards td::before { content: var(--l2); color: var(--ink2); float: left; margin-left: -7.25rem; width: 7rem; }
  ${[3, 4, 5, 6, 7].map((column) => `.cards td:nth-child(${column})::before { content: var(--l${column}); }`).join(" ")}
  .dense tr { display: grid; grid-template-columns: minmax(0, 1fr) 5.5rem 5.5rem; padding: 0.35rem 0; } .dense tr { column-gap: 0.6rem; } .dense.k3 tr { grid-template-columns: minmax(0, 1fr) repeat(3, 4.4rem); column-gap: 0; } .dense.k1 tr { grid-template-columns: minmax(0, 1fr) 6rem; } .cards td:empty { display: none; } .dense thead tr { border-bottom: 1px solid var(--ink); } .dense thead th { border: 0; } .dense thead th:last-child:not(.plot) { display: none; }
  .dense :is(th, td) { padding: 0.1rem 0; white-space: normal; } .dense :is(.plot, .plot ~ td) { grid-column: 1 / -1; width: auto; } .narrow :is(th, td) { padding-right: 0.5rem; } .narrow thead th { white-space: normal; }
  .age { display: flex; align-items: center; gap: 0.6rem; } .gauge { width: 5rem; } .age.none { display: none; }
}
@media screen and (max-width: 22.5rem) { .nw { white-space: normal; } }
`;

const print = `
@media print {
  @page { size: A4; margin: 14mm 14mm 16mm; @bottom-left { content: FOOT; font: 7.5pt sans-serif; color: #4a525b; } @bottom-right { content: counter(page) " / " counter(pages); font: 7.5pt sans-serif; color: #4a525b; } }
  :root { color-scheme: light; font-size: 10.5pt; --s: 8.25pt; --m: 9.25pt; --xl: 15pt; } * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { max-width: none; padding: 0; display: block; } .stack { display: block; } .stack + .stack { break-before: page; } nav { display: none; } a { text-decoration: none; }
  section { margin-top: 1.6rem; } h2, h3, h4, h5, .lead, .key, .group summary, .fold summary, .cols { break-after: avoid; } .lead, tr, li, .sev, .row, figure, .strip, .two, .short, .gloss, p.src, .cols, .group summary { break-inside: avoid; } thead { display: table-header-group; }
  header .word { font-size: 46pt; } header .why { font-size: 14pt; } .lead { font-size: 12.5pt; margin-bottom: 0.7rem; } .block { padding: 0.55rem 0; } :is(.path, .row .src code) { font-size: 6.75pt; } .facts { grid-template-columns: 2fr 3fr; gap: 1rem 1.5rem; }
  .row summary, .cols { grid-template-columns: 0.9rem 4.4rem minmax(0, 1fr) 3.9rem 6.3rem 10.2rem; gap: 0 0.5rem; padding: 0.15rem 0; }
  details.group::details-content { content-visibility: visible; block-size: auto; display: block; } .fold:not([open]) { display: none; } .group summary::before { content: none; }
  .strip a { width: 4.1mm; height: 4.1mm; } .strip :is(dt, dd) { line-height: 4.1mm; } .counts li { padding: 0.4rem 0.5rem; }
}
`;

/** @param foot what stands at the foot of each printed page */
export function styleOf(foot: string): Markup {
  const text = `"${clean(foot).replace(/[^\w ,.:-]/g, " ")}"`;
  return new Markup(
    [colours, base, verdict, tables, items, charts, widths, print.replace("FOOT", text)].join(""),
  );
}
