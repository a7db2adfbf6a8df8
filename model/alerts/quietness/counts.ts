/** How often each number of events comes, where events come by chance: exact to the last digits of a tail. */

/** The chances of 0, 1, 2, … events; what is left out of either end is less than any figure here can show. */
export class Counts {
  readonly first: number;
  readonly last: number;
  readonly #chances: Float64Array;
  /** `#atLeast[i]`: of `first + i` or more, summed from the rare end, where the digits count. */
  readonly #atLeast: Float64Array;
  /** `#below[i]`: of fewer than `first + i`, summed from the other end for the same reason. */
  readonly #below: Float64Array;

  constructor(first: number, chances: Float64Array) {
    this.first = first;
    this.last = first + chances.length - 1;
    this.#chances = chances;
    this.#atLeast = new Float64Array(chances.length + 1);
    for (let i = chances.length - 1; i >= 0; i--) {
      this.#atLeast[i] = (this.#atLeast[i + 1] ?? 0) + (chances[i] ?? 0);
    }
    this.#below = new Float64Array(chances.length + 1);
    for (let i = 0; i < chances.length; i++) this.#below[i + 1] = (this.#below[i] ?? 0) + (chances[i] ?? 0);
  }

  of(count: number): number {
    return this.#chances[count - this.first] ?? 0;
  }

  /** The least and the most whose chance is above one: what is looked at for each of many others stays between. */
  likely(chance: number): readonly [least: number, most: number] {
    let [from, to] = [0, this.#chances.length - 1];
    while (from < to && !((this.#chances[from] ?? 0) > chance)) from++;
    while (to > from && !((this.#chances[to] ?? 0) > chance)) to--;
    return [this.first + from, this.first + to];
  }

  atLeast(count: number): number {
    if (count <= this.first) return 1;
    return count > this.last ? 0 : (this.#atLeast[count - this.first] ?? 0);
  }

  below(count: number): number {
    if (count <= this.first) return 0;
    return count > this.last ? 1 : (this.#below[count - this.first] ?? 1);
  }
}

/** Events that know nothing of each other, so many on average. */
export function poisson(mean: number): Counts {
  if (mean <= 0) return none;
  // Eleven deviations and some: beyond it is less than 1e-20.
  const spread = 11 * Math.sqrt(mean) + 40;
  const first = Math.max(0, Math.floor(mean - spread));
  const chances = new Float64Array(Math.ceil(mean + spread) - first + 1);
  const peak = Math.floor(mean) - first;
  let [from, to, chance] = [peak, peak, 1];
  chances[peak] = 1;
  while (to + 1 < chances.length && chance > never) {
    to++;
    chance *= mean / (first + to);
    chances[to] = chance;
  }
  chance = 1;
  while (from > 0 && chance > never) {
    chance *= (first + from) / mean;
    from--;
    chances[from] = chance;
  }
  return new Counts(first + from, normalised(chances.subarray(from, to + 1)));
}

/** Beside what comes most often: what is rarer is in no sum. */
const never = 1e-30;

/**
 * The same number of events, which come together: in runs of so many on average, each of which ends after any event
 * with the same chance (Pólya–Aeppli). Retries and a user who tries again fail like that.
 */
export function inRuns(mean: number, together: number): Counts {
  if (together <= 1 || mean <= 0) return poisson(mean);
  const runs = mean / together;
  const goesOn = 1 - 1 / together;
  const deviation = Math.sqrt(mean * (2 * together - 1));
  const chances = new Float64Array(Math.ceil(mean + 11 * deviation + 60 * together) + 1);
  chances[0] = 1e-250;
  let [most, end] = [0, chances.length];
  // Panjer's recursion for runs of geometric length, in its form of two terms.
  for (let n = 1; n < end; n++) {
    const one = chances[n - 1] ?? 0;
    const two = chances[n - 2] ?? 0;
    const next =
      ((2 * goesOn * (n - 1) + runs * (1 - goesOn)) * one - goesOn * goesOn * Math.max(0, n - 2) * two) / n;
    chances[n] = Math.max(0, next);
    most = Math.max(most, next);
    if (n > mean && next < most * never) end = n + 1;
    if (next > 1e250) {
      for (let i = 0; i <= n; i++) chances[i] = (chances[i] ?? 0) * 1e-300;
      most *= 1e-300;
    }
  }
  return new Counts(0, normalised(chances.subarray(0, end)));
}

/** So many events on average of which each counts for a number of its own: Panjer's recursion. */
export function weighing(mean: number, weights: Counts): Counts {
  if (mean <= 0) return none;
  const [, heaviest] = weights.likely(1e-15);
  const most = Math.ceil(heaviest * (mean + 8 * Math.sqrt(mean) + 8));
  const chances = new Float64Array(most + 1);
  chances[0] = 1;
  const some: (readonly [weight: number, part: number])[] = [];
  for (let weight = Math.max(1, weights.first); weight <= heaviest; weight++) {
    const chance = weights.of(weight);
    if (chance > 1e-15) some.push([weight, mean * weight * chance]);
  }
  for (let n = 1; n <= most; n++) {
    let sum = 0;
    for (const [weight, part] of some) {
      if (weight > n) break;
      sum += part * (chances[n - weight] ?? 0);
    }
    chances[n] = sum / n;
  }
  return new Counts(0, normalised(chances));
}

/** Of so many trials, how many succeed. */
export function binomial(trials: number, chance: number): Counts {
  const whole = Math.round(trials);
  if (whole <= 0 || chance <= 0) return none;
  const chances = new Float64Array(whole + 1);
  if (chance >= 1) {
    chances[whole] = 1;
    return new Counts(0, chances);
  }
  const odds = chance / (1 - chance);
  const peak = Math.floor(whole * chance);
  chances[peak] = 1;
  for (let i = peak + 1; i <= whole; i++) chances[i] = ((chances[i - 1] ?? 0) * odds * (whole - i + 1)) / i;
  for (let i = peak; i > 0; i--) chances[i - 1] = ((chances[i] ?? 0) * i) / (odds * (whole - i + 1));
  return new Counts(0, normalised(chances));
}

/** Of so many things of which some are marked, how many marked ones come among those that are drawn. */
export function hypergeometric(all: number, marked: number, drawn: number): Counts {
  const first = Math.max(0, drawn + marked - all);
  const last = Math.min(marked, drawn);
  const ratio = (count: number) =>
    ((marked - count) * (drawn - count)) / ((count + 1) * (all - marked - drawn + count + 1));
  const peak = Math.min(last, Math.max(first, Math.floor(((marked + 1) * (drawn + 1)) / (all + 2))));
  const [rarer, more]: [number[], number[]] = [[], [1]];
  for (let i = peak, chance = 1; i > first && chance > never; i--) {
    chance /= ratio(i - 1);
    rarer.push(chance);
  }
  for (let i = peak, chance = 1; i < last && chance > never; i++) {
    chance *= ratio(i);
    more.push(chance);
  }
  return new Counts(peak - rarer.length, normalised(Float64Array.from([...rarer.reverse(), ...more])));
}

/** Events of two independent kinds, counted together. */
export function together(one: Counts, other: Counts): Counts {
  if (other === none) return one;
  if (one === none) return other;
  const first = one.first + other.first;
  const chances = new Float64Array(one.last + other.last - first + 1);
  for (let i = one.first; i <= one.last; i++) {
    const chance = one.of(i);
    if (chance < 1e-30) continue;
    for (let j = other.first; j <= other.last; j++) {
      chances[i + j - first] = (chances[i + j - first] ?? 0) + chance * other.of(j);
    }
  }
  return new Counts(first, chances);
}

/** Nothing comes. */
export const none = new Counts(0, Float64Array.of(1));

function normalised(chances: Float64Array): Float64Array {
  let sum = 0;
  for (let i = 0; i < chances.length; i++) sum += chances[i] ?? 0;
  for (let i = 0; i < chances.length; i++) chances[i] = (chances[i] ?? 0) / sum;
  return chances;
}

/**
 * The chance that a normal variable is above a number of deviations: W. J. Cody's rational approximations would be
 * exact; this continued fraction and series are so to ten digits, which is more than any latency is known to.
 */
export function normalAbove(deviations: number): number {
  if (deviations < 0) return 1 - normalAbove(-deviations);
  const density = Math.exp(-(deviations ** 2) / 2) / Math.sqrt(2 * Math.PI);
  if (deviations < 3) {
    let [term, sum] = [deviations, deviations];
    for (let i = 1; i < 100; i++) {
      term *= deviations ** 2 / (2 * i + 1);
      sum += term;
    }
    return 0.5 - density * sum;
  }
  let fraction = 0;
  for (let i = 60; i > 0; i--) fraction = i / (deviations + fraction);
  return density / (deviations + fraction);
}
