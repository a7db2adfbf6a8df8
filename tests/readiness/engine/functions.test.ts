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
  const { accountId, ...identity } = callFunction("aws:index/getCallerIdentity:getCallerIdentity", {});
  expect(accountId).toMatch(/^\d{12}$/);
  expect(new Set(Object.values(identity))).toEqual(new Set([unknown]));
});

test.each([
  ["other:index/getThing:getThing", {}, "other:index/getThing:getThing"],
  ["pagerduty:index/getVendor:getVendor", { name: "Nobody" }, "Nobody"],
])("%s without an answer is an error that says where to add one", (token, args, subject) => {
  expect(() => callFunction(token, args)).toThrow(subject);
  expect(() => callFunction(token, args)).toThrow("readiness/engine/functions.ts");
});
