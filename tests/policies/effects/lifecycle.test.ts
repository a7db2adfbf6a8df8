import fc from "fast-check";
import { expect, it } from "vitest";
import { kept } from "../../../policies/effects/lifecycle.ts";

const rule = (more: object, status = "Enabled") => ({ id: "r", status, ...more });
const never = { current: Number.POSITIVE_INFINITY, earlier: Number.POSITIVE_INFINITY };

it.each([
  ["nothing is declared", [], never],
  ["a rule only tidies up", [rule({ abortIncompleteMultipartUpload: { daysAfterInitiation: 7 } })], never],
  ["a rule is switched off", [rule({ expiration: { days: 1 } }, "Disabled")], never],
  ["a rule takes marks away", [rule({ expiration: { expiredObjectDeleteMarker: true } })], never],
  ["a rule has days", [rule({ expiration: { days: 30 } })], { ...never, current: 30 }],
  ["a rule has a date", [rule({ expiration: { date: "2030-01-01" } })], { ...never, current: 0 }],
  [
    "a rule is about earlier versions",
    [rule({ noncurrentVersionExpiration: { noncurrentDays: 9 } })],
    { ...never, earlier: 9 },
  ],
])("where %s", (_, rules, expected) => {
  expect(kept([{ rules }])).toEqual(expected);
});

it("of several rules, wherever they stand, the first counts", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1 }), (days) => {
      const rules = days.map((n) => rule({ expiration: { days: n } }));
      const apart = rules.map((one) => ({ rules: [one] }));
      expect(kept([{ rules }]).current).toBe(Math.min(...days));
      expect(kept(apart).current).toBe(Math.min(...days));
    }),
  );
});
