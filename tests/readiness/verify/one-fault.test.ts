/** A site that is as it must be but for one thing. */
import { expect, it } from "vitest";
import { answers, every, health, redirect, slow, without } from "./faults.ts";
import { type Fault, goodHeaders, html, loginForm, page, send, staging } from "./healthy.ts";

it.each<[what: string, path: string, fault: Fault, said: RegExp]>([
  [
    "a health that says so with 200",
    "/api/health",
    health(200, { status: "unhealthy", checks: { database: "down", redis: "up", memory: "up" } }),
    /^fail: health .*answers 200 and says unhealthy \(database: down\)/,
  ],
  [
    "a database that is stopped",
    "/api/health",
    health(500, { status: "unhealthy", checks: { database: { status: "down" }, redis: "up", memory: "up" } }),
    /^fail: health .*answers 500, unhealthy \(database: down\)/,
  ],
  [
    "a cache that is stopped",
    "/api/health",
    health(503, { status: "degraded", checks: { database: "up", redis: { status: "down" }, memory: "up" } }),
    /^fail: health .*answers 503, degraded \(redis: down\)/,
  ],
  [
    "a health that contradicts itself",
    "/api/health",
    health(200, { checks: { database: "up", redis: "down", memory: "up" } }),
    /^fail: health .*says healthy, and redis: down/,
  ],
  [
    "a health from a cache",
    "/api/health",
    health(200, {}, { age: "40" }),
    /^fail: health is fresh .*Age is 40/,
  ],
  [
    "a health that repeats itself",
    "/api/health",
    health(200, { timestamp: "2026-01-01T00:00:00.123Z" }),
    /same timestamp/,
  ],
  [
    "a health of the past",
    "/api/health",
    health(200, { timestamp: "2026-01-01T00:00:00Z" }),
    /s old, must be that of the answer/,
  ],
  [
    "a health of the future",
    "/api/health",
    health(200, { timestamp: "2126-01-01T00:00:00Z" }),
    /s in the future/,
  ],
  [
    "a health without its contract",
    "/api/health",
    health(200, { checks: {} }),
    /not all of its contract: checks.database, checks.redis/,
  ],
  [
    "a page in the place of a health",
    "/api/health",
    answers(200, page("Portal", "x", "")),
    /nothing of its health/,
  ],
  [
    "a parking page",
    "/",
    answers(200, "<h1>This domain is for sale</h1>"),
    /a page that nextjs has not made/,
  ],
  ["a page that is not there", "/login", answers(404), /^fail: page \/login: answers 404/],
  ["a page that fails", "/", answers(500), /^fail: page \/: answers 500/],
  [
    "the login in the place of a page",
    "/portal",
    (_, response) => html(response, 200, (nonce) => page("Log in", nonce, loginForm)),
    /^fail: page \/portal: answers with the login page/,
  ],
  [
    "a wall against bots",
    "/",
    answers(403, "<title>Just a moment...</title>"),
    /^unknown: page \/: a wall against bots answers 403/,
  ],
  [
    "a way to another host",
    "/",
    redirect("https://evil.example/"),
    /leads away from its site, to evil.example/,
  ],
  ["a way to another port", "/", redirect("http://127.0.0.1:1/"), /leads away from its site/],
  [
    "a way that is none",
    "/",
    redirect("javascript:alert(1)"),
    /leads to javascript:, which is no address of the web/,
  ],
  ["a way to a file", "/", redirect("file:///etc/passwd"), /leads to file:/],
  [
    "a way without an end",
    "/",
    (request, response) =>
      response.writeHead(302, { location: `/?${Number(request.url?.slice(2)) + 1}` }).end(),
    /leads on and on/,
  ],
  ["a way in a circle", "/", redirect("/"), /leads in a circle/],
  ["a way to nowhere", "/", answers(302), /no Location that is an address/],
  [
    "a header that is missing",
    "/",
    without("x-content-type-options", "referrer-policy", "cross-origin-resource-policy"),
    /^fail: security headers \/: .*no X-Content-Type-Options/,
  ],
  [
    "a page without a policy",
    "/",
    without("content-security-policy"),
    /^fail: security headers \/: .*no Content-Security-Policy/,
  ],
  [
    "a bundle that is too large",
    "/_next/static/chunks/main-0a1b2c3d4e5f.js",
    (_, response) =>
      send(
        response,
        200,
        { ...goodHeaders, "content-type": "text/javascript", "cache-control": "max-age=31536000" },
        "a".repeat(900_000),
      ),
    /^fail: scripts \/: 900\.\d KB unpacked, .* on the wire.* must be below 850 KB/,
  ],
  [
    "a script that is not there",
    "/_next/static/chunks/main-0a1b2c3d4e5f.js",
    answers(404),
    /^fail: scripts \/: \/_next\/.* answers 404/,
  ],
  [
    "a script that nobody may keep",
    "/_next/static/chunks/main-0a1b2c3d4e5f.js",
    (_, response) =>
      send(response, 200, { "content-type": "text/javascript", "cache-control": "no-cache" }, "a"),
    /^fail: caching .*may not be kept for a day/,
  ],
  [
    "a cookie in an answer for everybody",
    "/",
    (_, response) =>
      html(response, 200, (nonce) => page("Portal", nonce, ""), {
        "cache-control": "public, max-age=60",
        "set-cookie": "a=1; Secure; SameSite=Lax",
      }),
    /^fail: caching \/: sets a cookie/,
  ],
  [
    "an answer that is stale",
    "/",
    (_, response) =>
      html(response, 200, (nonce) => page("Portal", nonce, ""), {
        "cache-control": "s-maxage=60",
        age: "4000",
      }),
    /^fail: caching \/: is 4000 s old, and may be 60 s/,
  ],
  [
    "a nonce that repeats",
    "/",
    (_, response) =>
      html(response, 200, () => page("Portal", "abc", ""), {
        "content-security-policy":
          "default-src 'self'; script-src 'nonce-abc'; object-src 'none'; frame-ancestors 'none'; base-uri 'self'",
      }),
    /^fail: nonce \/: two answers have the same nonce/,
  ],
  [
    "HEAD unlike GET",
    "/",
    (request, response, next) => (request.method === "HEAD" ? answers(500)(request, response, next) : next()),
    /^fail: HEAD \/: answers 500/,
  ],
  ["a slow class", "/api/search", slow(300), /^fail: p95 search \/api\/search: .*slower in more than 5 %/],
  [
    "a class that refuses strangers",
    "/api/orders",
    answers(401),
    /^unknown: p95 list \/api\/orders: answers 401/,
  ],
  [
    "a limit that we ran into",
    "/api/orders",
    every(20, answers(429)),
    /^unknown: p95 list .*429, which we had caused/,
  ],
])("names %s", async (_, path, fault, said) => {
  const { status, faults } = await staging(
    { [path]: fault },
    { samples: said.source.includes("p95") ? 80 : 0 },
  );
  expect(faults.filter((one) => said.test(one))).not.toEqual([]);
  expect(status).toBe(faults.some((one) => one.startsWith("fail")) ? 1 : 3);
});
