import { describe, expect, it } from "vitest";
import { among, declare } from "../support/declare-on-call.ts";

const declared = await declare();
const { all, one } = among(declared);

describe("OnCallPerson", () => {
  it("makes everybody a member of the team who can be mailed, texted and called", () => {
    expect(all("User")).toHaveLength(5);
    expect(one("TeamMembership", "on-call-ema")).toMatchObject({
      userId: "User on-call-ema",
      teamId: "Team on-call",
      role: "manager",
    });
    // PagerDuty makes that of the user's own address, and refuses a second one.
    expect(
      all("UserContactMethod").filter(({ inputs }) => inputs["type"] === "email_contact_method"),
    ).toEqual([]);
    for (const channel of ["sms", "phone"]) {
      expect(one("UserContactMethod", `on-call-ana-${channel}`)).toMatchObject({
        type: `${channel}_contact_method`,
        countryCode: 385,
        address: "915550101",
      });
    }
  });

  it("rings at once for high urgency and only mails for low", () => {
    const rules = all("UserNotificationRule")
      .map((r) => r.inputs)
      .filter(({ userId }) => userId === "User on-call-bruno")
      .map(({ urgency, startDelayInMinutes, contactMethod }) => ({
        urgency,
        startDelayInMinutes,
        contactMethod,
      }));
    const by = (channel: string) => ({
      type: `${channel}_contact_method`,
      id: `UserContactMethod on-call-bruno-${channel}`,
    });
    expect(rules).toHaveLength(4);
    expect(rules).toEqual(
      expect.arrayContaining([
        { urgency: "high", startDelayInMinutes: 0, contactMethod: by("sms") },
        { urgency: "high", startDelayInMinutes: 0, contactMethod: by("phone") },
        { urgency: "high", startDelayInMinutes: 1, contactMethod: by("phone") },
        {
          urgency: "low",
          startDelayInMinutes: 1,
          contactMethod: {
            type: "email_contact_method",
            id: "Default email_contact_method of User on-call-bruno",
          },
        },
      ]),
    );
  });
});
