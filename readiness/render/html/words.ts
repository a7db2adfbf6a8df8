/** Numbers, times and lists as the page writes them. */
import { clean } from "../../terminal/layout.ts";
import { escaped, Markup, markup } from "../markup.ts";

const hourMs = 3_600_000;

/** `1,234.5` */
export function number(value: number, digits = 0): string {
  return value.toLocaleString("en-GB", { maximumFractionDigits: digits });
}

/** Two digits that count, such as `0.78 %`. */
export function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** `1 item fails`, `2 items fail` */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${number(amount)} ${amount === 1 ? one : many}`;
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `a, b and c` */
export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

export function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, value) => total + value, 0);
}

/** `45 s`, `1 min 42 s`, `1 h 5 min` */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const [big, small, units] =
    whole < 3600
      ? [Math.floor(whole / 60), whole % 60, ["min", "s"]]
      : [Math.floor(whole / 3600), Math.round((whole % 3600) / 60), ["h", "min"]];
  return small === 0 ? `${big} ${units[0]}` : `${big} ${units[0]} ${small} ${units[1]}`;
}

/** `35 min`, `5 h`, `12 d` */
export function age(milliseconds: number): string {
  const hours = milliseconds / hourMs;
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  return hours < 48 ? `${Math.floor(hours)} h` : `${Math.floor(hours / 24)} d`;
}

export interface Clock {
  /** `26 Nov 2026` */
  readonly day: (time: number | string) => string;
  /** `Thu 26 Nov 2026, 09:00` */
  readonly moment: (time: number | string) => string;
}

/** Times on the clocks of a time zone. */
export function clockOf(timeZone: string): Clock {
  const parts = { day: "numeric", month: "short", year: "numeric", timeZone } as const;
  const days = new Intl.DateTimeFormat("en-GB", parts);
  const moments = new Intl.DateTimeFormat("en-GB", {
    ...parts,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  const shown = (format: Intl.DateTimeFormat) => (time: number | string) => {
    const at = new Date(time);
    return Number.isNaN(at.getTime()) ? String(time) : format.format(at).replace("Sept", "Sep");
  };
  return { day: shown(days), moment: (time) => shown(moments)(time).replace(",", "") };
}

/** Text in which a number stays with its unit. */
export function figures(text: string): Markup {
  return new Markup(escaped(text).replace(/(\d) (?=(?:%|ms|s|min|h|d|GiB)(?!\w))/g, "$1&#160;"));
}

/** What can be typed; words break whole, and what is copied is what was written. */
export function command(line: string): Markup {
  const words = clean(line)
    .split(" ")
    .map((word) => `<span>${escaped(word)}</span>`);
  return new Markup(`<pre><code>${words.join(" ")}</code></pre>`);
}

/** A file and line, or an address: it breaks after a slash and nowhere else. */
export function path(text: string): Markup {
  return markup`<code class="path">${breakable(text)}</code>`;
}

/** Text in which addresses break after a slash. */
export function breakable(text: string): Markup {
  return new Markup(escaped(text).replaceAll("/", "/<wbr/>"));
}
