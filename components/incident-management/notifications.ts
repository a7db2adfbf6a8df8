import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { incidentPlaces, teamHandles } from "../../model/on-call/chat.ts";
import { datadogSeverity, followers } from "../../model/on-call/incidents.ts";
import { pagerDutyHandle, platform } from "../../model/on-call/routing.ts";
import { type Severity, severities } from "../../model/on-call/severities.ts";

export interface IncidentNotificationsArgs {
  readonly spec: Pick<StackSpec, "product" | "stack" | "repository" | "people" | "chat">;
  readonly incidentType: datadog.IncidentType;
}

/** What followers hear of again: whatever changes how bad it is, or whether it is over. */
const updates = ["severity", "status", "customer_impact"];

/**
 * Who hears of a declared incident. Whoever is on call is paged, for support declares what no alert saw; the
 * engineer whom an alert paged already acknowledges a second time. Leads and the team's channel follow until it is over.
 */
export class IncidentNotifications extends pulumi.ComponentResource {
  readonly #name: string;
  readonly #args: IncidentNotificationsArgs;

  constructor(name: string, args: IncidentNotificationsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:IncidentNotifications", name, {}, opts);
    this.#name = name;
    this.#args = args;
    const place = incidentPlaces[args.spec.chat.kind];
    const page = this.#createTemplate("page", "alert", [
      "Declared by {{incident.created_by_name}} at {{incident.created}}.",
      "Impact: {{incident.customer_impact}}",
      `Join ${place} and take the role of incident commander, or name somebody.`,
      "Mitigate first: roll back what was deployed last. Look for the cause when customers are served again.",
      `Runbooks: https://github.com/${args.spec.repository}/tree/main/runbooks`,
    ]);
    const update = this.#createTemplate("update", "incident", [
      "Status: {{incident.status}}. Commander: {{incident.commander}}.",
      "Impact since {{incident.customer_impact_start}}: {{incident.customer_impact}}",
      `Follow it in ${place}; ask the communications lead, not the people who mend it.`,
    ]);
    for (const severity of severities) {
      // Private ones too: a breach has to be answered like any other incident.
      this.#createRule("page", severity, page, "all", [this.#onCall(severity)]);
      // Nobody follows what is not urgent.
      if (severity !== "SEV4")
        this.#createRule("update", severity, update, "organization", this.#followers(severity), updates);
    }
    this.registerOutputs({});
  }

  #createTemplate(name: string, category: string, lines: readonly string[]) {
    const { spec, incidentType } = this.#args;
    return new datadog.IncidentNotificationTemplate(
      `${this.#name}-${name}`,
      {
        name: `${spec.product}-${spec.stack}-${name}`,
        subject: `{{incident.severity}} ${spec.product} ${spec.stack}: {{incident.title}}`,
        content: lines.join("\n"),
        category,
        incidentType: incidentType.id,
      },
      { parent: this },
    );
  }

  /** Notifies when an incident gets the severity, at its declaration or later, and when one of the fields changes. */
  #createRule(
    name: string,
    severity: Severity,
    template: datadog.IncidentNotificationTemplate,
    visibility: "all" | "organization",
    handles: string[],
    renotifyOns?: string[],
  ): void {
    new datadog.IncidentNotificationRule(
      `${this.#name}-${name}-${severity.toLowerCase()}`,
      {
        enabled: true,
        trigger: "incident_saved_trigger",
        visibility,
        conditions: [{ field: "severity", values: [datadogSeverity(severity)] }],
        handles,
        renotifyOns,
        notificationTemplate: template.id,
        incidentType: this.#args.incidentType.id,
      },
      { parent: this },
    );
  }

  #onCall(severity: Severity): string {
    const { product, stack } = this.#args.spec;
    return pagerDutyHandle({ product, service: platform, stack, severity });
  }

  #followers(severity: Severity): string[] {
    const { spec } = this.#args;
    const leads = spec.people.filter(({ roles }) => roles.some((role) => followers[severity].includes(role)));
    return [...new Set([...teamHandles(spec), ...leads.map(({ email }) => `@${email}`)])];
  }
}
