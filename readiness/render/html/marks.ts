/** A shape for each standing, so that none rests on its colour: drawn once, used everywhere. */
import type { WholeVerdict } from "../../verdict.ts";
import { Markup, markup } from "../markup.ts";
import type { Shown } from "./context.ts";

/** In the order in which they are counted. */
export const standings: Readonly<Record<Shown, string>> = {
  failing: "failing",
  unproven: "unproven",
  undecided: "undecided",
  waived: "waived",
  proven: "proven",
  "not-applicable": "not asked",
  later: "due after",
};
export const shownStandings = Object.keys(standings) as readonly Shown[];

export const verdictMarks: Readonly<Record<WholeVerdict, Shown>> = {
  GO: "proven",
  CONDITIONAL: "waived",
  "NO-GO": "failing",
  UNDETERMINED: "undecided",
};

const drawn: Readonly<Record<Shown, string>> = {
  failing: `<rect width="16" height="16" rx="1.5" fill="currentColor"/><path d="M4.4 4.4l7.2 7.2M11.6 4.4l-7.2 7.2" stroke="var(--paper)" stroke-width="2.2"/>`,
  unproven: `<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="2.8"/>`,
  undecided: `<path d="M8 .6 16 15.2H0z" fill="currentColor"/><path d="M6.2 7.6a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.4M8 12.1v1.4" fill="none" stroke="var(--paper)" stroke-width="1.5"/>`,
  waived: `<path d="M8 1 15 8 8 15 1 8z" fill="none" stroke="currentColor" stroke-width="1.8"/><path d="M4.9 6.4 6.4 10 8 6.9 9.6 10 11.1 6.4" fill="none" stroke="currentColor" stroke-width="1.3"/>`,
  proven: `<path d="M2.5 8.6 6.3 12.4 13.5 3.6" fill="none" stroke="currentColor" stroke-width="2.4"/>`,
  "not-applicable": `<path d="M2.5 8h11" stroke="currentColor" stroke-width="2"/>`,
  later: `<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.8" stroke-dasharray="2.2 2.1"/>`,
};

export const symbols = new Markup(
  `<svg class="vh" width="0" height="0" aria-hidden="true"><defs>${Object.entries(drawn)
    .map(([name, shape]) => `<symbol id="s-${name}" viewBox="0 0 16 16">${shape}</symbol>`)
    .join("")}</defs></svg>`,
);

export function mark(standing: Shown): Markup {
  return markup`<svg class="m ${standing}" aria-hidden="true"><use href="#s-${standing}"/></svg>`;
}

/** In the colour of what it stands in. */
export function uncoloured(standing: Shown): Markup {
  return markup`<svg class="m" aria-hidden="true"><use href="#s-${standing}"/></svg>`;
}

/** The shape with its word for whoever does not see it. */
export function told(standing: Shown): Markup {
  return markup`${mark(standing)}<span class="vh">${standings[standing]}: </span>`;
}

/** What the shapes of a chart mean, each drawn in 26 by 14 units. */
export function keys(...entries: readonly (readonly [shape: string, text: string])[]): Markup {
  const shown = entries.map(
    ([shape, text]) =>
      markup`<span><svg aria-hidden="true" viewBox="0 0 26 14">${new Markup(shape)}</svg>${text}</span>`,
  );
  return markup`<p class="key">${shown}</p>`;
}

/** How much of its time something has used up, from 0 to 1. */
export function gauge(share: number): Markup {
  const used = Math.round(Math.min(Math.max(share, 0), 1) * 100);
  return markup`<svg class="gauge" aria-hidden="true" preserveAspectRatio="none" viewBox="0 0 100 3"><rect width="100" height="3"/><rect width="${used}" height="3"/></svg>`;
}
