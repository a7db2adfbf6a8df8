/** A watch as a picture in a page: errors of each minute as bars, the middle and the slow answers as lines. */
import { percentileOf } from "../../../model/sampling/percentile.ts";
import { markup } from "../../render/markup.ts";
import type { Check } from "../check.ts";
import { minutesOf, type WatchedMinute, type WatchState } from "./state.ts";

const [width, height, left, bottom] = [900, 260, 60, 30];

export function renderChart(
  { url, phase, startedAt, minutes, commit }: WatchState,
  sentence: string,
  checks: readonly Check[],
): string {
  const list = checks.map(
    ({ check, outcome, said }) => markup`<li><b>${check}</b>: ${outcome}. ${said}</li>`,
  );
  return markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${phase} of ${url}</title>
<style>body{font-family:system-ui,sans-serif;margin:2rem;max-width:60rem}svg{width:100%;height:auto}.bar{fill:#b3261e}.p50{stroke:#1a6b3c}.p95{stroke:#8a4b00}polyline{fill:none;stroke-width:2}.axis{stroke:#555}text{font-size:12px;fill:#333}</style></head>
<body><h1>${sentence}</h1><p>${url}, commit ${commit ?? "not told"}, from ${startedAt}</p>
${picture(phase, minutes)}
<ul>${list}</ul></body></html>
`.text;
}

function picture(phase: WatchState["phase"], minutes: readonly WatchedMinute[]) {
  const all = minutesOf[phase];
  const x = (minute: number) => left + ((minute + 0.5) * (width - left - 10)) / all;
  const slowest = Math.max(1, ...minutes.map(({ ms }) => percentileOf(ms, 95) ?? 0));
  const y = (part: number) => height - bottom - part * (height - bottom - 20);
  const line = (percent: number) =>
    minutes
      .filter(({ ms }) => ms.length > 0)
      .map(
        ({ minute, ms }) =>
          `${x(minute).toFixed(1)},${y((percentileOf(ms, percent) ?? 0) / slowest).toFixed(1)}`,
      )
      .join(" ");
  const bar = Math.max(1, (0.8 * (width - left - 10)) / all);
  const bars = minutes
    .filter(({ errors }) => errors > 0)
    .map(({ minute, errors, requests }) => {
      const top = y(errors / Math.max(1, requests));
      return markup`<rect class="bar" x="${(x(minute) - bar / 2).toFixed(1)}" y="${top.toFixed(1)}" width="${bar.toFixed(1)}" height="${(height - bottom - top).toFixed(1)}"/>`;
    });
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Errors and answer times by the minute">
${bars}
<polyline class="p50" points="${line(50)}"/><polyline class="p95" points="${line(95)}"/>
<line class="axis" x1="${left}" y1="${height - bottom}" x2="${width - 10}" y2="${height - bottom}"/>
<text x="4" y="${y(1) + 4}">${slowest} ms, 100 %</text><text x="${left}" y="${height - 8}">0 min</text><text x="${width - 70}" y="${height - 8}">${all} min</text>
<text x="${left + 150}" y="${height - 8}">bars: requests that failed; lines: half and 95 % of answers are quicker</text>
</svg>`;
}
