import * as datadog from "@pulumi/datadog";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { isGrouped } from "../../model/on-call/routing.ts";
import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
import { supportHoursOf } from "../../model/on-call/support-hours.ts";
import type { Tier } from "../../model/tier.ts";

export interface PagingServiceArgs {
  /** Name in PagerDuty and in Datadog alike, from model/on-call/routing.ts. */
  readonly serviceName: string;
  readonly severity: Severity;
  /** Staging wakes nobody: there, every severity has low urgency. */
  readonly tier: Tier;
  /** The policy of the severity. */
  readonly escalationPolicy: pagerduty.EscalationPolicy;
  /** What suffers when this service does. */
  readonly businessService: pagerduty.BusinessService;
  /** PagerDuty's id of the vendor Datadog. */
  readonly vendor: pulumi.Input<string>;
  /** Support hours, and grouping. */
  readonly onCall: Pick<StackSpec["onCall"], "timeZone" | "supportHours" | "shifts" | "alertGrouping">;
  /**
   * Incidents of SEV1 to SEV3 are shown and answered in Slack. Microsoft Teams is connected by PagerDuty's bot there,
   * which no provider declares.
   */
  readonly chat: StackSpec["chat"];
}

/** PagerDuty's word for a timeout that is switched off; leaving one out gives PagerDuty's default instead. */
const never = "null";

/** Seconds until an acknowledged incident pages again, so that nobody falls asleep on one. */
const acknowledgementTimeout: Readonly<Record<Severity, string>> = {
  SEV1: "1800",
  SEV2: "1800",
  SEV3: "14400",
  SEV4: never,
};

/** What Slack hears of: whatever changes who is working on an incident, and how it stands. */
const slackEvents = [
  "incident.triggered",
  "incident.acknowledged",
  "incident.unacknowledged",
  "incident.escalated",
  "incident.reassigned",
  "incident.delegated",
  "incident.priority_updated",
  "incident.responder.added",
  "incident.responder.replied",
  "incident.annotated",
  "incident.status_update_published",
  "incident.resolved",
];

/**
 * One PagerDuty service: the alerts of one severity from one part of the product, with Datadog on the one
 * side and the chat on the other.
 */
export class PagingService extends pulumi.ComponentResource {
  readonly service: pagerduty.Service;

  constructor(name: string, args: PagingServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PagingService", name, {}, opts);
    const child = { parent: this };
    const level = severityLevels[args.severity];

    this.service = new pagerduty.Service(
      name,
      {
        name: args.serviceName,
        description: `${args.severity} ${level.title}: ${level.examples.join(", ")}`,
        escalationPolicy: args.escalationPolicy.id,
        ...urgency(args),
        acknowledgementTimeout: acknowledgementTimeout[args.severity],
        // An incident that resolves itself may still be going on.
        autoResolveTimeout: never,
        alertCreation: "create_alerts_and_incidents",
        ...grouping(args),
      },
      child,
    );
    new pagerduty.ServiceDependency(
      name,
      {
        dependency: {
          supportingServices: [{ id: this.service.id, type: "service" }],
          dependentServices: [{ id: args.businessService.id, type: "business_service" }],
        },
      },
      child,
    );
    this.#connectDatadog(name, args);
    if (args.severity !== "SEV4" && args.chat.kind === "slack") this.#connectSlack(name, args.chat);
    this.registerOutputs({ serviceId: this.service.id });
  }

  /** Gives Datadog the service's key, under the name that monitors address. */
  #connectDatadog(name: string, { serviceName, vendor }: PagingServiceArgs): void {
    const integration = new pagerduty.ServiceIntegration(
      name,
      { name: "Datadog", service: this.service.id, vendor },
      { parent: this, additionalSecretOutputs: ["integrationKey"] },
    );
    new datadog.pagerduty.ServiceObject(
      name,
      { serviceName, serviceKey: integration.integrationKey },
      { parent: this },
    );
  }

  /** No filter by priority: an incident that Datadog opens has none. */
  #connectSlack(name: string, { workspaceId, channelId }: Slack): void {
    new pagerduty.SlackConnection(
      name,
      {
        sourceId: this.service.id,
        sourceType: "service_reference",
        workspaceId,
        channelId,
        notificationType: "responder",
        configs: [{ events: slackEvents }],
      },
      { parent: this },
    );
  }
}

type Slack = Extract<StackSpec["chat"], { readonly kind: "slack" }>;
type Settings = Pick<pagerduty.ServiceArgs, "incidentUrgencyRule" | "supportHours" | "scheduledActions">;

/** How loud its incidents are. */
function urgency({ severity, tier, onCall }: PagingServiceArgs): Settings {
  const own = tier === "production" ? severityLevels[severity].urgency : "low";
  const hours = own === "by-day" ? supportHoursOf(onCall) : undefined;
  if (hours === undefined) {
    return { incidentUrgencyRule: { type: "constant", urgency: own === "low" ? "low" : "high" } };
  }
  return {
    incidentUrgencyRule: {
      type: "use_support_hours",
      duringSupportHours: { type: "constant", urgency: "high" },
      outsideSupportHours: { type: "constant", urgency: "low" },
    },
    supportHours: {
      type: "fixed_time_per_day",
      timeZone: onCall.timeZone,
      daysOfWeeks: [...hours.days],
      startTime: `${hours.from}:00`,
      endTime: `${hours.to}:00`,
    },
    // Low urgency never escalates: what is still open in the morning has to ring then.
    scheduledActions: [
      {
        type: "urgency_change",
        toUrgency: "high",
        ats: [{ type: "named_time", name: "support_hours_start" }],
      },
    ],
  };
}

/** One outage fires many alerts: those of a severity are one incident, for as long as its answer may take. */
function grouping(args: PagingServiceArgs): Pick<pagerduty.ServiceArgs, "alertGroupingParameters"> {
  const { severity } = args;
  if (!isGrouped(args) || severity === "SEV4") return {};
  const timeout = severityLevels[severity].responseMinutes;
  return { alertGroupingParameters: { type: "time", config: { timeout } } };
}
