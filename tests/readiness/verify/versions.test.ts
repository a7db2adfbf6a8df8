/** Watches that ask Datadog: which monitors alert, and which version fails. The time is not real. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import schema from "../../../readiness/verify/report.schema.json" with { type: "json" };
import { randomFrom } from "../../support/random.ts";
import { fixtures } from "../project.ts";
import { type FakeDatadog, fakeDatadog, type SeenRequest } from "./fake-datadog.ts";
import { commit, serve, verified } from "./healthy.ts";

const start = Date.parse("2026-03-02T10:00:00Z");
const minute = 60_000;
const older = "a".repeat(40);
const endpoints = ["get_/api/orders", "get_/api/search", "get_/portal"];
const folders: string[] = [];
let folder: string;
let datadog: FakeDatadog | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "versions-"));
  folders.push(folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  datadog?.close();
  datadog = undefined;
});
afterAll(() => {
  for (const one of folders) rmSync(one, { recursive: true });
});

interface Kind {
  readonly version?: string;
  readonly perMinute?: number;
  readonly failing?: number;
  readonly seconds?: number;
}

/** Requests of a version, minute by minute, from one moment to another, in minutes of the watch. */
function requests(from: number, to: number, seed: number, kind: Kind = {}): readonly SeenRequest[] {
  const { version = commit, perMinute = 60, failing = 0, seconds = 0.1 } = kind;
  const random = randomFrom(seed);
  return Array.from({ length: (to - from) * perMinute }, (_, i) => ({
    at: start + (from + i / perMinute) * minute,
    version,
    endpoint: endpoints[i % endpoints.length] ?? "",
    failed: random() < failing,
    seconds: seconds * (0.5 + random()),
  }));
}

const well = [{ name: "portal", overall_state: "OK" }];

async function watched(
  seen: readonly SeenRequest[],
  more: Partial<Parameters<typeof fakeDatadog>[0]> & { readonly commit?: string } = {},
) {
  const { commit: wanted, ...others } = more;
  datadog = await fakeDatadog({
    monitors: well,
    requests: (to) => seen.filter(({ at }) => at < to),
    ...others,
  });
  for (const [name, value] of Object.entries(datadog.environment)) vi.stubEnv(name, value);
  // A machine that is busy is slow, and that is no fault.
  const before = join(folder, "before.json");
  const samples = Array.from({ length: 60 }, () => ({ ms: minute }));
  const paths = ["/", "/login", "/portal", "/admin", "/api/health"];
  const routes = ["/api/orders", "/api/orders/1", "/api/analytics", "/api/search"];
  const times = [...paths, ...routes].map((path) => ({ path, samples }));
  writeFileSync(before, JSON.stringify({ format: "verify-1.0", samples: times, watch: null }));
  let now = start;
  const ticker = {
    now: () => now,
    until: async (at: number) => {
      now = Math.max(now, at);
    },
  };
  const site = await serve();
  try {
    const where = { stack: "staging", url: site.url, folder: relative(fixtures, folder), before };
    const found = await verified(
      { ...where, phase: "10m", ...(wanted !== undefined && { commit: wanted }) },
      { ticker },
    );
    expect(JSON.stringify(found.report)).not.toContain("canary");
    return found;
  } finally {
    site.close();
  }
}

const byVersion = (said: readonly { check: string; outcome: string; said: string }[]) =>
  said
    .filter(({ check }) => / by version$/.test(check))
    .map(({ outcome, said: text }) => `${outcome}: ${text}`);

it("a version that is like the one before passes, with both in the report", async () => {
  const seen = [...requests(-60, 0, 1, { version: older, failing: 0.001 }), ...requests(0, 10, 2)];
  const { status, faults, report } = await watched(seen, { commit });
  expect(faults).toEqual([]);
  expect(status).toBe(0);
  expect(byVersion(report.checks)).toEqual([
    expect.stringMatching(
      /^pass: 0 of [56]\d\d requests to version 0123456789ab failed, of aaaaaaaaaaaa before it \d of \d+$/,
    ),
    expect.stringMatching(
      /^pass: p95 of version 0123456789ab is 14\d ms, of aaaaaaaaaaaa before it 14\d ms: /,
    ),
  ]);
  const validate = new Ajv2020({
    strict: true,
    allowUnionTypes: true,
    formats: { "date-time": true },
  }).compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  expect(report.watch?.minutes.at(-1)?.versions).toMatchObject([
    { service: "portal", now: { version: commit }, before: { version: older } },
  ]);
});

it("the version that fails is named, and stops the watch", async () => {
  const seen = [
    ...requests(-60, 1, 3, { version: older, failing: 0.001 }),
    ...requests(0, 10, 4, { failing: 0.1 }),
  ];
  const { status, faults, report } = await watched(seen, { commit });
  expect(status).toBe(1);
  expect(faults).toContainEqual(
    expect.stringMatching(
      /^fail: errors by version 10m portal: \d+ of \d+ requests to version 0123456789ab failed, of aaaaaaaaaaaa before it \d of \d+: .*, roll back$/,
    ),
  );
  expect(report.watch?.minutes.length).toBeLessThan(8);
});

it("so is one that is slower", async () => {
  const seen = [...requests(-60, 0, 5, { version: older }), ...requests(0, 10, 6, { seconds: 0.2 })];
  const { status, faults } = await watched(seen, { commit });
  expect(status).toBe(1);
  expect(faults).toContainEqual(
    expect.stringMatching(
      /^fail: response times by version 10m portal: p95 of version 0123456789ab is 2\d\d ms, of aaaaaaaaaaaa before it 1\d\d ms: \d+ of \d+ took longer than that, \d+ would have as before: roll back$/,
    ),
  );
});

it("one whose predecessor failed as often is not to blame", async () => {
  const seen = [
    ...requests(-60, 0, 7, { version: older, failing: 0.05 }),
    ...requests(0, 10, 8, { failing: 0.05 }),
  ];
  const { faults } = await watched(seen, { commit });
  expect(faults.filter((one) => one.startsWith("fail"))).toEqual([]);
});

it("without a version before it is held against a healthy release", async () => {
  const first = await watched(requests(0, 10, 9), { commit });
  expect(first.status).toBe(0);
  expect(byVersion(first.report.checks)).toEqual([
    expect.stringMatching(/^pass: 0 of .* failed, and no other version answered before it$/),
    "not asked: no other version answered before, to compare with",
  ]);
});

it("where that fails, it is stopped too", async () => {
  const broken = await watched(requests(0, 10, 10, { failing: 0.1 }), { commit });
  expect(broken.faults).toContainEqual(
    expect.stringMatching(/^fail: errors by version .* far more than a healthy release's 0.2 %/),
  );
});

it("too few requests decide nothing", async () => {
  const few = [
    ...requests(-50, 0, 11, { version: older, perMinute: 1 }),
    ...requests(0, 10, 12, { perMinute: 10 }),
  ];
  const { status, faults } = await watched(few, { commit });
  expect(status).toBe(3);
  expect(faults).toEqual([
    expect.stringMatching(/^unknown: errors by version 10m portal: 0 of 100 .*: not decided, with so few/),
    "unknown: response times by version 10m portal: aaaaaaaaaaaa answered too few requests to tell its p95",
  ]);
});

it("a version of which nothing is known is not well", async () => {
  const { status, faults } = await watched(requests(-60, 10, 13, { version: older }), { commit });
  expect(status).toBe(3);
  expect(faults).toEqual(["unknown: versions 10m portal: Datadog has no request of version 0123456789ab"]);
});

it("nor is what reports no version at all", async () => {
  const { faults } = await watched(requests(-60, 10, 14, { version: "N/A" }), {});
  expect(faults).toEqual(["unknown: versions 10m portal: Datadog has no request of version 0123456789ab"]);
});

it("keys that may not query are told of, and not shown", async () => {
  const { status, faults } = await watched([], { refuses: 403 });
  expect(status).toBe(3);
  expect(faults).toEqual([
    expect.stringMatching(
      /^unknown: versions 10m portal: http:\S+ answered 403: the keys may not query \(timeseries_query\)$/,
    ),
  ]);
});

it("monitors of the stack that alert are named", async () => {
  const monitors = ["OK", "Alert"].map((overall_state, i) => ({ name: `portal-${i}`, overall_state }));
  const { status, faults, report } = await watched(requests(-60, 10, 15), { monitors });
  expect(faults).toContain("fail: monitors 10m: alerting: portal-1");
  expect(status).toBe(1);
  expect(report.watch?.minutes).toHaveLength(2);
  expect(datadog?.asked.join()).toContain("monitor_tags=environment%3Astaging%2Cproduct%3Aportal");
});

it("of monitors that nobody tells nothing is known", async () => {
  const { status, faults } = await watched(requests(-60, 10, 16), { monitors: [] });
  expect(faults).toEqual(["unknown: monitors 10m: Datadog does not answer with the stack's monitors"]);
  expect(status).toBe(3);
});
