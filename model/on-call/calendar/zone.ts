/** Wall-clock time of a time zone over a period, both changes to and from daylight-saving time included. */

/** A stretch of time; milliseconds since 1970, `to` not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/**
 * A time zone. Offsets come from the runtime's own zone data (`Intl`): the changes of the period are looked up
 * once, all else is arithmetic. A library would look them up in the same place, and takes longer to load than a
 * year of ten schedules takes to compute.
 */
export class Zone {
  readonly name: string;
  readonly #period: Span;
  readonly #offsetAt: (instant: number) => number;
  /** From each instant on, clocks show so many milliseconds more than UTC; the first holds from the beginning. */
  readonly #changes: readonly { readonly at: number; readonly offset: number }[];

  /**
   * @param name IANA name, such as `Europe/Zagreb`
   * @param period where most questions fall; others are answered too, more slowly
   * @throws RangeError for a name that is not known
   */
  constructor(name: string, { from, to }: Span) {
    this.name = name;
    this.#offsetAt = offsets(name);
    this.#period = { from: from - 2 * day, to: to + 2 * day };
    this.#changes = this.#findChanges();
  }

  /** What a clock shows, as if its time were UTC. */
  local(instant: number): number {
    return instant + this.#offset(instant);
  }

  /**
   * When a clock shows a time. One that is skipped in spring is taken for as long after the change as it claims
   * to be; of one that comes twice in autumn, the first is meant.
   */
  instant(local: number): number {
    const before = this.#offset(local - day);
    const after = this.#offset(local + day);
    if (before === after) return local - before;
    const early = local - Math.max(before, after);
    const late = local - Math.min(before, after);
    if (this.local(early) === local) return early;
    return this.local(late) === local ? late : local - before;
  }

  #offset(instant: number): number {
    if (instant < this.#period.from || instant >= this.#period.to) return this.#offsetAt(instant);
    return this.#changes.findLast(({ at }) => at <= instant)?.offset ?? this.#offsetAt(instant);
  }

  /** Changes are weeks apart, also in zones that stop daylight-saving time for Ramadan. */
  #findChanges() {
    const { from, to } = this.#period;
    const changes = [{ at: from, offset: this.#offsetAt(from) }];
    for (let at = from; at < to; at += 7 * day) {
      const end = Math.min(at + 7 * day, to);
      if (this.#offsetAt(at) === this.#offsetAt(end)) continue;
      const change = this.#changeWithin(at, end);
      changes.push({ at: change, offset: this.#offsetAt(change) });
    }
    return changes;
  }

  /** The minute between two instants from which another offset holds. */
  #changeWithin(from: number, to: number): number {
    const before = this.#offsetAt(from);
    let [low, high] = [Math.floor(from / minute), Math.ceil(to / minute)];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#offsetAt(middle * minute) === before) low = middle;
      else high = middle;
    }
    return high * minute;
  }
}

/** Formats take longer to make than to use. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Reads offsets such as `GMT+05:30`. */
function offsets(timeZone: string): (instant: number) => number {
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  formats.set(timeZone, format);
  return (instant) => {
    const [, sign, hours = "0", minutes = "0"] =
      /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(instant)) ?? [];
    return (sign === "-" ? -1 : 1) * (Number(hours) * hour + Number(minutes) * minute);
  };
}

/** The twelve months from a moment on. */
export function yearFrom(now: Date): Span {
  return { from: now.getTime(), to: now.getTime() + 365 * day };
}

/** The stretches that belong to both; both are in order. */
export function common(some: readonly Span[], others: readonly Span[]): readonly Span[] {
  let next = 0;
  return some.flatMap(({ from, to }) => {
    while ((others[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next++;
    const parts: Span[] = [];
    for (let i = next; (others[i]?.from ?? to) < to; i++) {
      const other = others[i] as Span;
      parts.push({ from: Math.max(from, other.from), to: Math.min(to, other.to) });
    }
    return parts;
  });
}
