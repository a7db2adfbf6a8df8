import * as datadog from "@pulumi/datadog";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import { datadogPages } from "../../model/alerts/links.ts";

export interface IncidentEventsArgs {
  /** Product and stack, such as `portal-prod`. */
  readonly label: string;
  /** Datadog's site, such as `datadoghq.eu`. */
  readonly site: string;
  /** The PagerDuty team whose incidents are told. */
  readonly teamId: pulumi.Input<string>;
}

/** The course of an incident, without what is said about it. */
const events = [
  "incident.triggered",
  "incident.acknowledged",
  "incident.unacknowledged",
  "incident.escalated",
  "incident.reassigned",
  "incident.resolved",
  "incident.reopened",
];

/**
 * Tells Datadog when an incident is paged, acknowledged and resolved, so that graphs show it beside what
 * caused it and times to acknowledge and to recover can be counted (Datadog's "PagerDuty" integration). The
 * key stands in the address, for the provider knows no headers of webhooks; it serves this purpose alone and
 * can be revoked by itself.
 */
export class IncidentEvents extends pulumi.ComponentResource {
  constructor(name: string, args: IncidentEventsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:IncidentEvents", name, {}, opts);
    const { key } = new datadog.ApiKey(name, { name: `${args.label}-pagerduty` }, { parent: this });
    new pagerduty.WebhookSubscription(
      name,
      {
        type: "webhook_subscription",
        description: `Incidents of ${args.label}, for Datadog`,
        active: true,
        events,
        filters: [{ type: "team_reference", id: args.teamId }],
        deliveryMethods: [
          {
            type: "http_delivery_method",
            url: pulumi.secret(
              pulumi.interpolate`${datadogPages(args.site)}/intake/webhook/pagerduty?api_key=${key}`,
            ),
          },
        ],
      },
      { parent: this, additionalSecretOutputs: ["deliveryMethods"] },
    );
    this.registerOutputs({});
  }
}
