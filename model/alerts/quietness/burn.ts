/**
 * How often a burn-rate alert fires by chance: the bad events of its long window and those of the short one at its
 * end are both too many. From one look to the next an event can enter both, or leave the short one for the rest of
 * the long one, or leave that; the sum goes over what is independent.
 */
import { type Counts, none } from "./counts.ts";
import { type Chance, rare } from "./window.ts";

/** Windows in looks, and the least number of bad events that is too much of each. */
export interface Windows {
  readonly long: number;
  readonly short: number;
  readonly leastLong: number;
  readonly leastShort: number;
}

const negligible = 1e-14;

/** @param bad how many bad events so many looks hold */
export function burnChance(
  { long, short, leastLong, leastShort }: Windows,
  bad: (looks: number) => Counts,
): Chance {
  if (leastLong <= 0) return { firings: 0, share: 1 };
  const both = Math.min(bad(long).atLeast(leastLong), bad(short).atLeast(leastShort));
  // It fires no more often than each window is beyond its threshold.
  if (both < rare) return { firings: both, share: both };
  const one = bad(1);
  const staysShort = short > 1 ? bad(short - 1) : none;
  const staysLong = long - short > 1 ? bad(long - short - 1) : none;
  let [firings, share] = [0, 0];
  each(staysShort, 1, (stays, chanceStays) => {
    each(one, chanceStays, (enters, chanceEnters) => {
      if (stays + enters < leastShort) return;
      each(one, chanceEnters, (moves, chance) => {
        const missing = leastLong - stays - enters - moves;
        const after = staysLong.atLeast(missing);
        share += chance * after;
        firings += chance * after;
        if (stays + moves < leastShort) return;
        each(one, chance, (leaves, both) => {
          firings -= both * staysLong.atLeast(Math.max(missing, leastLong - stays - moves - leaves));
        });
      });
    });
  });
  return { firings: Math.max(0, firings), share };
}

/** The counts that matter, with their chance on top of what led to them. */
function each(counts: Counts, so: number, visit: (count: number, chance: number) => void): void {
  const [least, most] = counts.likely(negligible);
  for (let count = least; count <= most; count++) {
    const chance = so * counts.of(count);
    if (chance > negligible) visit(count, chance);
  }
}
