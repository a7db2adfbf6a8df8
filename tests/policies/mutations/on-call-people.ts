import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { link, pagerduty } from "./on-call-selectors.ts";

const schedule = (rotation: string) => pagerduty("Schedule", new RegExp(`-${rotation}$`));

/** Of one person, in the fixtures and in the smallest stack. */
const one = (kind: string, channel: string) => pagerduty(kind, new RegExp(`-(amara|priya|0)-${channel}$`));

/** Only the first so many of the users that flow into a rotation. */
function keepUsers(count: number): Change {
  return (r) => {
    const users = (r.propertyDependencies["layers"] ?? []).filter((urn) => urn.includes("user:User::"));
    return link("layers", (urn) => users.slice(0, count).includes(urn))(r);
  };
}

/** One person has no number, and is woken by the app. */
function byAppAlone(r: Parameters<Change>[0]): ReturnType<Change> {
  const left = drop(pagerduty("UserContactMethod", /-(amara|priya|0)-(sms|phone)$/))(r);
  const push = set("contactMethod.type", "push_notification_contact_method");
  const notifications = pagerduty("UserNotificationRule", /-(amara|priya|0)-high-\w+-\d$/);
  return (
    left &&
    on(
      notifications,
      push,
      link("contactMethod", () => false),
    )(left)
  );
}

export const peopleMutations: readonly Mutation[] = [
  {
    rule: "people-app-proven",
    title: "an app that nobody has seen ring",
    change: byAppAlone,
  },
  {
    rule: "people-sent-sms-at-once",
    also: [
      "alerts-in-time",
      "failing-requests-noticed",
      "outage-pages-within-two-minutes",
      "people-app-proven",
      "people-called-at-once",
    ],
    title: "the app is told after ten minutes",
    change: (r) => {
      const left = byAppAlone(r);
      const rules = pagerduty("UserNotificationRule", /-(amara|priya|0)-high-\w+-\d$/);
      return left && on(rules, set("startDelayInMinutes", 10))(left);
    },
  },
  {
    rule: "rotations-staffed",
    variant: "four people in two time zones",
    title: "one person has half of the day",
    change: on(schedule("primary"), set("layers.1.users", ["PNIGHT"])),
  },
  {
    rule: "rotations-staffed",
    title: "two people take turns in production",
    change: on(schedule("primary"), keepUsers(2)),
  },
  {
    rule: "rotations-staffed",
    title: "one person is the backup",
    stack: "staging",
    change: on(schedule("backup"), keepUsers(1)),
  },
  {
    rule: "rotations-staffed",
    also: ["rotation-turns-bearable"],
    title: "one person has the nights",
    change: on(
      schedule("primary"),
      set("layers.1", {
        name: "primary, 20:00 to 08:00",
        start: "2026-01-05T09:00:00Z",
        rotationVirtualStart: "2026-01-05T09:00:00Z",
        rotationTurnLengthSeconds: 604_800,
        users: ["PNIGHT"],
        restrictions: [{ type: "daily_restriction", startTimeOfDay: "20:00:00", durationSeconds: 43_200 }],
      }),
    ),
  },
  {
    rule: "rotation-without-gaps",
    title: "on call during office hours only",
    change: on(
      schedule("primary"),
      set("layers.0.restrictions", [
        { type: "daily_restriction", startTimeOfDay: "09:00:00", durationSeconds: 28_800 },
      ]),
    ),
  },
  {
    rule: "rotation-without-gaps",
    title: "the rotation ends with the year",
    change: on(schedule("backup"), set("layers.0.end", "2026-12-31T23:00:00Z")),
  },
  {
    rule: "rotation-starts-fixed",
    title: "turns start at a local time",
    also: ["escalation-reaches-two-people"],
    change: on(schedule("primary"), set("layers.0.rotationVirtualStart", "2026-01-05T10:00:00+01:00")),
  },
  {
    rule: "people-reachable-by-phone",
    also: ["people-sent-sms-at-once"],
    title: "nobody has a contact method for SMS",
    change: drop(pagerduty("UserContactMethod", /-sms$/)),
  },
  {
    rule: "people-sent-sms-at-once",
    title: "SMS waits for ten minutes",
    change: on(pagerduty("UserNotificationRule", /-high-sms-0$/), set("startDelayInMinutes", 10)),
  },
  {
    rule: "people-called-at-once",
    title: "the first call comes after three minutes",
    change: on(pagerduty("UserNotificationRule", /-high-phone-\d$/), set("startDelayInMinutes", 3)),
  },
  {
    rule: "people-called-at-once",
    title: "the call is for low urgency",
    stack: "staging",
    change: on(pagerduty("UserNotificationRule", /-high-phone-\d$/), set("urgency", "low")),
  },
  {
    rule: "people-called-at-once",
    title: "what is declared as a call is an SMS",
    change: on(pagerduty("UserNotificationRule", /-high-phone-\d$/), (r) => ({
      ...r,
      propertyDependencies: {
        ...r.propertyDependencies,
        contactMethod:
          r.propertyDependencies["contactMethod"]?.map((urn) => urn.replace(/phone$/, "sms")) ?? [],
      },
    })),
  },
  {
    rule: "rotations-staffed",
    title: "one person covers what four share",
    change: on(schedule("backup"), (r) => {
      const [layer] = r.props["layers"] as readonly { readonly users: readonly string[] }[];
      const layers = [layer, { ...layer, users: layer?.users.slice(0, 1) }];
      return { ...r, props: { ...r.props, layers } };
    }),
  },
  {
    rule: "rotation-turns-bearable",
    title: "a turn lasts a year",
    also: ["escalation-reaches-two-people"],
    change: on(schedule("primary"), set("layers.0.rotationTurnLengthSeconds", 31_536_000)),
  },
  {
    rule: "rotation-turns-bearable",
    title: "a turn lasts a minute",
    also: ["escalation-reaches-two-people"],
    change: on(schedule("backup"), set("layers.0.rotationTurnLengthSeconds", 60)),
  },
  {
    rule: "phone-numbers-ring",
    title: "a number has lost its end",
    change: on(one("UserContactMethod", "phone"), set("address", "770")),
  },
  {
    rule: "phone-numbers-ring",
    title: "a British number is called in North America",
    change: on(one("UserContactMethod", "sms"), unset("countryCode")),
  },
  {
    rule: "phone-numbers-ring",
    title: "everybody has the same number",
    change: on(pagerduty("UserContactMethod", /-phone$/), set("address", "7700900199")),
  },
  {
    rule: "people-told-of-low-urgency",
    title: "nobody is told of what is not urgent",
    change: drop(pagerduty("UserNotificationRule", /-low-/)),
  },
  {
    rule: "people-told-of-low-urgency",
    title: "what is not urgent is told on the next day",
    stack: "staging",
    change: on(pagerduty("UserNotificationRule", /-low-/), set("startDelayInMinutes", 1440)),
  },
  {
    rule: "people-may-respond",
    title: "people on call are stakeholders",
    change: on(pagerduty("User", /./), set("role", "read_only_user")),
  },
  {
    rule: "people-may-respond",
    title: "people on call watch their team's incidents",
    stack: "staging",
    change: on(pagerduty("TeamMembership", /./), set("role", "observer")),
  },
  {
    rule: "people-may-respond",
    title: "people on call are in no team",
    change: drop(pagerduty("TeamMembership", /./)),
  },
  {
    rule: "people-have-no-more-rights",
    title: "people on call administer the account",
    change: on(pagerduty("User", /./), set("role", "admin")),
  },
  {
    rule: "people-have-no-more-rights",
    title: "people on call are managers unless PagerDuty changes its mind",
    change: on(pagerduty("User", /./), unset("role")),
  },
  {
    rule: "people-have-no-more-rights",
    title: "everybody manages the team",
    stack: "staging",
    change: on(pagerduty("TeamMembership", /./), unset("role")),
  },
  {
    rule: "rotation-without-gaps",
    title: "hours of nowhere",
    change: on(schedule("primary"), unset("timeZone")),
  },
  {
    rule: "rotation-without-gaps",
    title: "hours of a time zone that PagerDuty does not take",
    change: on(schedule("primary"), set("timeZone", "Europe/Kyiv")),
  },
  {
    rule: "rotations-staffed",
    title: "somebody is left out of the turns",
    change: on(schedule("primary"), (r) => {
      const layers = (r.props["layers"] as readonly { readonly users: readonly string[] }[]).map((layer) => ({
        ...layer,
        users: layer.users.slice(1),
      }));
      return { ...r, props: { ...r.props, layers } };
    }),
  },
  {
    rule: "rotation-turns-bearable",
    title: "turns change an hour after the night's crew has gone",
    change: on(schedule("primary"), (r) => {
      const [layer] = r.props["layers"] as readonly object[];
      const restrictions = [
        { type: "daily_restriction", startTimeOfDay: "20:00:00", durationSeconds: 12 * 3600 },
      ];
      return { ...r, props: { ...r.props, layers: [layer, { ...layer, restrictions }] } };
    }),
  },
  {
    rule: "people-called-again",
    title: "nobody is called a second time",
    change: drop(pagerduty("UserNotificationRule", /-high-phone-1$/)),
  },
  {
    rule: "people-called-again",
    title: "the second call comes when the next person has been told",
    stack: "staging",
    change: on(pagerduty("UserNotificationRule", /-high-phone-1$/), set("startDelayInMinutes", 30)),
  },
  {
    rule: "people-called-again",
    title: "the first level of SEV1 is over before the second call",
    change: on(pagerduty("UserNotificationRule", /-high-phone-1$/), set("startDelayInMinutes", 2)),
  },
  {
    rule: "people-called-again",
    title: "SEV1 goes on to the backup after a minute",
    change: on(pagerduty("EscalationPolicy", /-sev1$/), set("rules.0.escalationDelayInMinutes", 1)),
  },
  {
    rule: "rotation-without-gaps",
    title: "a layer ends at no time",
    change: on(schedule("backup"), set("layers.0.end", "some day")),
  },
];
