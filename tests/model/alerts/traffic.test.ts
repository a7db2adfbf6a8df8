import fc from "fast-check";
import { expect, it } from "vitest";
import {
  allTraffic,
  busiest,
  levelsOf,
  quietest,
  trafficOf,
  trafficTag,
  windowFor,
} from "../../../model/alerts/traffic.ts";
import { loadSpec, type StackSpec } from "../../../model/config/stack-spec.ts";
import { prodConfig } from "../prod-config.ts";

function specWith(requestsPerMinute: unknown): StackSpec {
  return loadSpec("prod", prodConfig([["readiness:services", 0, "requestsPerMinute"], requestsPerMinute]));
}
const trafficIn = (spec: StackSpec) => spec.services.flatMap((service) => trafficOf(service, spec));

it("is what the checks send where nobody says more", () => {
  const spec = specWith(undefined);
  // From three places: health each minute, and four classes that only read every five minutes.
  expect(trafficIn(spec)).toEqual([{ perMinute: 5.4, hours: 168 }]);
});

it("is quiet for one half of the day and busy for the other", () => {
  expect(trafficIn(specWith([15, 240]))).toEqual([
    { perMinute: 15, hours: 84 },
    { perMinute: 240, hours: 84 },
  ]);
});

it("is told by the hour, each level once", () => {
  const hours = [...new Array(8).fill(20), ...new Array(14).fill(300), 60, 60];
  expect(trafficIn(specWith(hours)).map(trafficTag)).toEqual([
    "traffic:20/56h",
    "traffic:300/98h",
    "traffic:60/14h",
  ]);
});

it.each([[[15]], [[1, 2, 3]], [[0, 5]], ["busy"], [new Array(23).fill(9)]])("is refused as %j", (written) => {
  expect(() => specWith(written)).toThrow(/requestsPerMinute/);
});

it("fills a week, whatever is written", () => {
  const perMinute = fc.integer({ min: 1, max: 9 });
  const written = fc.oneof(
    fc.array(perMinute, { minLength: 2, maxLength: 2 }),
    fc.array(perMinute, { minLength: 24, maxLength: 24 }),
  );
  fc.assert(
    fc.property(written, (numbers) => {
      const levels = levelsOf(numbers);
      expect(levels.reduce((sum, { hours }) => sum + hours, 0)).toBeCloseTo(168, 6);
      expect(quietest(levels)).toBe(Math.min(...numbers));
      expect(busiest(levels)).toBe(Math.max(...numbers));
    }),
  );
});

it("adds up for what the services share", () => {
  expect(allTraffic(specWith([10, 90]))).toEqual([
    { perMinute: 10, hours: 84 },
    { perMinute: 90, hours: 84 },
  ]);
});

it.each([
  [90, 15, 10, 10],
  [90, 3, 30, 30],
  [90, 1, 30, 120],
  [90, 9, 10, 10],
  [90, 7, 10, 15],
  [90, 0.1, 10, 480],
])(
  "of %i requests at %f a minute, %i minutes at least, a window has %i minutes",
  (requests, perMinute, least, minutes) => {
    expect(windowFor(requests, perMinute, least)).toBe(minutes);
  },
);
