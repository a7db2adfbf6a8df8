import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import { incidentRoles, mitigations, severityGuide, triggers } from "../model/on-call/incidents.ts";
import {
  IncidentNotifications,
  type IncidentNotificationsArgs,
} from "./incident-management/notifications.ts";
import { postMortem } from "./incident-management/post-mortem.ts";

export type IncidentManagementArgs = IncidentNotificationsArgs["spec"];

/**
 * Incidents of the product in Datadog: how they are declared, who hears of them, who does what, and what is
 * written afterwards. Everything hangs on an incident type of its own, because the settings of a Datadog
 * organisation belong to no single stack.
 */
export class IncidentManagement extends pulumi.ComponentResource {
  constructor(name: string, args: IncidentManagementArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:IncidentManagement", name, {}, opts);
    const child = { parent: this };
    const label = `${args.product}-${args.stack}`;
    const incidentType = new datadog.IncidentType(
      name,
      {
        name: label,
        description: `What customers of ${label} notice, or could have`,
        // Other products of the organisation declare incidents too.
        isDefault: false,
        configuration: {
          createMessage: severityGuide(),
          allowIncidentDeletion: false,
          // It mostly began before somebody noticed.
          editableTimestamps: true,
          // A breach is for few eyes until it is contained.
          privateIncidents: true,
          // For drills.
          testIncidents: true,
        },
      },
      child,
    );
    new IncidentNotifications(name, { spec: args, incidentType }, child);
    for (const [role, description] of Object.entries(incidentRoles)) {
      new datadog.IncidentUserDefinedRole(
        `${name}-${role.toLowerCase().replaceAll(" ", "-")}`,
        { name: role, description, policy: { isSingle: true }, incidentType: incidentType.id },
        child,
      );
    }
    this.#createField(name, incidentType, "trigger", "What set it off", "why_it_happened", triggers);
    this.#createField(name, incidentType, "mitigation", "What ended it", "what_happened", mitigations);
    new datadog.IncidentPostmortemTemplate(
      name,
      {
        name: label,
        content: postMortem,
        location: "datadog_notebooks",
        isDefault: true,
        incidentType: incidentType.id,
      },
      child,
    );
    this.registerOutputs({});
  }

  /** A field with a choice of values, which the post-mortem's template knows by its name. */
  #createField(
    parent: string,
    incidentType: datadog.IncidentType,
    name: string,
    displayName: string,
    category: string,
    choices: Readonly<Record<string, string>>,
  ): void {
    new datadog.IncidentUserDefinedField(
      `${parent}-${name}`,
      {
        name,
        displayName,
        type: "dropdown",
        category,
        validValues: Object.entries(choices).map(([value, title]) => ({ value, displayName: title })),
        incidentType: incidentType.id,
      },
      { parent: this },
    );
  }
}
