/** The part of a ready stack that declares how incidents are managed. */
import type { Registration } from "../../../readiness/engine/registration.ts";
import { resource } from "./linked.ts";
import { unknown } from "./stack.ts";

export const datadog = (kind: string) =>
  `datadog:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`;

/** @param pages what the PagerDuty services that an incident pages are called, without their severity */
export function incidentManagement(pages: string): readonly Registration[] {
  const type = resource(datadog("IncidentType"), "portal-incidents", {
    configuration: {
      allowIncidentDeletion: false,
      createMessage: "SEV-1, SEV-2, SEV-3 and SEV-4",
      privateIncidents: true,
    },
  });
  const part = (kind: string, name: string, props: Readonly<Record<string, unknown>>) =>
    resource(
      datadog(kind),
      `portal-incidents-${name}`,
      { incidentType: unknown, ...props },
      { incidentType: [type] },
    );
  const page = part("IncidentNotificationTemplate", "page", {
    subject: "{{incident.severity}} {{incident.title}}",
    content: "{{incident.status}}: https://example.com/runbooks",
  });
  const notice = (name: string, severity: number, props: Readonly<Record<string, unknown>>) =>
    resource(
      datadog("IncidentNotificationRule"),
      `portal-incidents-${name}-sev${severity}`,
      {
        enabled: true,
        trigger: "incident_saved_trigger",
        visibility: name === "page" ? "all" : "organization",
        conditions: [{ field: "severity", values: [`SEV-${severity}`] }],
        ...props,
      },
      { incidentType: [type], notificationTemplate: [page] },
    );
  return [
    type,
    ...["Operations lead", "Communications lead", "Scribe"].map((name) =>
      part("IncidentUserDefinedRole", name.toLowerCase().replace(" ", "-"), {
        name,
        policy: { isSingle: true },
      }),
    ),
    part("IncidentUserDefinedField", "trigger", {
      name: "trigger",
      type: "dropdown",
      validValues: [{ value: "deployment" }, { value: "load" }],
    }),
    page,
    part("IncidentUserDefinedField", "mitigation", {
      name: "mitigation",
      type: "dropdown",
      validValues: [{ value: "rollback" }, { value: "fix" }],
    }),
    resource("datadog:slack/channel:Channel", "portal-on-call", {
      accountName: "example",
      channelName: "#incidents",
    }),
    ...[1, 2, 3, 4].map((n) => notice("page", n, { handles: [`@pagerduty-${pages}-sev${n}`] })),
    ...[1, 2, 3].map((n) =>
      notice("update", n, { handles: ["@slack-example-incidents"], renotifyOns: ["status", "severity"] }),
    ),
    part("IncidentPostmortemTemplate", "template", {
      isDefault: true,
      location: "datadog_notebooks",
      content: [
        ...["Summary", "Impact", "Timeline", "Root causes", "Detection", "What went well"],
        ...["What went badly", "Action items"],
      ]
        .map((heading) => `## ${heading}`)
        .concat("| Action | Owner | Due |")
        .join("\n"),
    }),
  ];
}
