/** Times of a trace: read strictly, written in UTC. */
import { z } from "zod";

/** What a time may look like, for messages. */
export const timeFormat = "ISO 8601 with a zone, such as 2026-11-23T09:00:00Z, or seconds since 1970";

const iso = z.regexes.datetime({ offset: true });
/** Seconds since 1970 have ten digits until the year 2286; thirteen are milliseconds. */
const mostSeconds = 1e10;

/** Seconds since 1970, or what is wrong with it. */
export function parseTime(written: unknown): number | string {
  if (typeof written === "object" && written !== null) return `time is a list or map, must be ${timeFormat}`;
  const text = String(written ?? "").trim();
  const problem = `time is ${JSON.stringify(text)}, must be ${timeFormat}`;
  if (/^\d+(\.\d+)?$/.test(text)) {
    const seconds = Number(text);
    return seconds < mostSeconds ? seconds : `${problem}; this looks like milliseconds`;
  }
  if (iso.test(text)) return Date.parse(text) / 1000;
  return iso.test(`${text}Z`) ? `${problem}; the zone is missing` : problem;
}

/** `2026-11-23 09:00` in UTC, with seconds where there are any. */
export function formatTime(seconds: number): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  return text.endsWith(":00") ? text.slice(0, 16) : text;
}

/** The two greatest units of a duration, such as `2 min 10 s`. */
export function formatDuration(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3600, "h"],
    [60, "min"],
    [1, "s"],
  ] as const;
  let rest = Math.round(seconds);
  const parts: string[] = [];
  for (const [size, name] of units) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) parts.push(`${amount} ${name}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}
