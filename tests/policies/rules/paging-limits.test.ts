/** Where the proofs of paging turn: exactly at a limit, and at notifications that lead nowhere. */
import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { proofRules } from "../../../policies/rules/paging.ts";
import { type Change, on, set } from "../mutations/mutation.ts";
import { pagedStack, types } from "../support/paged-stack.ts";
import { stackOf, unknown } from "../support/stack.ts";

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
    expected.map((text) => expect.stringContaining(`outage-calls-once: portal-prod-sev1: an outage ${text}`)),
  );
});

describe("a SEV1 and a SEV2 of one outage", () => {
  const again = (change: Change) => told(change).filter((text) => text.startsWith("outage-calls-once"));
  const homepage = { type: types.check, name: "homepage" };
  const alone = set("message", "@pagerduty-portal-prod-sev1");

  it.each([
    [22, []],
    [21, ["slow: in an outage of portal that hangs it may ring after 81 s, and homepage again after 82 s"]],
  ])("call once where the SEV2 waits %i s, until the SEV1 has fired", (delay, expected) => {
    // 30 s hang, 30 s of the window; 60 s interval, three attempts and two pauses of a second, 5 s result.
    expect(again(on(slow, set("evaluationDelay", delay)))).toEqual(
      expected.map((text) => expect.stringContaining(text)),
    );
  });

  it("call twice where the SEV1 opens its own incident alone", () => {
    const change: Change = (r) => on(homepage, alone)(on(outage, alone)(r) ?? r);
    expect(again(change)).toEqual([
      expect.stringContaining(
        "homepage: in an outage of portal that hangs it rings, and portal-prod-sev2 rings again for slow",
      ),
    ]);
  });

  it("call twice where another SEV1 may be first, and opens its own alone", () => {
    expect(again(on(homepage, alone))).toEqual([
      expect.stringContaining(
        "homepage: in an outage of portal that hangs it may ring after 0 s, and outage again",
      ),
    ]);
    // 30 s hang, 60 s window: it is never first.
    expect(again(on(outage, alone))).toEqual([]);
  });

  it("are not looked at where the SEV2 tells of no outage, or no SEV1 does", () => {
    const query = "avg(last_10m):avg:aws.rds.cpuutilization{*} > 90";
    expect(
      again((r) => on(outage, alone)(on(homepage, alone)(on(slow, set("query", query))(r) ?? r) ?? r)),
    ).toEqual([]);
    expect(again((r) => (r.type === types.check || r.name === "outage" ? undefined : r))).toEqual([]);
  });

  it("are undecided where a message is not known", () => {
    const [first] = evaluate(
      proofRules.filter(({ id }) => id === "outage-calls-once"),
      stackOf(pagedStack.map((r) => on(homepage, set("message", unknown))(r) ?? r)),
      now,
    );
    expect(first?.outcome).toBe("unknown");
  });
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
