/**
 * How often an alert on a rolling window fires by chance. The window is looked at every so often; from one look to
 * the next a stretch enters and one leaves, and the alert fires where that takes it from one side of its threshold
 * to the other: all three parts are independent, so the chance is a plain sum.
 */
import { type Counts, inRuns, poisson } from "./counts.ts";

/** What a window holds and when it is too much. */
export interface Condition {
  /** It fires with so many bad events where the good ones are fewer than this; 0 where it never does. */
  readonly goodBelow: (bad: number) => number;
  /** Likewise for being not over yet. The same where absent. */
  readonly overBelow?: ((bad: number) => number) | undefined;
}

/** Events of a minute. */
export interface Flow {
  readonly bad: number;
  readonly good: number;
  /** How many bad ones come together, on average. */
  readonly together?: number;
  /** How the bad ones of so many minutes are spread, where they are no plain events. */
  readonly spread?: (minutes: number) => Counts;
}

export interface Chance {
  /** How often it fires, per look. */
  readonly firings: number;
  /** Share of the time in which it is beyond its threshold. */
  readonly share: number;
}

/** Once in a billion looks, that is in two thousand years: what is rarer needs no closer look. */
export const rare = 1e-9;
/** And what counts in no figure that is larger. */
const negligible = 1e-12;

/**
 * @param window minutes
 * @param step minutes from one look to the next
 */
export function chanceOf(condition: Condition, flow: Flow, window: number, step = 1): Chance {
  const { bad, good, together = 1, spread = (minutes) => inRuns(bad * minutes, together) } = flow;
  const [whole, wholeGood] = [spread(window), poisson(good * window)];
  // Most alerts are far from it: more bad ones than ever come would not do.
  if (condition.goodBelow(whole.last) <= wholeGood.first) return { firings: 0, share: 0 };
  const limits = limitsOf(condition.goodBelow, whole.last + 1);
  const share = shareBeyond(limits, whole, wholeGood);
  // It fires no more often than it is beyond its threshold.
  if (share < rare) return { firings: share, share };
  const goods = new Goods(good, window, step, wholeGood);
  const least = limits.findIndex((limit) => limit > wholeGood.first);
  const rest = spread(window - step);
  const one = spread(step);
  // From so many bad ones on it fires whatever the good ones are.
  const sure = limits.findIndex((limit) => limit > goods.whole.last);
  const crossings: Float64Array[] = [];
  const crossing = (before: number, after: number) => {
    const row = crossings[before] ?? new Float64Array(limits.length).fill(-1);
    crossings[before] = row;
    const known = row[after] ?? -1;
    if (known >= 0) return known;
    const found = goods.crossing(limits[before] ?? 0, limits[after] ?? 0);
    row[after] = found;
    return found;
  };
  const [fewest, most] = one.likely(negligible);
  const [from, to] = rest.likely(negligible);
  let firings = 0;
  for (let stays = from; stays <= to; stays++) {
    const before = Math.min(most, whole.last - stays, sure < 0 ? whole.last : sure - 1 - stays);
    for (
      let enters = Math.max(fewest, least - stays);
      enters <= Math.min(most, whole.last - stays);
      enters++
    ) {
      const so = rest.of(stays) * one.of(enters);
      if (so < negligible) continue;
      for (let leaves = fewest; leaves <= before; leaves++) {
        const chance = so * one.of(leaves);
        if (chance > negligible) firings += chance * crossing(stays + leaves, stays + enters);
      }
    }
  }
  return { firings: Math.min(firings, rounds(condition, limits, flow, window, wholeGood) * step), share };
}

/** The chance that a window with these events is beyond the threshold. */
export function chanceBeyond({ goodBelow }: Condition, bad: Counts, good: Counts): number {
  return shareBeyond(limitsOf(goodBelow, bad.last + 1), bad, good);
}

function shareBeyond(limits: readonly number[], bad: Counts, good: Counts): number {
  let share = 0;
  for (let count = bad.first; count <= bad.last; count++) {
    share += bad.of(count) * good.below(Math.ceil(limits[count] ?? 0));
  }
  return share;
}

function limitsOf(goodBelow: (bad: number) => number, most: number): readonly number[] {
  return Array.from({ length: most + 1 }, (_, bad) => goodBelow(bad));
}

/**
 * How often a minute an alert goes from over to firing that is over at a lower number than it fires at: it goes across
 * its threshold several times and fires once. One round up and down, of bad events that come and go one by one, lasts
 * as long as the first passages of a birth-death process do.
 */
function rounds(
  { overBelow }: Condition,
  limits: readonly number[],
  { bad, together = 1, spread }: Flow,
  window: number,
  goods: Counts,
): number {
  // Of events in runs a single run goes up and down all the way.
  if (!overBelow || together > 1 || spread) return Number.POSITIVE_INFINITY;
  // The good ones vary as well: what they often allow decides, on either side.
  const fires = limits.findIndex((limit) => goods.below(Math.ceil(limit)) > 0.1);
  if (fires < 1) return Number.POSITIVE_INFINITY;
  let over = fires - 1;
  while (over > 0 && goods.below(Math.ceil(overBelow(over))) > 0.9) over--;
  const counts = poisson(bad * window);
  let minutes = 0;
  for (let count = over; count < fires; count++)
    minutes += counts.below(count + 1) / (bad * counts.of(count));
  for (let count = over + 1; count <= fires; count++) {
    minutes += (counts.atLeast(count) * window) / (count * counts.of(count));
  }
  return 1 / minutes;
}

/** The good events of a window, before and after a look: those that stay, those that leave, those that enter. */
class Goods {
  readonly whole: Counts;
  readonly #rest: Counts;
  readonly #one: Counts;
  /** What of each is looked at. */
  readonly #stay: readonly [least: number, most: number];
  readonly #move: readonly [least: number, most: number];

  constructor(good: number, window: number, step: number, whole: Counts) {
    this.whole = whole;
    this.#rest = poisson(good * (window - step));
    this.#one = poisson(good * step);
    this.#stay = this.#rest.likely(negligible);
    this.#move = this.#one.likely(negligible);
  }

  /** The chance that there were not fewer than `before`, and now are fewer than `after`. */
  crossing(before: number, after: number): number {
    const [from, to] = [Math.ceil(before), Math.ceil(after)];
    const rest = this.#rest;
    // What leaves and enters is as wide as a minute's deviation: steps of a sixth of it lose nothing.
    const step = Math.max(1, Math.floor(Math.sqrt(this.#one.last) / 12));
    // Where fewer stay, nothing that leaves was too much; where more do, what enters is.
    const first = Math.max(this.#stay[0], from - this.#move[1]);
    const last = Math.min(this.#stay[1], to - this.#move[0]);
    let sum = 0;
    for (let stays = first; stays <= last; stays += step) {
      sum += rest.of(stays) * this.#one.atLeast(from - stays) * this.#one.below(to - stays);
    }
    return Math.min(1, sum * step);
  }
}

/** A share of all: more than `percent` of them, and so many more. */
export function excess(percent: number, more = 0): (bad: number) => number {
  // bad − share × (bad + good) > more
  return (bad) =>
    percent <= 0
      ? bad > more
        ? Infinity
        : 0
      : Math.max(0, Math.round(((bad * (100 - percent) - 100 * more) / percent) * 1e9) / 1e9);
}

/**
 * A percentile beyond a limit, where the bad ones are those beyond it: DDSketch, which Datadog computes percentiles
 * with, takes the value at rank ⌊q × (n − 1)⌋ of n ("Computing Accurate Percentiles with DDSketch").
 */
export function percentile(rank: number): (bad: number) => number {
  return (bad) => {
    if (bad === 0) return 0;
    let all = Math.max(bad, Math.floor((bad - 1) / (1 - rank)));
    while (all - Math.floor(rank * (all - 1) + 1e-9) <= bad) all++;
    while (all > bad && all - Math.floor(rank * (all - 1) + 1e-9) > bad) all--;
    return all + 1 - bad;
  };
}

/** So many or more. */
export function count(least: number): (bad: number) => number {
  return (bad) => (bad >= least ? Infinity : 0);
}
