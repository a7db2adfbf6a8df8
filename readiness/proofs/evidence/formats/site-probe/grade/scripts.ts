/** Subresource integrity, by the Observatory's test of it. Another host of the same domain counts as foreign here. */
import { type Exchange, valuesOf } from "../record.ts";
import type { Mark } from "./mark.ts";

const html = ["text/html", "application/xhtml+xml"];

export function scripts(page: Exchange): Mark {
  const type = valuesOf(page, "content-type")[0]?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type !== "" && !html.includes(type)) return { points: 0, what: "not HTML" };
  if (page.scripts === null) return { points: -20, what: "a page that cannot be read to its end" };
  const marks = page.scripts.map((tag) => script(tag, page.url));
  const [worst] = marks.toSorted((a, b) => a.points - b.points);
  if (worst && worst.points < 0) return worst;
  return { points: marks.some(({ points }) => points > 0) ? 5 : 0, what: "scripts" };
}

function script(tag: string, page: string): Mark {
  const src = attribute(tag, "src");
  if (src === undefined) return { points: 0, what: "inline" };
  const whole = (attribute(tag, "integrity") ?? "").trim() !== "";
  const url = URL.parse(src, page);
  if (url === null) return { points: -20, what: "a script of no address" };
  const relativeProtocol = /^\s*[\\/]\s*[\\/]/.test(src);
  if (url.protocol === "http:" || relativeProtocol) {
    return whole
      ? { points: -20, what: "script over plain HTTP" }
      : { points: -50, what: "script over plain HTTP without integrity" };
  }
  if (url.host === new URL(page).host || url.protocol !== "https:")
    return { points: whole ? 5 : 0, what: "own" };
  return whole
    ? { points: 5, what: "foreign" }
    : { points: -5, what: "script of another host without integrity" };
}

/** The first of that name, as browsers have it. */
function attribute(tag: string, name: string): string | undefined {
  const form = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  const inside = tag.replace(/^<\w+/, "");
  for (const [, key, double, single, bare] of inside.matchAll(form)) {
    if (key?.toLowerCase() === name) return decoded(double ?? single ?? bare ?? "");
  }
  return undefined;
}

/** Without the character references that an address is written with; another is left, and is part of no own address. */
function decoded(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => character(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => character(Number(digits)))
    .replace(/&(sol|colon|bsol|period|Tab|NewLine);/g, (_, name: keyof typeof named) => named[name])
    .replaceAll("&amp;", "&");
}

const named = { sol: "/", colon: ":", bsol: "\\", period: ".", Tab: "\t", NewLine: "\n" } as const;

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
}
