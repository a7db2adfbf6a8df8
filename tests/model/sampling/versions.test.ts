/** How often the comparison of two versions is wrong, by seeded simulation. */
import { expect, it } from "vitest";
import { hypergeometric } from "../../../model/alerts/quietness/counts.ts";
import { compareVersions, type Endpoint, failing, slower } from "../../../model/sampling/versions.ts";
import type { Minute } from "../../../model/sampling/watch.ts";
import { failuresOf, randomFrom } from "../../support/random.ts";

type Share = (minute: number, endpoint: number) => number;

const quiet: Minute = { requests: 0, errors: 0 };

/** An hour of the version before, then so many minutes of the new one; requests a minute, by endpoint. */
function drawn(
  before: readonly number[],
  now: readonly number[],
  shareBefore: Share,
  shareNow: Share,
  random: () => number,
  minutes = 10,
): Endpoint[] {
  const of = (requests: number, share: number) => ({ requests, errors: failuresOf(requests, share, random) });
  return before.map((requests, endpoint) => ({
    before: Array.from({ length: 60 + minutes }, (_, i) =>
      i < 60 ? of(requests, shareBefore(i, endpoint)) : quiet,
    ),
    now: Array.from({ length: 60 + minutes }, (_, i) =>
      i < 60 ? quiet : of(now[endpoint] ?? 0, shareNow(i, endpoint)),
    ),
  }));
}

const until = (endpoints: readonly Endpoint[], minute: number): Endpoint[] =>
  endpoints.map(({ now, before }) => ({ before, now: now.slice(0, minute) }));

/** Shares of runs that end so, looked at after every minute. */
function ends(runs: number, seed: number, draw: (random: () => number) => Endpoint[], limits = failing) {
  const random = randomFrom(seed);
  const found = { fail: 0, pass: 0, unknown: 0 };
  for (let run = 0; run < runs; run++) {
    const endpoints = draw(random);
    const looks = Array.from({ length: 10 }, (_, i) => compareVersions(until(endpoints, 61 + i), limits, 10));
    const stopped = looks.some(({ outcome }) => outcome === "fail");
    found[stopped ? "fail" : (looks.at(-1)?.outcome ?? "unknown")] += 1 / runs;
  }
  return found;
}

const even = [10, 10, 10, 10, 10, 10];

it("a version that is like the one before is stopped once in a hundred cases at most", () => {
  const alike = (share: number) => (random: () => number) =>
    drawn(
      even,
      even,
      () => share,
      () => share,
      random,
    );
  expect(ends(1_000, 1, alike(0.001)).fail).toBeLessThan(0.002);
  expect(ends(1_000, 2, alike(0.005)).fail).toBeLessThan(0.01);
  const asQuick = ends(1_000, 3, alike(0.05), slower);
  expect(asQuick.fail).toBeLessThan(0.01);
  expect(asQuick.pass).toBeGreaterThan(0.95);
});

it("nor for another mix of requests: one endpoint always was worse, and is asked more", () => {
  const worse: Share = (_, endpoint) => (endpoint === 0 ? 0.1 : 0.001);
  const mixed = (random: () => number) => drawn([3, 60, 60], [20, 20, 20], worse, worse, random);
  expect(ends(500, 4, mixed).fail).toBeLessThan(0.01);
  const asOne = (endpoints: readonly Endpoint[]): Endpoint => {
    const all = (of: "now" | "before") =>
      (endpoints[0]?.[of] ?? []).map((_, i) => ({
        requests: endpoints.reduce((sum, one) => sum + (one[of][i]?.requests ?? 0), 0),
        errors: endpoints.reduce((sum, one) => sum + (one[of][i]?.errors ?? 0), 0),
      }));
    return { now: all("now"), before: all("before") };
  };
  // Which it would be, were the endpoints not told apart.
  expect(ends(100, 4, (random) => [asOne(mixed(random))]).fail).toBeGreaterThan(0.9);
});

it("nor for errors that always came in clusters", () => {
  const clustered = (random: () => number) => {
    const share: Share = () => (random() < 0.05 ? 0.1 : 0);
    return drawn([60], [60], share, share, random);
  };
  expect(ends(500, 5, clustered).fail).toBeLessThan(0.01);
});

it.each([
  [0.02, 0.7],
  [0.05, 0.99],
  [0.1, 0.999],
])("at 60 requests a minute a share of %d failing, of 0.1 % before, is caught", (share, least) => {
  const { fail, pass } = ends(300, 6, (random) =>
    drawn(
      even,
      even,
      () => 0.001,
      () => share,
      random,
    ),
  );
  expect(fail).toBeGreaterThan(least);
  expect(pass).toBeLessThan(0.05);
});

it.each([
  [0.1, 0.3],
  [0.15, 0.95],
])("a share of %d slower than 95 % were before is caught", (share, least) => {
  const { fail, pass } = ends(
    300,
    7,
    (random) =>
      drawn(
        even,
        even,
        () => 0.05,
        () => share,
        random,
      ),
    slower,
  );
  expect(fail).toBeGreaterThan(least);
  expect(pass).toBeLessThan(0.05);
});

it("a version whose predecessor failed as often is not to blame", () => {
  const ill = (random: () => number) =>
    drawn(
      even,
      even,
      () => 0.04,
      () => 0.04,
      random,
    );
  expect(ends(200, 8, ill).pass).toBeGreaterThan(0.5);
  const [first] = [compareVersions(ill(randomFrom(9)), failing, 10)];
  expect(first.expected).toBeGreaterThan(10);
});

it("what only the new version has is held against what is healthy", () => {
  const random = randomFrom(10);
  const endpoints = drawn(
    [60, 0],
    [40, 20],
    () => 0,
    (_, endpoint) => (endpoint === 1 ? 0.2 : 0),
    random,
  );
  expect(compareVersions(endpoints, failing, 10).outcome).toBe("fail");
  // Of how quick it was nothing is known.
  expect(compareVersions(endpoints, slower, 10)).toMatchObject({ outcome: "pass", requests: 400 });
  const first = drawn(
    [0],
    [60],
    () => 0,
    () => 0,
    random,
  );
  expect(compareVersions(first, failing, 10).outcome).toBe("pass");
  expect(compareVersions(first, slower, 10)).toMatchObject({ outcome: "unknown", requests: 0 });
});

it("too few requests, or none, decide nothing", () => {
  const few = drawn(
    [60],
    [15],
    () => 0,
    () => 0,
    randomFrom(11),
  );
  expect(compareVersions(few, failing, 10).outcome).toBe("unknown");
  expect(compareVersions([], failing, 10)).toMatchObject({ outcome: "unknown", requests: 0, wrong: 0 });
});

it("a single minute, however bad, is one visitor's", () => {
  const [endpoint] = drawn(
    [60],
    [60],
    () => 0,
    () => 0,
    randomFrom(12),
  );
  const now = (endpoint?.now ?? []).map((minute, i) => (i === 65 ? { ...minute, errors: 30 } : minute));
  expect(compareVersions([{ before: endpoint?.before ?? [], now }], failing, 10).outcome).toBe("unknown");
});

it("chance deals as it has to", () => {
  // Of 10 cards of which 4 are marked, 3 are drawn.
  const dealt = hypergeometric(10, 4, 3);
  expect([0, 1, 2, 3].map((count) => dealt.of(count) * 120)).toEqual(
    [20, 60, 36, 4].map((times) => expect.closeTo(times, 9)),
  );
  expect(hypergeometric(10, 8, 5).first).toBe(3);
  expect(hypergeometric(5, 0, 5).of(0)).toBe(1);
  const many = hypergeometric(2_000_000, 100_000, 1_000_000);
  expect(many.atLeast(50_000)).toBeCloseTo(0.5, 2);
  expect(many.last - many.first).toBeLessThan(5_000);
});
