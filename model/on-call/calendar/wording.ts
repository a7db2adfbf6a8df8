/** Moments and stretches of time as people read them. */
import { day, hour, minute, type Span } from "./zone.ts";

/** `Sun 14 Nov 2027, 02:00 to Sun 14 Nov 2027, 03:00 Europe/Zagreb (1 h)`. */
export function stretch({ from, to }: Span, timeZone: string): string {
  return `${moment(from, timeZone)} to ${moment(to, timeZone)} ${timeZone} (${lasting(to - from)})`;
}

/** A clock's time with its date, such as `Sun 14 Nov 2027, 02:00`. */
export function moment(instant: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  });
  return format.format(instant).replace(",", "").replaceAll("Sept", "Sep");
}

/** `1 h`, `1 h 30 min`, `12 days`. */
export function lasting(ms: number): string {
  if (ms >= 4 * day) return `${Math.round(ms / day)} days`;
  const [hours, minutes] = [Math.floor(ms / hour), Math.round((ms % hour) / minute)];
  return (
    [hours > 0 ? `${hours} h` : "", minutes > 0 ? `${minutes} min` : ""].filter(Boolean).join(" ") || "0 min"
  );
}
