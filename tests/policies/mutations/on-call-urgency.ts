/** When an incident rings, and when it does not. */
import { type Mutation, on, set, unset } from "./mutation.ts";
import { pagerduty } from "./on-call-selectors.ts";

const service = (severity: string) => pagerduty("Service", new RegExp(`-platform-${severity}$`));

export const urgencyMutations: readonly Mutation[] = [
  {
    rule: "paging-service-urgent",
    title: "SEV1 rings nobody",
    change: on(service("sev1"), set("incidentUrgencyRule.urgency", "low")),
  },
  {
    rule: "paging-service-urgent",
    also: ["minor-faults-wake-nobody"],
    title: "urgency left to PagerDuty's default",
    change: on(service("sev3"), unset("incidentUrgencyRule")),
  },
  {
    rule: "paging-service-urgent",
    title: "what came at night is not raised in the morning",
    change: on(service("sev3"), unset("scheduledActions")),
  },
  {
    rule: "paging-service-urgent",
    title: "SEV3 rings on Mondays alone",
    change: on(service("sev3"), set("supportHours.daysOfWeeks", [1])),
  },
  {
    rule: "paging-service-urgent",
    title: "SEV3 rings for an hour a day",
    change: on(
      service("sev3"),
      set("supportHours.startTime", "10:00:00"),
      set("supportHours.endTime", "11:00:00"),
    ),
  },
  {
    rule: "minor-faults-wake-nobody",
    title: "how loud SEV3 is at night is left to PagerDuty",
    change: on(service("sev3"), unset("incidentUrgencyRule.outsideSupportHours")),
  },
  {
    rule: "minor-faults-wake-nobody",
    title: "how loud SEV4 is is left to PagerDuty",
    change: on(service("sev4"), unset("incidentUrgencyRule.urgency")),
  },
  {
    rule: "minor-faults-wake-nobody",
    title: "SEV3 rings at every hour",
    change: on(service("sev3"), set("incidentUrgencyRule", { type: "constant", urgency: "high" })),
  },
  {
    rule: "minor-faults-wake-nobody",
    title: "SEV3 rings in the day of another continent",
    change: on(service("sev3"), set("supportHours.timeZone", "America/Los_Angeles")),
  },
  {
    rule: "paging-service-urgent",
    title: "urgency falls when support hours end",
    change: on(
      service("sev2"),
      set("incidentUrgencyRule", {
        type: "use_support_hours",
        duringSupportHours: { type: "constant", urgency: "high" },
        outsideSupportHours: { type: "constant", urgency: "high" },
      }),
      set("supportHours", {
        type: "fixed_time_per_day",
        timeZone: "Europe/London",
        daysOfWeeks: [1, 2, 3, 4, 5],
        startTime: "08:00:00",
        endTime: "20:00:00",
      }),
      set("scheduledActions", [
        {
          type: "urgency_change",
          toUrgency: "low",
          ats: [{ type: "named_time", name: "support_hours_end" }],
        },
      ]),
    ),
  },
  {
    rule: "minor-faults-wake-nobody",
    title: "what is cosmetic rings at night",
    change: on(service("sev4"), set("incidentUrgencyRule.urgency", "high")),
  },
];
