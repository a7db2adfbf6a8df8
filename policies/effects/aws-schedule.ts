/**
 * When AWS's schedules fire: `cron(minutes hours day-of-month month day-of-week year)` and `rate(7 days)` (EventBridge
 * Scheduler User Guide, "Schedule types"), by days, in UTC.
 */

const day = 24 * 60 * 60 * 1000;
/** A leap year, and a month before what comes once a year is due again. */
const horizonDays = 400;

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/**
 * The longest that a schedule leaves between two days on which it fires, in days, or before the first; infinite where
 * it does not fire within a year. Undefined where it is no schedule.
 */
export function longestGap(schedule: string, now: Date): number | undefined {
  const [, kind, inside = ""] = /^(cron|rate)\((.+)\)$/.exec(schedule.trim()) ?? [];
  if (kind === "rate") return rateInDays(inside);
  const fields = inside.toLowerCase().trim().split(/\s+/);
  if (kind !== "cron" || fields.length !== 6) return undefined;
  // Several rules ask about the same plans.
  const key = `${now.toISOString().slice(0, "2026-01-01".length)} ${fields.join(" ")}`;
  const gap = gapsInDays.get(key) ?? gapInDays(fields, now);
  gapsInDays.set(key, gap);
  return gap;
}

const gapsInDays = new Map<string, number>();

function gapInDays(fields: readonly string[], now: Date): number {
  const fires = daysFrom(now).map((date) => firesOn(date, fields));
  const gaps = fires
    .join("")
    .split("true")
    .map((silence) => silence.length / "false".length + 1);
  // After the last one nobody knows, but that it is not over yet.
  return fires.includes(true)
    ? Math.max(1, ...gaps.slice(0, -1), (gaps.at(-1) ?? 1) - 1)
    : Number.POSITIVE_INFINITY;
}

function rateInDays(text: string): number | undefined {
  const [, n, unit] = /^(\d+) (minute|hour|day)s?$/.exec(text.trim()) ?? [];
  if (n === undefined) return undefined;
  return Math.max(1, unit === "day" ? Number(n) : Number(n) / (unit === "hour" ? 24 : 24 * 60));
}

function daysFrom(now: Date): readonly Date[] {
  const start = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return Array.from({ length: horizonDays }, (_, i) => new Date(start + i * day));
}

function firesOn(
  date: Date,
  [, , dayOfMonth = "", month = "", dayOfWeek = "", year = ""]: readonly string[],
): boolean {
  return (
    dayOfMonth.split(",").some((part) => isDayOfMonth(part, date)) &&
    dayOfWeek.split(",").some((part) => isDayOfWeek(part, date)) &&
    lists(month, date.getUTCMonth() + 1, 1, months) &&
    lists(year, date.getUTCFullYear(), 1970, [])
  );
}

function isDayOfMonth(part: string, date: Date): boolean {
  const last = daysInMonth(date);
  if (part === "l") return date.getUTCDate() === last;
  if (part.endsWith("w"))
    return date.getUTCDate() === nearestWeekday(part === "lw" ? last : Number.parseInt(part, 10), date);
  return lists(part, date.getUTCDate(), 1, []);
}

function isDayOfWeek(part: string, date: Date): boolean {
  const [, name = "", rest] = /^(\w+?)(l|#\d)?$/.exec(part) ?? [];
  const weekday = date.getUTCDay() + 1;
  if (rest === "l" && name !== "")
    return lists(name, weekday, 1, weekdays) && date.getUTCDate() + 7 > daysInMonth(date);
  if (part === "l") return weekday === 7;
  if (rest)
    return lists(name, weekday, 1, weekdays) && Math.ceil(date.getUTCDate() / 7) === Number(rest.slice(1));
  return lists(part, weekday, 1, weekdays);
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The weekday of the same month that is nearest to a day. */
function nearestWeekday(wanted: number, date: Date): number {
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), wanted)).getUTCDay();
  if (weekday === 6) return wanted > 1 ? wanted - 1 : wanted + 2;
  if (weekday === 0) return wanted < daysInMonth(date) ? wanted + 1 : wanted - 2;
  return wanted;
}

/** Whether a field of a cron expression, lists, ranges and steps included, takes a value. */
function lists(field: string, value: number, first: number, names: readonly string[]): boolean {
  return field.split(",").some((part) => {
    const [range = "", step] = part.split("/");
    const every = step === undefined ? 1 : Number(step);
    if (range === "*" || range === "?") return (value - first) % every === 0;
    const [from = "", to] = range.split("-");
    const begin = numberOf(from, names);
    const end =
      to === undefined ? (step === undefined ? begin : Number.POSITIVE_INFINITY) : numberOf(to, names);
    return value >= begin && value <= end && (value - begin) % every === 0;
  });
}

function numberOf(text: string, names: readonly string[]): number {
  return names.includes(text) ? names.indexOf(text) + 1 : /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
