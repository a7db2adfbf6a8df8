/** How fast a rollback goes about it, and for how long. */
import { setTimeout as wait } from "node:timers/promises";

export interface Pace {
  /** Between two looks, in milliseconds. */
  readonly pause: number;
  /** How long Vercel may take to show a request whose answer was lost; before that nobody asks again. */
  readonly settle: number;
  /** How long a look-out lasts: for the move, and again for the site. */
  readonly patience: number;
  /** So many answers in a row the site has to give. */
  readonly answers: number;
}

/** Two look-outs, and what is between them, fit into five minutes where all goes well. */
export const usualPace: Pace = { pause: 1_000, settle: 60_000, patience: 240_000, answers: 5 };

/** Looks until there is something to say, or patience is at its end. */
export async function until<T>(
  { pause, patience }: Pick<Pace, "pause" | "patience">,
  look: () => Promise<T | undefined>,
): Promise<T | undefined> {
  const deadline = performance.now() + patience;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() + pause > deadline) return found;
    await wait(pause);
  }
}
