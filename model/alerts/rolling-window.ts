/** Rolling windows over samples in time order, as monitors aggregate them. */

/** How the values of a window are combined. */
export type Fold = "sum" | "avg" | "min" | "max";

/** Values and when each began, in seconds, ascending; a moment without a value has no sample. */
export interface Samples {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

interface Combination {
  readonly identity: number;
  readonly combine: (a: number, b: number) => number;
}

const sum: Combination = { identity: 0, combine: (a, b) => a + b };
const combinations: Readonly<Record<Fold, Combination>> = {
  sum,
  avg: sum,
  min: { identity: Number.POSITIVE_INFINITY, combine: Math.min },
  max: { identity: Number.NEGATIVE_INFINITY, combine: Math.max },
};

/**
 * The samples of the last so many seconds, combined, as the window moves forward.
 *
 * Nothing is subtracted when a sample leaves, so a year of samples gathers no rounding errors, and a sample is
 * looked at twice however long the window is. The window is two parts: of the older one, the combined values
 * from each of its samples to its end are kept; the newer one is a single value. When the window has left the
 * older part, the newer one becomes it.
 */
export class RollingWindow {
  readonly #samples: Samples;
  readonly #seconds: number;
  readonly #fold: Fold;
  readonly #combination: Combination;
  /** Index of the window's first sample, of the newer part's first, and of the first that is yet to come. */
  #first = 0;
  #middle = 0;
  #end = 0;
  readonly #older: Float64Array;
  #newer: number;

  constructor(samples: Samples, seconds: number, fold: Fold) {
    this.#samples = samples;
    this.#seconds = seconds;
    this.#fold = fold;
    this.#combination = combinations[fold];
    this.#older = new Float64Array(samples.times.length);
    this.#newer = this.#combination.identity;
  }

  /**
   * The value of the samples that began at or after `until − seconds` and before `until`.
   * @param until never less than the time before
   * @returns nothing where there is no such sample
   */
  at(until: number): number | undefined {
    this.#moveTo(until);
    const count = this.#end - this.#first;
    if (count === 0) return undefined;
    const older = this.#older[this.#first] ?? Number.NaN;
    const value = this.#first < this.#middle ? this.#combination.combine(older, this.#newer) : this.#newer;
    return this.#fold === "avg" ? value / count : value;
  }

  #moveTo(until: number): void {
    const { times, values } = this.#samples;
    const { identity, combine } = this.#combination;
    for (; (times[this.#end] ?? until) < until; this.#end++) {
      this.#newer = combine(this.#newer, values[this.#end] ?? Number.NaN);
    }
    while (this.#first < this.#end && (times[this.#first] ?? until) < until - this.#seconds) this.#first++;
    if (this.#first < this.#middle || this.#middle === this.#end) return;
    let combined = identity;
    for (let i = this.#end - 1; i >= this.#first; i--) {
      combined = combine(values[i] ?? Number.NaN, combined);
      this.#older[i] = combined;
    }
    this.#middle = this.#end;
    this.#newer = identity;
  }
}
