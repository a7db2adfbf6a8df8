import { describe, expect, it } from "vitest";
import { chainsOf } from "../../../policies/declared/chain.ts";
import { deliveryOf, pausesOf } from "../../../policies/declared/delivery.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, on, set } from "../mutations/mutation.ts";
import { pagedStack, types } from "../support/paged-stack.ts";
import { stackOf } from "../support/stack.ts";

const changed = (change: Change) =>
  stackOf(pagedStack.flatMap((r): readonly Registration[] => [change(r) ?? r]));
const pause = on({ type: types.service, name: "portal-prod-sev1" }, (r) => ({
  ...r,
  props: { ...r.props, autoPauseNotificationsParameters: { enabled: true, timeout: 120 } },
}));

/** What is between an alert of SEV1 and a phone. */
function steps(change: Change): readonly string[] {
  const stack = changed(change);
  const chain = chainsOf(stack).find(({ severity }) => severity === "SEV1");
  return chain ? deliveryOf(chain, stack).map(({ name, seconds }) => `${seconds} s ${name}`) : [];
}

describe("the way from an alert to a phone", () => {
  it("is the delivery alone where nothing waits", () => {
    expect(steps((r) => r)).toEqual(["20 s delivery"]);
  });

  it("is longer by what the service pauses", () => {
    expect(steps(pause)).toEqual(["20 s delivery", "120 s pause"]);
    const stack = changed(pause);
    expect(pausesOf(stack, "SEV1")).toEqual([{ service: "portal-prod-sev1", seconds: 120 }]);
    expect(pausesOf(stack, "SEV2")).toEqual([]);
  });

  it("is longer by the first notification of whoever is told last", () => {
    const late = on({ type: types.notification, name: "jonas-high" }, set("startDelayInMinutes", 4));
    expect(steps(late)).toEqual(["20 s delivery", "240 s notification"]);
  });

  it("counts what rings, not what is sent by e-mail", () => {
    const byMail = on(types.contact, set("type", "email_contact_method"));
    const late = on(types.notification, set("startDelayInMinutes", 4));
    expect(steps((r) => late(byMail(r) ?? r))).toEqual(["20 s delivery"]);
  });
});
