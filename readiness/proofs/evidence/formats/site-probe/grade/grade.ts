/**
 * The grade of a page's headers, by the published scoring of MDN's HTTP Observatory:
 * https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, its numbers as of version 1.4 of
 * github.com/mdn/mdn-http-observatory, src/grader/charts.js. Where the original needs more than a look has (its list of
 * preloaded hosts, that of public suffixes, `<meta>`), this one is the stricter.
 */
import { type Exchange, foreignOrigin, redirectOf, type SitePage, staysOn, valuesOf } from "../record.ts";
import { cookies } from "./cookies.ts";
import { contentSecurityPolicy, framing } from "./csp.ts";
import type { Mark } from "./mark.ts";
import { scripts } from "./scripts.ts";

export interface Grade {
  readonly score: number;
  readonly grade: string;
  readonly deductions: readonly string[];
}

/** "Scoring": everybody starts with 100, and bonuses count from 90 on. */
const start = 100;
const bonusesFrom = 90;

/** "Grading chart": down to a multiple of 5. */
const chart = [
  "F",
  "F",
  "F",
  "F",
  "F",
  "D-",
  "D",
  "D",
  "D+",
  "C-",
  "C",
  "C",
  "C+",
  "B-",
  "B",
  "B",
  "B+",
  "A-",
  "A",
  "A",
  "A+",
];

/** @param page the answer that the way to the page ends with */
export function gradePage(page: Exchange, { secure, plain }: SitePage, site: URL): Grade {
  const hsts = strictTransportSecurity(page);
  const policies = valuesOf(page, "content-security-policy");
  const set = [...secure.exchanges, ...plain.exchanges].flatMap((e) => valuesOf(e, "set-cookie"));
  return total([
    contentSecurityPolicy(policies),
    cookies(set, hsts.points === 0),
    crossOriginSharing(page),
    redirection(plain, site),
    referrerPolicy(page),
    hsts,
    scripts(page),
    contentTypeOptions(page),
    framing(policies, oneOf(page, "x-frame-options")),
    crossOriginResourcePolicy(page),
  ]);
}

export function total(marks: readonly Mark[]): Grade {
  const lost = marks.filter(({ points }) => points < 0).toSorted((a, b) => a.points - b.points);
  const without = lost.reduce((sum, { points }) => sum + points, start);
  const bonus = marks.reduce((sum, { points }) => sum + Math.max(points, 0), 0);
  const score = Math.max(0, without >= bonusesFrom ? without + bonus : without);
  return {
    score,
    grade: chart[Math.floor(Math.min(score, 100) / 5)] ?? "F",
    deductions: lost.map(({ what, points }) => `${what} (${points})`),
  };
}

/** The value of a header; several of the same are one. */
function oneOf(page: Exchange, name: string): string | undefined {
  const values = valuesOf(page, name);
  return values.length === 0 ? undefined : [...new Set(values)].join(", ").toLowerCase();
}

/** Six months, as the original counts them. */
const longEnough = 15_552_000;

function strictTransportSecurity(page: Exchange): Mark {
  const value = oneOf(page, "strict-transport-security");
  if (value === undefined) return { points: -20, what: "no Strict-Transport-Security" };
  const ages = value
    .split(";")
    .flatMap((part) => /^\s*max-age\s*=\s*"?(\d{1,12})"?\s*$/.exec(part)?.[1] ?? []);
  const [age] = ages;
  if (ages.length !== 1 || value.includes(",")) {
    return { points: -20, what: "Strict-Transport-Security that cannot be understood" };
  }
  if (Number(age) < longEnough) return { points: -10, what: "Strict-Transport-Security below six months" };
  return { points: 0, what: "Strict-Transport-Security" };
}

function contentTypeOptions(page: Exchange): Mark {
  const value = oneOf(page, "x-content-type-options");
  if (value === "nosniff") return { points: 0, what: "X-Content-Type-Options" };
  return {
    points: -5,
    what: value === undefined ? "no X-Content-Type-Options" : "X-Content-Type-Options other than nosniff",
  };
}

const privatePolicies = ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
const leakyPolicies = ["origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"];

/** The last one that a browser knows counts. */
function referrerPolicy(page: Exchange): Mark {
  const value = oneOf(page, "referrer-policy");
  if (value === undefined) return { points: 0, what: "no Referrer-Policy" };
  const known = value
    .split(",")
    .map((token) => token.trim())
    .filter((token) => [...privatePolicies, ...leakyPolicies].includes(token));
  const last = known.at(-1);
  if (last === undefined) return { points: -5, what: "Referrer-Policy that cannot be understood" };
  if (privatePolicies.includes(last)) return { points: 5, what: "Referrer-Policy" };
  return { points: -5, what: `Referrer-Policy of ${last}` };
}

function crossOriginResourcePolicy(page: Exchange): Mark {
  const value = oneOf(page, "cross-origin-resource-policy");
  if (value === undefined || value === "cross-origin")
    return { points: 0, what: "no Cross-Origin-Resource-Policy" };
  if (value === "same-origin" || value === "same-site")
    return { points: 10, what: "Cross-Origin-Resource-Policy" };
  return { points: -5, what: "Cross-Origin-Resource-Policy that cannot be understood" };
}

/** Whoever asks as a page of another origin may not read what is its visitor's. */
function crossOriginSharing(page: Exchange): Mark {
  const allowed = oneOf(page, "access-control-allow-origin");
  const credentials = oneOf(page, "access-control-allow-credentials");
  if (allowed === undefined || allowed === "*" || credentials !== "true")
    return { points: 0, what: "sharing" };
  const everybody = allowed === foreignOrigin || allowed === "null";
  return everybody
    ? { points: -50, what: "shared with every origin, credentials included" }
    : { points: 0, what: "sharing" };
}

function redirection({ exchanges }: SitePage["plain"], site: URL): Mark {
  const [first] = exchanges;
  if (first === undefined) return { points: 0, what: "no plain HTTP" };
  const to = redirectOf(first);
  if (!to) return { points: -20, what: "no redirect from HTTP to HTTPS" };
  const last = exchanges.at(-1);
  const end = last && (redirectOf(last) ?? new URL(last.url));
  if (end?.protocol !== "https:") return { points: -20, what: "redirects that do not end at HTTPS" };
  if (to.protocol !== "https:") return { points: -10, what: "first redirect is to plain HTTP" };
  return staysOn(site, to)
    ? { points: 0, what: "redirect" }
    : { points: -5, what: "first redirect is to another host" };
}
