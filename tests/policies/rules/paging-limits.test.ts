/** Where the proofs of paging turn: exactly at a limit, and at notifications that lead nowhere. */
import { expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { proofRules } from "../../../policies/rules/paging.ts";
import { type Change, on, set } from "../mutations/mutation.ts";
import { pagedStack, types } from "../support/paged-stack.ts";
import { stackOf } from "../support/stack.ts";

const now = new Date("2026-11-01T12:00:00Z");

/** What the proofs hold against the paged stack after a change. */
function told(change: Change): readonly string[] {
  const changed = pagedStack.flatMap((r) => change(r) ?? []);
  return evaluate(proofRules, stackOf(changed), now)
    .filter(({ outcome }) => outcome !== "pass")
    .map((f) => `${f.by}: ${messageOf(f, "prod")}`);
}

const outage = { type: types.monitor, name: "outage" };
const slow = { type: types.monitor, name: "slow" };

it.each([
  [11, []],
  [12, [expect.stringContaining("outage-pages-within-two-minutes: homepage: it is the first")]],
])("an outage may be told of after two minutes, with attempts of %i s, and no later", (timeout, expected) => {
  // 60 s interval, three attempts and two pauses of a second, 5 s result, 20 s delivery.
  expect(told(on(types.check, set("requestDefinition.timeout", timeout)))).toEqual(expected);
});

it.each([
  [110, []],
  [111, [expect.stringContaining("hangs its first level hears after 301 s")]],
])(
  "a second alert may reach somebody at the response time, with a delay of %i s, and no later",
  (delay, expected) => {
    // 30 s hang, 60 s window, 20 s arrival, 60 s evaluation, 20 s delivery.
    expect(told(on(outage, set("evaluationDelay", delay)))).toEqual(expected);
  },
);

it.each([
  [31, []],
  [32, ["alerts-in-time: homepage: of an outage that hangs its last level hears after 303 s"]],
])(
  "the last level may hear at the response time, with attempts of %i s, and no later",
  (timeout, expected) => {
    // 60 s interval, three attempts and two pauses of a second, 5 s result, 20 s delivery, 120 s escalation.
    const late = told(on(types.check, set("requestDefinition.timeout", timeout)));
    const inTime = late.filter((text) => text.startsWith("alerts-in-time"));
    expect(inTime).toEqual(expected.map((text) => expect.stringContaining(text)));
  },
);

it.each([
  [
    300,
    [
      "alerts-in-time: outage: of an outage that hangs its last level hears after 310 s",
      "alerts-in-time: homepage: of an outage that fails at once its first level hears",
    ],
  ],
  [301, ["alerts-in-time: outage: of an outage that hangs its last level hears after 310 s"]],
])("a check every %i s is late, or another rule's concern", (tickEvery, expected) => {
  const late = told(on(types.check, set("optionsList.tickEvery", tickEvery)));
  const inTime = late.filter((text) => text.startsWith("alerts-in-time"));
  expect(inTime).toEqual(expected.map((text) => expect.stringContaining(text)));
});

it.each([
  ["time", 2, []],
  ["time", 1, ["of portal that fails at once opens 2 incidents, the last by outage after 160 s"]],
  ["time", 0, []],
  [undefined, undefined, ["of portal that fails at once opens 2 incidents, the last by outage after 160 s"]],
])("of a grouping by %s of %s minutes the story of an outage is made", (type, timeout, expected) => {
  const sev1 = { type: types.service, name: "portal-prod-sev1" };
  // 90 s by the check and 160 s by the monitor; where it hangs, 102 s and 190 s.
  expect(told(on(sev1, set("alertGroupingParameters", { type, config: { timeout } })))).toEqual(
    expected.map((text) =>
      expect.stringContaining(`outage-opens-one-incident: portal-prod-sev1: an outage ${text}`),
    ),
  );
});

it("what fires after the response time may be another fault", () => {
  const sev1 = { type: types.service, name: "portal-prod-sev1" };
  const apart: Change = (r) =>
    on(sev1, set("alertGroupingParameters", undefined))(on(outage, set("evaluationDelay", 260))(r) ?? r);
  expect(told(apart).filter((text) => text.startsWith("outage-opens"))).toEqual([]);
});

it("no SEV2 is held to the limit of an outage", () => {
  expect(told(on(slow, set("evaluationDelay", 300)))).toEqual([]);
  expect(told(on(slow, set("evaluationDelay", 900)))).toEqual([expect.stringContaining("≤ 900 s")]);
});

it.each([
  [undefined, []],
  [0, []],
  [1, [expect.stringContaining("alerts-outlast-silence: slow: timeoutH is 1")]],
])("an alert may resolve itself after %s hours", (timeoutH, expected) => {
  expect(told(on(slow, set("timeoutH", timeoutH)))).toEqual(expected);
});

it("nor may one of SEV1", () => {
  expect(told(on(outage, set("timeoutH", 24)))).toEqual([expect.stringContaining("outage: timeoutH is 24")]);
});

it("a notification by no contact method of this stack rings nobody", () => {
  const loose: Change = (r) => ({
    ...r,
    propertyDependencies: { ...r.propertyDependencies, contactMethod: [] },
  });
  const email = { type: types.contact, name: "helen-phone" };
  // Helen's method becomes Jonas's second one, of another type.
  const second = on(email, set("type", "email_contact_method"), (r) => ({
    ...r,
    propertyDependencies: {
      userId: pagedStack.filter((p) => p.type === types.user && p.name === "jonas").map(({ urn }) => urn),
    },
  }));
  const change: Change = (r) => {
    const changed = on({ type: types.notification, name: "jonas-high" }, loose)(r);
    return changed && second(changed);
  };
  expect(told(change).filter((text) => text.includes("jonas-high"))).toEqual([
    expect.stringContaining(
      "notifications-ring-their-owner: jonas-high: it tells jonas by way of nobody's contact method",
    ),
  ]);
});

it("a notification of nobody rings nobody", () => {
  const change: Change = (r) => ({
    ...r,
    propertyDependencies: { ...r.propertyDependencies, userId: [] },
  });
  expect(told(on({ type: types.notification, name: "jonas-high" }, change))).toEqual([
    expect.stringContaining("it tells nobody of this stack by way of jonas"),
  ]);
});
