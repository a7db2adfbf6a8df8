/** Cookies, by the Observatory's test of them: the worst one counts. */
import type { Mark } from "./mark.ts";

interface Cookie {
  readonly name: string;
  readonly flags: ReadonlyMap<string, string>;
}

/** @param hsts whether browsers are kept from plain HTTP */
export function cookies(headers: readonly string[], hsts: boolean): Mark {
  const set = headers.map(parse).filter(({ name }) => name !== "heroku-session-affinity");
  if (set.length === 0) return { points: 0, what: "no cookies" };
  const marks = set.flatMap((cookie) => faults(cookie, hsts));
  const [worst] = marks.toSorted((a, b) => a.points - b.points);
  if (worst) return worst;
  const bound = set.every(({ flags }) => flags.has("samesite"));
  return { points: bound ? 5 : 0, what: "cookies" };
}

function parse(header: string): Cookie {
  const [first = "", ...rest] = header.split(";");
  const flags = rest.map((part) => {
    const [name = "", value = ""] = part.split("=", 2).map((text) => text.trim().toLowerCase());
    return [name, value] as const;
  });
  return { name: (first.split("=")[0] ?? "").trim().toLowerCase(), flags: new Map(flags) };
}

function faults({ name, flags }: Cookie, hsts: boolean): readonly Mark[] {
  const secure = flags.has("secure");
  const session = name.includes("login") || name.includes("sess");
  const marks: Mark[] = [];
  if (session && !secure) marks.push({ points: hsts ? -10 : -40, what: "session cookie without Secure" });
  if (session && !flags.has("httponly")) marks.push({ points: -30, what: "session cookie without HttpOnly" });
  if (!secure) marks.push({ points: hsts ? -5 : -20, what: "cookie without Secure" });
  const site = flags.get("samesite");
  if (site === undefined) {
    if (name.includes("csrf")) marks.push({ points: -20, what: "anti-CSRF cookie without SameSite" });
  } else if (!["lax", "strict", "none"].includes(site) || (site === "none" && !secure)) {
    marks.push({ points: -20, what: "cookie with a SameSite that cannot be used" });
  }
  return marks;
}
