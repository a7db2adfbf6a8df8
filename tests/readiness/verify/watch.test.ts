/** Watches whose minutes pass at once: the site is real, the time is not. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { verifyWatches } from "../../../readiness/proofs/evidence/formats/watch/verify-watch.ts";
import type { Ticker } from "../../../readiness/verify/watch/watch.ts";
import { randomFrom } from "../../support/random.ts";
import { fixtures } from "../project.ts";
import { commit, type Fault, type Faults, healthBody, send, serve, verified } from "./healthy.ts";

const start = Date.parse("2026-03-02T10:00:00Z");
const minute = 60_000;
const folders: string[] = [];
let folder: string;

/** A report of a time when everything took a minute: a machine that is busy is slow, and that is no fault. */
let unhurried: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watch-"));
  folders.push(folder);
  unhurried = join(folder, "before.json");
  const samples = Array.from({ length: 60 }, () => ({ ms: minute }));
  const paths = [
    "/",
    "/login",
    "/portal",
    "/admin",
    "/api/health",
    "/api/orders",
    "/api/orders/1",
    "/api/analytics",
    "/api/search",
  ];
  const times = paths.map((path) => ({ path, samples }));
  writeFileSync(unhurried, JSON.stringify({ format: "verify-1.0", samples: times, watch: null }));
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

/** @param passed called with the time whenever some passes */
function time(from = start, passed: (now: number) => void = () => {}): Ticker {
  let now = from;
  return {
    now: () => now,
    until: async (at) => {
      now = Math.max(now, at);
      passed(now);
    },
  };
}

async function watched(faults: Faults, options: Parameters<typeof verified>[0] = {}, ticker = time()) {
  const site = await serve(faults);
  try {
    return await verified(
      {
        stack: "staging",
        url: site.url,
        phase: "10m",
        folder: relative(fixtures, folder),
        before: unhurried,
        ...options,
      },
      { ticker },
    );
  } finally {
    site.close();
  }
}

/** Of every path, with a share that fails once the smoke phase is over. */
function failing(share: number, seed: number, from = () => true): Faults {
  const random = randomFrom(seed);
  return {
    "*": (_, response, next) => {
      if (from() && random() < share) response.writeHead(500).end();
      else next();
    },
  };
}

/** Begins with the watch. */
function once(): { readonly ticker: Ticker; readonly on: () => boolean } {
  let begun = false;
  return {
    ticker: time(start, () => {
      begun = true;
    }),
    on: () => begun,
  };
}

it("a healthy release passes ten minutes, with figures and a picture", async () => {
  const { status, report, faults } = await watched({}, { commit });
  expect(faults).toEqual([]);
  expect(status).toBe(0);
  expect(report.watch?.minutes).toHaveLength(10);
  const said = Object.fromEntries(
    report.checks.filter(({ subject }) => subject === "10m").map(({ check, said }) => [check, said]),
  );
  expect(said["errors"]).toBe(
    "0 of 600 of our own requests failed in 10 minutes: at most 0.50 % with 95 % confidence, below 1 %",
  );
  expect(said["response times"]).toBe("0 of 600 were slower than 95 % were before");
  const page = readdirSync(folder).find((file) => file.endsWith(".html")) ?? "";
  expect(readFileSync(join(folder, page), "utf8")).toMatch(/<h1>pass: 0 of 600 .*<svg/s);
});

it("its report is evidence, and worked out again from its minutes", async () => {
  const { report } = await watched({}, { commit });
  const left = readdirSync(folder).find((file) => file.endsWith("-10m-report.json")) ?? "";
  expect(JSON.parse(readFileSync(join(folder, left), "utf8"))).toEqual(report);
  const [tenMinutes, hour] = verifyWatches;
  const read = (value: unknown, format = tenMinutes) =>
    format?.read({ path: "verify.json", bytes: Buffer.from(JSON.stringify(value)) });
  expect(read(report)).toMatchObject({
    commit,
    measure: {
      kind: "watch-10m",
      minutes: 10,
      requests: 600,
      errors: 0,
      shown: true,
      failed: [],
      unknown: [],
    },
  });
  expect(read(report, hour)).toEqual({ problem: "it is of the phase 10m: give that of --phase 1h" });
  const minutes = report.watch?.minutes ?? [];
  const edited = minutes.map((one) => ({ ...one, requests: 60, errors: 20, ms: [] }));
  expect(read({ ...report, watch: { ...report.watch, minutes: edited } })).toEqual({
    problem: "it contradicts itself: its errors are those of a broken release, above 1 %",
  });
  const twice = { ...report, watch: { ...report.watch, minutes: [...minutes, ...minutes] } };
  expect(read(twice)).toEqual({ problem: "it contradicts itself: its minutes are not in order" });
  expect(read({ ...report, watch: null })).toHaveProperty(
    "problem",
    expect.stringMatching(/nothing was watched/),
  );
  expect(read({ ...report, commit: { wanted: commit, seen: "f".repeat(40) } })).toHaveProperty(
    "problem",
    expect.stringMatching(/another commit ran/),
  );
});

it("a release that fails in one of ten requests is stopped within minutes", async () => {
  const { ticker, on } = once();
  const { status, report, faults } = await watched(failing(0.1, 5, on), {}, ticker);
  expect(status).toBe(1);
  expect(faults[0]).toMatch(
    /^fail: errors 10m: \d+ of \d+ of our own requests failed by minute [2-4]: .*roll back$/,
  );
  expect(report.watch?.minutes.length).toBeLessThan(5);
});

it("too little traffic decides nothing", async () => {
  const { status, faults } = await watched({}, { perMinute: 15 });
  expect(status).toBe(3);
  expect(faults).toEqual([
    expect.stringMatching(/^unknown: errors 10m: 0 of 150 .* not enough traffic/),
    expect.stringMatching(/^unknown: response times 10m/),
  ]);
});

it("what is not well at once is not watched", async () => {
  const { status, report } = await watched(failing(1, 1));
  expect(status).toBe(1);
  expect(report.watch).toBeNull();
});

it("another commit that comes in between is named", async () => {
  const { ticker, on } = once();
  const other: Fault = (_, response) =>
    send(
      response,
      200,
      { "content-type": "application/json" },
      JSON.stringify(healthBody({ commit: on() ? "f".repeat(40) : commit })),
    );
  let changed = false;
  const later: Ticker = {
    now: ticker.now,
    until: async (at) => {
      await ticker.until(at);
      changed = at > start + 3 * minute;
    },
  };
  const replaced: Fault = (request, response, next) => (changed ? other(request, response, next) : next());
  const { faults } = await watched({ "/api/health": replaced }, {}, later);
  expect(faults).toContain("fail: release 10m: another commit came in between: 0123456789ab, ffffffffffff");
});

it("a watch that was interrupted goes on, and says what it has not seen", async () => {
  const site = await serve();
  const options = {
    stack: "staging",
    url: site.url,
    phase: "1h" as const,
    before: unhurried,
    folder: relative(fixtures, folder),
  };
  class Killed extends Error {}
  const killed = time(start, (now) => {
    if (now > start + 20 * minute) throw new Killed();
  });
  await expect(verified(options, { ticker: killed })).rejects.toThrow();
  const { report, status } = await verified(options, { ticker: time(start + 22 * minute + 30_000) });
  site.close();
  expect(report.watch?.startedAt).toBe(new Date(start).toISOString());
  expect(report.watch?.minutes.map((one) => one.minute)).not.toContain(21);
  expect(report.watch?.minutes.length).toBe(20 + 38);
  expect(status).toBe(0);
});

it("a watch of which a tenth or more was not seen proves nothing", async () => {
  const ticker = time();
  let late = false;
  const sleepy: Ticker = {
    now: () => ticker.now() + (late ? 5 * minute : 0),
    until: async (at) => {
      await ticker.until(at);
      late ||= at >= start + 2 * minute;
    },
  };
  const { status, faults } = await watched({}, {}, sleepy);
  expect(faults.join("\n")).toMatch(/unknown: errors 10m as a whole: [2-6] of 10 minutes were watched/);
  expect(status).toBe(3);
});

it("it is compared with the time before", async () => {
  const site = await serve();
  const { report } = await verified({ stack: "staging", url: site.url, samples: 60 });
  const before = join(folder, "before.json");
  // As if all had been quick as nothing.
  const quick = report.samples.map((one) => ({
    ...one,
    samples: one.samples.map((sample) => ({ ...sample, ms: 0 })),
  }));
  writeFileSync(before, JSON.stringify({ ...report, samples: quick }));
  const { faults } = await verified(
    { stack: "staging", url: site.url, phase: "10m", folder: relative(fixtures, folder), before },
    { ticker: time() },
  );
  site.close();
  expect(faults).toEqual([
    expect.stringMatching(
      /^fail: response times 10m: \d+ of 600 were slower than 95 % were before: more than 7.5 %/,
    ),
  ]);
});

it("a state that nobody can read is refused", async () => {
  const site = await serve();
  writeFileSync(join(folder, `127.0.0.1_${site.port}-10m.json`), "{");
  await expect(
    verified({ stack: "staging", url: site.url, phase: "10m", folder: relative(fixtures, folder) }),
  ).rejects.toThrow(/is no state of a watch: remove it/);
  site.close();
  expect(existsSync(folder)).toBe(true);
});
