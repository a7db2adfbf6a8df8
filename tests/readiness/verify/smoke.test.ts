import { expect, it } from "vitest";
import { run } from "../project.ts";
import {
  commit,
  type Fault,
  goodHeaders,
  healthBody,
  html,
  loginForm,
  page,
  send,
  serve,
  staging,
  verified,
} from "./healthy.ts";

const json = { "content-type": "application/json" };
const health =
  (status: number, more: object, headers: object = {}): Fault =>
  (_, response) =>
    send(response, status, { ...json, ...headers }, JSON.stringify(healthBody(more)));
const answers =
  (status: number, text = "", headers: object = {}): Fault =>
  (_, response) =>
    html(response, status, () => text, headers);
const redirect = (location: string): Fault => answers(302, "", { location });
const every = (count: number, fault: Fault): Fault => {
  let asked = 0;
  return (request, response, next) => (++asked % count === 0 ? fault(request, response, next) : next());
};
const slow =
  (milliseconds: number): Fault =>
  (_, __, next) =>
    void setTimeout(next, milliseconds);
const without =
  (name: string): Fault =>
  (_, response) => {
    const send = response.writeHead.bind(response);
    response.writeHead = ((status: number, headers: Record<string, string>) => {
      const { [name]: _, ...rest } = headers;
      return send(status, rest);
    }) as typeof send;
  };

it("a healthy site is verified", { retry: 2 }, async () => {
  const { status, report, faults } = await staging({}, { samples: 300 });
  expect(faults).toEqual([]);
  expect(status).toBe(0);
  expect(report).toMatchObject({ verdict: "pass", stack: "staging", commit: { seen: commit } });
  expect(report.samples.map(({ class: name, samples }) => [name, samples.length])).toEqual([
    ["list", 300],
    ["read", 300],
    ["analytics", 300],
    ["search", 300],
  ]);
});

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
    (request, response, next) => {
      without("x-content-type-options")(request, response, next);
      without("referrer-policy")(request, response, next);
      without("cross-origin-resource-policy")(request, response, next);
      next();
    },
    /^fail: security headers \/: .*no X-Content-Type-Options/,
  ],
  [
    "a page without a policy",
    "/",
    (request, response, next) => {
      without("content-security-policy")(request, response, next);
      next();
    },
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

it("a soft 404 is named, and the pages that are like it", async () => {
  const shell: Fault = (_, response) => html(response, 200, (nonce) => page("App", nonce, ""));
  const { faults } = await staging({
    "*": (request, response, next) =>
      request.url?.startsWith("/readiness-") || request.url === "/" ? shell(request, response, next) : next(),
  });
  expect(faults.filter((one) => /missing page|as if it were not there/.test(one))).toEqual([
    "fail: page /: answers as if it were not there: like any path that is missing",
    "fail: missing page a path that is not there: answers 200, must be 404",
  ]);
});

it("two of a hundred requests that fail are named", async () => {
  const broken = every(50, answers(500));
  const routes = ["/api/orders", "/api/orders/1", "/api/analytics", "/api/search"];
  const { status, faults } = await staging(Object.fromEntries(routes.map((path) => [path, broken])), {
    samples: 300,
  });
  expect(faults.join("\n")).toMatch(/fail: errors portal: 2\d of 1200 failed \(500\): more than 0.5 %/);
  expect(status).toBe(1);
});

it("a commit that is another one is named; one that is not told is unknown", async () => {
  const other = "f".repeat(40);
  expect((await staging({}, { commit })).status).toBe(0);
  expect((await staging({}, { commit: other })).faults).toEqual([
    `fail: commit /api/health: ${commit.slice(0, 12)} runs, must be ffffffffffff`,
  ]);
  const { status, faults } = await staging({ "/api/health": health(200, { commit: undefined }) }, { commit });
  expect(faults).toEqual(["unknown: commit /api/health: the health tells no commit"]);
  expect(status).toBe(3);
});

it("too few samples decide nothing", async () => {
  const { status, faults } = await staging({}, { samples: 40 });
  expect(faults[0]).toMatch(
    /unknown: p95 list \/api\/orders: not decided: 0 of 40 above 200 ms.*, 59 are needed at least/,
  );
  expect(status).toBe(3);
});

it("the rate limit is tried where it is asked for, for us and for others", async () => {
  const seen = new Map<string, number>();
  const limited =
    (whose: (address: string) => string): Fault =>
    (request, response, next) => {
      const key = whose(request.socket.remoteAddress ?? "");
      seen.set(key, (seen.get(key) ?? 0) + 1);
      if ((seen.get(key) ?? 0) > 150) answers(429)(request, response, next);
      else next();
    };
  const burst = { burst: 300 };
  const { faults, report } = await staging({ "/api/orders": limited((address) => address) }, burst);
  expect(faults.filter((one) => one.includes("rate limit"))).toEqual([]);
  expect(report.checks.filter(({ check }) => check === "rate limit").map(({ outcome }) => outcome)).toEqual([
    "pass",
    "pass",
  ]);
  seen.clear();
  const all = await staging({ "/api/orders": limited(() => "all") }, burst);
  expect(all.faults.join()).toMatch(
    /fail: rate limit \/api\/orders for others: answers 429 to 127.0.0.2 too/,
  );
  expect((await staging({}, burst)).faults.join()).toMatch(/answers 300 requests in a row, must answer 429/);
});

it("of anybody's address what is not there is not asked", async () => {
  const site = await serve({ "/api/health": answers(404) });
  const { status, report } = await verified({ url: site.url });
  site.close();
  expect(report.checks.find(({ check }) => check === "health")).toMatchObject({
    outcome: "not asked",
    said: "there is none",
  });
  expect(status).toBe(0);
});

it("a site that does not answer is one fault", async () => {
  const { status, faults } = await verified({ url: "http://127.0.0.1:1", stack: "staging" });
  expect(faults).toEqual(["fail: site 127.0.0.1:1: refuses connections"]);
  expect(status).toBe(1);
});

it("waits for what is coming up", async () => {
  let asked = 0;
  const comes: Fault = (request, response, next) =>
    ++asked < 2 ? answers(503)(request, response, next) : next();
  const { status } = await staging({ "/api/health": comes }, { waitSeconds: 100 });
  expect(status).toBe(0);
});

it.each([
  [["--url", "portal"], /is no address/],
  [["--url", "https://ana:secret@example.com"], /without a login/],
  [[], /verify needs --url, or --stack/],
  [["--url", "http://127.0.0.1:1", "--commit", "abc"], /full id of a commit/],
])("refuses %j", async (args, said) => {
  const { status, stderr } = await run(["verify", ...args]);
  expect(stderr).toMatch(said);
  expect(status).toBe(2);
});
