import { describe, expect, it } from "vitest";
import { cookies } from "../../../../../readiness/proofs/evidence/formats/site-probe/grade/cookies.ts";
import {
  contentSecurityPolicy,
  framing,
} from "../../../../../readiness/proofs/evidence/formats/site-probe/grade/csp.ts";
import { gradePage, total } from "../../../../../readiness/proofs/evidence/formats/site-probe/grade/grade.ts";
import type {
  Exchange,
  SitePage,
} from "../../../../../readiness/proofs/evidence/formats/site-probe/record.ts";

const site = new URL("https://portal.example.com");

function exchange(headers: Exchange["headers"], over: Partial<Exchange> = {}): Exchange {
  const certificate = { sha256: "0".repeat(64), distrust: null };
  return {
    url: site.href,
    http: "1.1",
    status: 200,
    reason: "OK",
    headers,
    certificate,
    scripts: [],
    ...over,
  };
}

const redirects = (...locations: string[]): SitePage["plain"] => ({
  exchanges: locations.map((location, i) =>
    exchange([["location", location]], {
      url: locations[i - 1] ?? "http://portal.example.com/",
      status: 301,
    }),
  ),
  failure: null,
});
const toHttps = redirects(site.href);

const least: Exchange["headers"] = [
  ["Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'"],
  ["Strict-Transport-Security", "max-age=15552000"],
  ["X-Content-Type-Options", "nosniff"],
  ["X-Frame-Options", "DENY"],
];

/** The score of a page that has nothing but what it needs for 100, with some headers in the place of its own. */
function score(headers: Exchange["headers"], over: Partial<Exchange> = {}, plain = toHttps): number {
  const names = headers.map(([name]) => name.toLowerCase());
  const page = exchange([...least.filter(([name]) => !names.includes(name.toLowerCase())), ...headers], over);
  return gradePage(page, { path: "/", secure: { exchanges: [page], failure: null }, plain }, site).score;
}

it("gives A+ for 100, grades in steps of 5, and bonuses from 90 on", () => {
  const grades = [0, -5, -10, -15, -20, -25, -35, -45, -55, -75, -80, -200];
  expect(grades.map((points) => total([{ points, what: "x" }]).grade)).toEqual([
    "A+",
    "A",
    "A",
    "A-",
    "B+",
    "B",
    "B-",
    "C",
    "C-",
    "D-",
    "F",
    "F",
  ]);
  const bonus = { points: 20, what: "bonus" };
  expect(total([{ points: -10, what: "x" }, bonus]).score).toBe(110);
  expect(total([{ points: -15, what: "x" }, bonus]).score).toBe(85);
  expect(total([{ points: -200, what: "x" }]).score).toBe(0);
});

describe("Content-Security-Policy", () => {
  it.each([
    [["default-src 'none'; script-src 'self'"], 10],
    [["default-src 'self'"], 5],
    [["DEFAULT-SRC 'SELF'"], 5],
    [["default-src 'self'; style-src 'unsafe-inline'"], 0],
    [["default-src 'self'; script-src 'nonce-x' 'unsafe-inline'"], 5],
    [["default-src 'self'; script-src 'nonce-x' 'strict-dynamic' https: 'unsafe-inline'"], 5],
    [["script-src 'strict-dynamic' https:; default-src 'self'"], -25],
    [["default-src 'self'; img-src http:"], -10],
    [["default-src 'self' 'unsafe-eval'"], -10],
    [["default-src 'self'; connect-src http://api.example.com"], -20],
    [["default-src 'self' 'unsafe-inline'"], -20],
    [["default-src 'self'; script-src 'self' data:"], -20],
    [["default-src https:"], -20],
    [["script-src 'self'"], -20],
    [["frame-ancestors 'none'"], -20],
    [["default-src 'self'; default-src *"], -25],
    [["default-src 'self'; report-uri /a; report-uri /b"], 5],
    [["default-src"], 10],
    [[""], -25],
    [["default-src 'self',"], -25],
    [[], -25],
    [["default-src 'self'", "frame-ancestors 'none'"], 5],
    [["default-src *, default-src 'none'"], 10],
  ])("%j: %d", (headers, points) => {
    expect(contentSecurityPolicy(headers).points).toBe(points);
  });
});

it.each([
  [["frame-ancestors 'none'"], undefined, 5],
  [["default-src 'self'", "frame-ancestors 'self'"], "deny", 5],
  [["frame-ancestors *"], "deny", -20],
  [["default-src 'self'"], "deny", 0],
  [[], "sameorigin", 0],
  [[], "allow-from https://x.example", -20],
  [[], "deny, sameorigin", -20],
  [[], undefined, -20],
])("frames: %j and %s: %d", (headers, options, points) => {
  expect(framing(headers, options).points).toBe(points);
});

it.each([
  ["Strict-Transport-Security", "max-age=15552000; includeSubDomains", 100],
  ["Strict-Transport-Security", 'MAX-AGE="63072000"', 100],
  ["Strict-Transport-Security", "max-age=15551999", 90],
  ["Strict-Transport-Security", "max-age=0", 90],
  ["Strict-Transport-Security", "max-age=many", 80],
  ["Strict-Transport-Security", "max-age=1; max-age=63072000", 80],
  ["Strict-Transport-Security", "includeSubDomains", 80],
  ["X-Content-Type-Options", "sniff", 95],
  ["Referrer-Policy", "no-referrer", 105],
  ["Referrer-Policy", "unsafe-url, strict-origin-when-cross-origin", 105],
  ["Referrer-Policy", "strict-origin, unsafe-url", 95],
  ["Referrer-Policy", "none", 95],
  ["Cross-Origin-Resource-Policy", "same-site", 110],
  ["Cross-Origin-Resource-Policy", "cross-origin", 100],
  ["Cross-Origin-Resource-Policy", "all", 95],
  ["Access-Control-Allow-Origin", "*", 100],
  ["Access-Control-Allow-Origin", "https://readiness.invalid", 100],
])("%s: %s gives %d", (name, value, points) => {
  expect(score([[name, value]])).toBe(points);
});

it("takes a header that is sent twice for one, and two that differ for a mistake", () => {
  expect(
    score([
      ["X-Content-Type-Options", "nosniff"],
      ["x-content-type-options", "nosniff"],
    ]),
  ).toBe(100);
  expect(
    score([
      ["Strict-Transport-Security", "max-age=63072000"],
      ["strict-transport-security", "max-age=0"],
    ]),
  ).toBe(80);
});

it.each([
  [redirects("https://portal.example.com/"), 100],
  [redirects("https://www.example.com/"), 95],
  [redirects("http://portal.example.com/a", "https://portal.example.com/a"), 90],
  [redirects("http://portal.example.com/a"), 80],
  [{ exchanges: [exchange([], { url: "http://portal.example.com/" })], failure: null }, 80],
  [{ exchanges: [], failure: { phase: "connect", code: "ECONNREFUSED" } } as const, 100],
])("redirection %#: %d", (plain, points) => {
  expect(score([], {}, plain as SitePage["plain"])).toBe(points);
});

it.each([
  [["a=1; Secure; HttpOnly; SameSite=Lax"], true, 5],
  [["a=1; Secure"], true, 0],
  [["a=1"], true, -5],
  [["a=1"], false, -20],
  [["PHPSESSID=1; HttpOnly"], true, -10],
  [["login=1; HttpOnly"], false, -40],
  [["session=1; Secure"], true, -30],
  [["csrf=1; Secure"], true, -20],
  [["a=1; Secure; SameSite=maybe"], true, -20],
  [["a=1; SameSite=None"], true, -20],
  [["heroku-session-affinity=1"], true, 0],
  [["a=1; Secure; SameSite=Lax", "session=1; Secure"], true, -30],
  [[""], true, -5],
])("cookies %j, with HSTS %s: %d", (headers, hsts, points) => {
  expect(cookies(headers, hsts).points).toBe(points);
});

it.each([
  [["<script>"], 100],
  [['<script src="/a.js">'], 100],
  [['<script src="/a.js" integrity="sha384-x">'], 105],
  [["<script async src=https://cdn.example/a.js>"], 95],
  [["<script/src='https://cdn.example/a.js'>"], 95],
  [['<SCRIPT SRC="https://cdn.example/a.js" integrity="sha384-x">'], 105],
  [['<script src="//cdn.example/a.js">'], 50],
  [['<script src="\\\\cdn.example/a.js" integrity="sha384-x">'], 80],
  [['<script src="http://cdn.example/a.js">'], 50],
  [['<script src="https&colon;&#x2f;&#47;cdn.example/a.js">'], 95],
  [['<script src="/a.js" src="https://cdn.example/a.js">'], 100],
  [['<script src="https://">'], 80],
  [['<script src="/a.js" integrity="x">', '<script src="https://cdn.example/a.js">'], 95],
  [null, 80],
])("scripts %j: %d", (scripts, points) => {
  expect(score([], { scripts })).toBe(points);
  expect(score([["content-type", "text/html"]], { scripts })).toBe(points);
  expect(score([["content-type", "image/png"]], { scripts })).toBe(100);
});
