/** Units stand in the names of config keys; this reads values that carry one of their own. */
import { exact } from "../exact.ts";

interface Unit {
  /** In words, such as `days`. */
  readonly name: string;
  readonly kind: "time" | "size" | "share";
  /** Seconds, bytes or percent in one of it. */
  readonly amount: number;
}

/** By the ending of the key. */
const keyUnits: Readonly<Record<string, Unit>> = {
  Days: { name: "days", kind: "time", amount: 86_400 },
  Seconds: { name: "seconds", kind: "time", amount: 1 },
  Ms: { name: "milliseconds", kind: "time", amount: 0.001 },
  GiB: { name: "GiB", kind: "size", amount: 2 ** 30 },
  KB: { name: "KB", kind: "size", amount: 1000 },
  Percent: { name: "percent", kind: "share", amount: 1 },
};

/** What people write behind a number. */
const written: readonly (readonly [pattern: RegExp, kind: Unit["kind"], amount: number])[] = [
  [/^(ms|msecs?|millis|milliseconds?)$/i, "time", 0.001],
  [/^(s|secs?|seconds?)$/i, "time", 1],
  [/^(m|mins?|minutes?)$/i, "time", 60],
  [/^(h|hrs?|hours?)$/i, "time", 3600],
  [/^(d|days?)$/i, "time", 86_400],
  [/^(w|weeks?)$/i, "time", 604_800],
  [/^b$/i, "size", 1],
  [/^kb$/i, "size", 1000],
  [/^mb$/i, "size", 1000 ** 2],
  [/^gb$/i, "size", 1000 ** 3],
  [/^tb$/i, "size", 1000 ** 4],
  [/^(ki|kib)$/i, "size", 2 ** 10],
  [/^(mi|mib)$/i, "size", 2 ** 20],
  [/^(gi|gib)$/i, "size", 2 ** 30],
  [/^(ti|tib)$/i, "size", 2 ** 40],
  [/^(%|percent)$/i, "share", 1],
];

/** The unit in a key's name: `days` for `backupRetentionDays`; nothing for `rateLimitPer5Minutes`. */
export function unitOfKey(key: string): string | undefined {
  return keyUnit(key)?.name;
}

/**
 * Converts a value such as `7d` to the unit of a key.
 * @returns nothing where the text is not a number with a unit, or the key has a unit of another kind or none
 */
export function convert(text: string, key: string): number | undefined {
  const [, number, suffix] = /^\s*([+-]?\d+(?:\.\d+)?)\s*([a-z%]+)\s*$/i.exec(text) ?? [];
  const to = keyUnit(key);
  const from = written.find(([pattern]) => suffix !== undefined && pattern.test(suffix));
  if (!to || !from || from[1] !== to.kind) return undefined;
  return exact((Number(number) * from[2]) / to.amount);
}

function keyUnit(key: string): Unit | undefined {
  return Object.entries(keyUnits).find(([ending]) => key.endsWith(ending))?.[1];
}
