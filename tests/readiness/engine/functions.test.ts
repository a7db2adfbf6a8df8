import { expect, test } from "vitest";
import { callFunction } from "../../../readiness/engine/functions.ts";
import { unknown } from "./run.ts";

test("PagerDuty's vendors have the ids that they have in every account", () => {
  expect(callFunction("pagerduty:index/getVendor:getVendor", { name: "Datadog" })).toMatchObject({
    id: "PAM4FGS",
    name: "Datadog",
  });
});

test("what only an account knows is unknown, but for its number, which is made up", () => {
  const { accountId, ...identity } = callFunction("aws:index/getCallerIdentity:getCallerIdentity", {}) ?? {};
  expect(accountId).toMatch(/^\d{12}$/);
  expect(new Set(Object.values(identity))).toEqual(new Set([unknown]));
});

test.each([
  ["other:index/getThing:getThing", {}],
  ["pagerduty:index/getVendor:getVendor", { name: "Nobody" }],
])("%s of %j has no answer", (token, args) => {
  expect(callFunction(token, args)).toBeUndefined();
});
