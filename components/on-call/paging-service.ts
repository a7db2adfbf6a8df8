import * as datadog from "@pulumi/datadog";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
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
  /** Where incidents of SEV1 to SEV3 are shown and answered. */
  readonly slack: StackSpec["onCall"]["slack"];
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
 * side and Slack on the other.
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
        incidentUrgencyRule: {
          type: "constant",
          urgency: args.tier === "production" ? level.urgency : "low",
        },
        acknowledgementTimeout: acknowledgementTimeout[args.severity],
        // An incident that resolves itself may still be going on.
        autoResolveTimeout: never,
        // Not grouped: an alert that joins an open incident would page nobody.
        alertCreation: "create_alerts_and_incidents",
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
    if (args.severity !== "SEV4") this.#connectSlack(name, args.slack);
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
  #connectSlack(name: string, { workspaceId, channelId }: PagingServiceArgs["slack"]): void {
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
