/** What other teams may do as well: the rules of on-call ask for what comes of it. */
import { describe, expect, it } from "vitest";
import { evaluate } from "../../../policies/evaluate.ts";
import { onCallRules } from "../../../policies/rules/on-call.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, drop, on, set } from "../mutations/mutation.ts";
import { resource } from "../support/linked.ts";
import { pagerduty, readyStack } from "../support/on-call-stack.ts";
import { stackOf, unknown } from "../support/stack.ts";

const now = new Date("2026-11-01T12:00:00Z");

/** What does not hold of the ready stack after some changes. */
function told(...changes: readonly Change[]): readonly string[] {
  const apply = (r: Registration) =>
    changes.reduce<Registration | undefined>((changed, change) => changed && change(changed), r) ?? [];
  return evaluate(onCallRules, stackOf(readyStack().flatMap(apply)), now)
    .filter(({ outcome }) => outcome !== "pass" && outcome !== "not-applicable")
    .map(({ by, outcome, subject }) => `${by} ${outcome}: ${subject}`);
}

const team = readyStack().find(({ type }) => type === pagerduty("Team"));
const schedule = { type: pagerduty("Schedule"), name: "portal-prod-primary" };
const backup = { ...schedule, name: "portal-prod-backup" };

/** A second crew has some hours of every day; ids are not known unless they are said. */
function crews(
  startTimeOfDay: string,
  hours: number,
  users?: readonly (readonly string[])[],
  rota = schedule,
): Change {
  const restrictions = [{ type: "daily_restriction", startTimeOfDay, durationSeconds: hours * 3600 }];
  return on(rota, (r) => {
    const [layer] = r.props["layers"] as readonly { readonly users: readonly string[] }[];
    const layers = [
      { ...layer, users: users?.[0] ?? layer?.users },
      { ...layer, users: users?.[1] ?? layer?.users, restrictions },
    ];
    return { ...r, props: { ...r.props, layers } };
  });
}

describe("teams may", () => {
  it("connect Slack to the team in the place of each service", () => {
    const ofTeam = on(pagerduty("SlackConnection"), set("sourceType", "team_reference"), (r) => ({
      ...r,
      propertyDependencies: { ...r.propertyDependencies, sourceId: team ? [team.urn] : [] },
    }));
    expect(told(ofTeam)).toEqual([]);
  });

  it("use the Events API in the place of Datadog's own integration", () => {
    const eventsApi = on(
      pagerduty("ServiceIntegration"),
      set("vendor", undefined),
      set("type", "events_api_v2_inbound_integration"),
    );
    expect(told(eventsApi)).toEqual([]);
  });

  it("group what fires within the response time", () => {
    const grouped = (timeout: number) =>
      on(
        { type: pagerduty("Service"), name: "on-call-portal-sev2" },
        set("alertGroupingParameters", { type: "time", config: { timeout } }),
      );
    expect(told(grouped(15))).toEqual([]);
    expect(told(grouped(16))).toEqual(["second-fault-pages-too fail: on-call-portal-sev2"]);
  });

  it("leave a layer behind that has ended", () => {
    const ended = on(schedule, (r) => {
      const [layer] = r.props["layers"] as readonly { readonly users: readonly string[] }[];
      const old = { ...layer, users: layer?.users.slice(0, 1), end: "2026-06-01T09:00:00Z" };
      return { ...r, props: { ...r.props, layers: [old, layer] } };
    });
    expect(told(ended)).toEqual([]);
  });

  it.each([14_400, 43_200, 86_400, 14 * 86_400, 31 * 86_400])("take turns of %i seconds", (seconds) => {
    expect(told(on(schedule, set("layers.0.rotationTurnLengthSeconds", seconds)))).toEqual([]);
  });

  it("share the day among crews whose turns change when the crews do", () => {
    expect(told(crews("09:00:00", 12))).toEqual([]);
    expect(told(crews("21:00:00", 12))).toEqual([]);
    expect(told(crews("20:00:00", 12))).toEqual(["rotation-turns-bearable fail: portal-prod-primary"]);
  });

  it("let a SEV3 ring at every hour where crews share the day", () => {
    const loud = on(
      { type: pagerduty("Service"), name: "on-call-portal-sev3" },
      set("incidentUrgencyRule", { type: "constant", urgency: "high" }),
    );
    const both = [crews("21:00:00", 12), crews("21:00:00", 12, undefined, backup)];
    expect(told(loud, ...both)).toEqual([]);
    const woken = ["minor-faults-wake-nobody fail: on-call-portal-sev3"];
    expect(told(loud)).toEqual(woken);
    // The backup goes through the night.
    expect(told(loud, crews("21:00:00", 12))).toEqual(woken);
  });

  it("not give one person the hours of two crews", () => {
    const known = (...night: readonly string[]) => crews("21:00:00", 12, [["P0", "P1", "P2"], night]);
    expect(told(known("P2", "P0", "P1"))).toEqual([]);
    // At every hour of a week, and for a day as turns change.
    for (const night of [
      ["P0", "P1", "P2"],
      ["P1", "P2", "P0"],
    ]) {
      expect(told(known(...night))).toEqual(["rotation-turns-bearable fail: portal-prod-primary"]);
    }
  });

  it("come from another domain together", () => {
    const elsewhere: Change = (r) => ({
      ...r,
      props: JSON.parse(JSON.stringify(r.props).replaceAll("@example.com", "@mail.example.org")),
    });
    expect(told(elsewhere)).toEqual([]);
  });
});

describe("a second address for mail", () => {
  it.each([
    ["of the organisation", "on-call@example.com", []],
    [
      "is none where it is the user's own",
      "person-0@example.com",
      ["people-mailed-at-their-organisation fail: person-0-mail"],
    ],
  ])("%s", (_, address, expected) => {
    const [first] = readyStack().filter(({ type }) => type === pagerduty("User"));
    const second = resource(
      pagerduty("UserContactMethod"),
      "person-0-mail",
      { userId: unknown, type: "email_contact_method", address },
      { userId: first ? [first] : [] },
    );
    const found = evaluate(onCallRules, stackOf([...readyStack(), second]), now);
    expect(
      found
        .filter((f) => !["pass", "not-applicable"].includes(f.outcome))
        .map((f) => `${f.by} ${f.outcome}: ${f.subject}`),
    ).toEqual(expected);
  });
});

describe("somebody has to look", () => {
  it("where one person alone is of another domain", () => {
    const stranger = on(
      { type: pagerduty("User"), name: "person-0" },
      set("email", "person-0@elsewhere.example.org"),
    );
    expect(told(stranger)).toEqual(["people-of-one-organisation unknown: person-0"]);
  });

  it.each(["observer", "restricted_access"])("where a %s acts by the role in the team alone", (role) => {
    expect(told(on({ type: pagerduty("User"), name: "person-0" }, set("role", role)))).toEqual([
      "people-may-respond unknown: person-0",
    ]);
  });

  it("where one service alone posts to a channel", () => {
    const elsewhere = on(
      { type: pagerduty("SlackConnection"), name: /portal-sev1/ },
      set("channelId", "C0RANDOM99"),
    );
    expect(told(elsewhere)).toEqual([expect.stringMatching(/^slack-in-one-workspace unknown: /)]);
  });

  it("where a rotation has more places than people of the stack", () => {
    const stranger = on({ type: pagerduty("Schedule"), name: /-primary$/ }, set("layers.0.users.3", unknown));
    expect(told(stranger)).toEqual([expect.stringMatching(/^rotations-staffed unknown: /)]);
  });

  it("where alerts are grouped in a way that is not known", () => {
    const grouped = on(
      { type: pagerduty("Service"), name: "on-call-portal-sev1" },
      set("alertGroupingParameters", { type: "by_moon" }),
    );
    expect(told(grouped)).toEqual(["second-fault-pages-too unknown: on-call-portal-sev1"]);
  });

  it("where a webhook goes to a tool that the stack does not know", () => {
    const elsewhere = on(
      pagerduty("WebhookSubscription"),
      set("deliveryMethods.0.url", "https://hooks.example.net/pagerduty"),
      (r) => ({ ...r, propertyDependencies: { ...r.propertyDependencies, deliveryMethods: [] } }),
    );
    expect(told(elsewhere)).toContain("webhooks-tell-datadog-alone unknown: portal-on-call");
  });

  it("where nobody is in the team", () => {
    expect(new Set(told(drop(pagerduty("TeamMembership"))).map((text) => text.split(":")[0]))).toEqual(
      new Set(["people-may-respond fail"]),
    );
  });
});
