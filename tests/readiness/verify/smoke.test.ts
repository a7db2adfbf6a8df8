import { expect, it } from "vitest";
import { run } from "../project.ts";
import { answers, every, health } from "./faults.ts";
import { commit, type Fault, html, page, serve, staging, verified } from "./healthy.ts";

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

it("of what writes it says who tells", async () => {
  const { report } = await staging({}, { samples: 5 });
  expect(report.checks.find(({ subject }) => subject.startsWith("write "))).toMatchObject({
    check: "p95",
    outcome: "not asked",
    said: expect.stringMatching(/never writes: .*PRE-09/),
  });
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
