/** `verify` on the example app, with PostgreSQL, Redis and Chromium: healthy, and with one thing wrong at a time. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type RunningApp, startApp } from "../../../tools/app/start.ts";
import { inFrontOf, rewritten } from "../../support/in-front-of.ts";
import { answers, every, slow, without } from "./faults.ts";
import { type Fault, type Faults, healthBody, send, serve, verified } from "./healthy.ts";

let app: RunningApp;

beforeAll(async () => {
  app = await startApp();
  vi.stubEnv("VERIFY_USER", app.account.email);
  vi.stubEnv("VERIFY_PASSWORD", app.account.password);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await app?.stop();
});

async function seen(faults: Faults, options: { readonly samples?: number; readonly browser?: boolean } = {}) {
  const site = await serve(faults, undefined, inFrontOf(app.url));
  try {
    return await verified({ stack: "staging", url: site.url, ...options });
  } finally {
    site.close();
  }
}

/** Of classes on a machine that is busy; the errors of as many tell enough. */
const samples = 140;

/** How fast it is says how busy the machine is. */
const timed = /^(fail|unknown): (p95|Web Vitals) |: takes \d+ ms, /;

it("a healthy app is verified, with a browser and its test account", async () => {
  const { status, faults, report } = await seen({}, { samples, browser: true });
  expect(faults.filter((one) => !timed.test(one))).toEqual([]);
  if (faults.length === 0) expect(status).toBe(0);
  expect(report.commit.seen).toBe(app.commit);
  expect(JSON.stringify(report)).not.toContain(app.account.password);
});

const lies =
  (more: object, headers: object = {}): Fault =>
  (_, response) =>
    send(response, 200, { "content-type": "application/json", ...headers }, JSON.stringify(healthBody(more)));
const pageInstead =
  (path: string): Fault =>
  (request, _, next) => {
    request.url = path;
    next();
  };
const changed =
  (change: (text: string) => string): Fault =>
  (request, response, next) =>
    request.method === "GET" ? rewritten(app.url, change)(request, response) : next();

const routes = ["/api/orders", "/api/orders/1", "/api/analytics", "/api/search"];

it.each<[what: string, faults: Faults, said: RegExp, samples?: number]>([
  ["a class that is slow", { "/api/search": slow(350) }, /^fail: p95 search/, samples],
  [
    "two of a hundred requests that fail",
    Object.fromEntries(routes.map((path) => [path, every(25, answers(500))])),
    /^fail: errors portal: \d+ of \d+ failed \(500\)/,
    samples,
  ],
  [
    "a header that is missing",
    { "/": without("x-content-type-options") },
    /^fail: security headers \/: .*no X-Content-Type-Options/,
  ],
  [
    "a health that says so with 200",
    { "/api/health": lies({ status: "unhealthy" }) },
    /^fail: health .*answers 200 and says unhealthy/,
  ],
  ["a health from a cache", { "/api/health": lies({}, { age: "30" }) }, /^fail: health is fresh .*Age is 30/],
  [
    "a health of another time",
    { "/api/health": lies({ timestamp: "2126-01-01T00:00:00Z" }) },
    /^fail: health is fresh .*in the future/,
  ],
  [
    "a health that repeats itself",
    { "/api/health": lies({ timestamp: "2026-01-01T00:00:00.001Z" }) },
    /^fail: health is fresh .*same timestamp/,
  ],
  [
    "the login in the place of a page",
    { "/portal": pageInstead("/login") },
    /^fail: page \/portal: answers with the login page/,
  ],
  [
    "missing pages that answer 200",
    {
      "*": (request, response, next) =>
        request.url?.startsWith("/readiness-") ? pageInstead("/")(request, response, next) : next(),
    },
    /^fail: missing page .*answers 200, must be 404/,
  ],
])("names %s", async (_, faults, said, count = 0) => {
  const { status, faults: found } = await seen(faults, { samples: count });
  expect(found.filter((one) => said.test(one))).not.toEqual([]);
  expect(status).toBe(1);
});

it("names a bundle that is too large", async () => {
  const grown: Fault = (_, response) =>
    send(
      response,
      200,
      { "content-type": "text/javascript", "cache-control": "max-age=31536000" },
      "a".repeat(900_000),
    );
  const { faults } = await seen({
    "*": (request, response, next) =>
      request.url?.startsWith("/_next/static/chunks/") ? grown(request, response, next) : next(),
  });
  expect(faults.join("\n")).toMatch(/fail: scripts \/: \d+(\.\d)? KB unpacked, .* must be below 850 KB/);
});

it.each<[what: string, faults: Faults, said: RegExp]>([
  [
    "a form without labels",
    {
      "/login": changed((text) =>
        text
          .replace(/<\/?label[^>]*>/g, "")
          .replaceAll("E-mail address", "")
          .replaceAll(/<script\b[^>]*>[\s\S]*?<\/script>/g, ""),
      ),
    },
    /^fail: accessibility \/login: .*label/,
  ],
  [
    "a login that takes nobody",
    {
      "/login": (request, response, next) =>
        request.method === "POST" ? response.writeHead(303, { location: "/login" }).end() : next(),
    },
    /^fail: login \/login: does not take the test account/,
  ],
  [
    "a page that its policy leaves blank",
    {
      "/": changed((text) =>
        text.replace(
          /<body[\s\S]*<\/body>/,
          '<body><div id="root"></div><script src="/_next/static/x.js"></script></body>',
        ),
      ),
    },
    /^fail: shown in a browser \/: is blank: its Content-Security-Policy/,
  ],
  [
    "an error in the console",
    {
      "/": changed((text) =>
        text.replace(
          /(<script [^>]*nonce="([^"]+)"[^>]*>)/,
          '<script nonce="$2">console.error("broken")</script>$1',
        ),
      ),
    },
    /^fail: console \/: .*broken/,
  ],
])("names %s", async (_, faults, said) => {
  const { status, faults: found } = await seen(faults, { browser: true });
  expect(found.filter((one) => said.test(one))).not.toEqual([]);
  expect(status).toBe(1);
});

it("names a Redis that is stopped, then a database too", async () => {
  await app.stopRedis();
  const redis = await seen({});
  expect(redis.faults.join("\n")).toMatch(/fail: health \/api\/health: answers 503, degraded \(redis: /);
  expect(redis.status).toBe(1);
  await app.stopDatabase();
  const database = await seen({});
  expect(database.faults.join("\n")).toMatch(
    /fail: health \/api\/health: answers 500, unhealthy \(database: /,
  );
  expect(database.status).toBe(1);
});
