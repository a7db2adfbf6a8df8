/** How much of a week a recurring stretch takes (RFC 5545, "Recurrence Rule"). */

const weekSeconds = 604_800;

/** How often each frequency comes in a week, at most. */
const timesAWeek: Readonly<Record<string, number>> = {
  HOURLY: 168,
  DAILY: 7,
  WEEKLY: 1,
  MONTHLY: 1,
  YEARLY: 1,
};

/** Parts that multiply or move occurrences; all others this reader does not know. */
const known = ["FREQ", "INTERVAL", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND", "COUNT", "UNTIL", "WKST"];

/** Seconds of the fullest week; nothing where the rule has parts that this reader does not know. */
export function secondsAWeek(rule: string, durationSeconds: number): number | undefined {
  const parts = new Map(
    rule.split(";").map((part): [string, string] => {
      const [key = "", value = ""] = part.toUpperCase().split("=");
      return [key.trim(), value.trim()];
    }),
  );
  const times = timesAWeek[parts.get("FREQ") ?? ""];
  if (times === undefined || [...parts.keys()].some((key) => !known.includes(key))) return undefined;
  const count = (key: string) => parts.get(key)?.split(",").length ?? 1;
  const days = parts.has("BYDAY") ? count("BYDAY") : times;
  const byDay = times === 168 ? times : times === 7 ? Math.min(days, 7) : days;
  const perWeek =
    (byDay * count("BYHOUR") * count("BYMINUTE") * count("BYSECOND")) / Number(parts.get("INTERVAL") ?? 1);
  // Rarer than once a week is once in the week in which it comes.
  return Math.min(Math.max(perWeek, 1) * durationSeconds, weekSeconds);
}

const units: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Of a duration such as `30m` or `1h`; endless where it is none. */
export function durationSeconds(text: string): number {
  const [, count, unit = ""] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  return count === undefined ? Number.POSITIVE_INFINITY : Number(count) * (units[unit] ?? Number.NaN);
}
