/** Windows of AWS: `01:00-02:00` of every day, `sun:23:30-mon:00:30` of every week, in UTC. */
import type { Violation } from "../rule.ts";

/** Minutes from Monday's beginning; an end before its beginning reaches over into the next week. */
interface Span {
  readonly start: number;
  readonly end: number;
}

const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const day = 24 * 60;
const week = 7 * day;

/** Whether two windows have a minute in common; undefined where one of them is no window. */
export function windowsOverlap(a: string, b: string): boolean | undefined {
  const [left, right] = [spans(a), spans(b)];
  if (left.length === 0 || right.length === 0) return undefined;
  return left.some((x) => right.some((y) => touches(x, y)));
}

function touches(a: Span, b: Span): boolean {
  return [-week, 0, week].some((shift) => a.start + shift < b.end && b.start < a.end + shift);
}

function spans(window: string): readonly Span[] {
  const form = /^(?:(\w{3}):)?([01]\d|2[0-3]):([0-5]\d)-(?:(\w{3}):)?([01]\d|2[0-3]):([0-5]\d)$/;
  const [, first, h = "", m = "", last, hh = "", mm = ""] = form.exec(window.toLowerCase()) ?? [];
  if (h === "" || (first === undefined) !== (last === undefined)) return [];
  const minutes = (name: string, hour: string, minute: string) =>
    days.indexOf(name) * day + Number(hour) * 60 + Number(minute);
  if (first !== undefined && last !== undefined) {
    if (!days.includes(first) || !days.includes(last)) return [];
    return [spanOf(minutes(first, h, m), minutes(last, hh, mm), week)];
  }
  return days.map((name) => spanOf(minutes(name, h, m), minutes(name, hh, mm), day));
}

function spanOf(start: number, end: number, period: number): Span {
  return { start, end: end > start ? end : end + period };
}

/** Two windows that are known and not apart; whichever AWS has chosen are as good as a program's. */
export function clash(first: string | undefined, second: string | undefined): Violation | undefined {
  return first && second && windowsOverlap(first, second)
    ? { observed: `${second} is not apart from ${first}`, wanted: "apart" }
    : undefined;
}
