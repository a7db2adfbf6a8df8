/** What the rules of on-call look at, and how they find their way between resources. */
import type * as datadog from "@pulumi/datadog";
import type * as pagerduty from "@pulumi/pagerduty";
import type { Unwrap } from "@pulumi/pulumi";
import { type Severity, severities } from "../../model/on-call/severities.ts";
import { type Resource, resourceType } from "../resource.ts";

export const user = resourceType<pagerduty.UserArgs>("pagerduty:index/user:User");
export const contact = resourceType<pagerduty.UserContactMethodArgs>(
  "pagerduty:index/userContactMethod:UserContactMethod",
);
export const notification = resourceType<pagerduty.UserNotificationRuleArgs>(
  "pagerduty:index/userNotificationRule:UserNotificationRule",
);
export const schedule = resourceType<pagerduty.ScheduleArgs>("pagerduty:index/schedule:Schedule");
export const policy = resourceType<pagerduty.EscalationPolicyArgs>(
  "pagerduty:index/escalationPolicy:EscalationPolicy",
);
export const service = resourceType<pagerduty.ServiceArgs>("pagerduty:index/service:Service");
export const integration = resourceType<pagerduty.ServiceIntegrationArgs>(
  "pagerduty:index/serviceIntegration:ServiceIntegration",
);
export const slack = resourceType<pagerduty.SlackConnectionArgs>(
  "pagerduty:index/slackConnection:SlackConnection",
);
export const serviceObject = resourceType<datadog.pagerduty.ServiceObjectArgs>(
  "datadog:pagerduty/serviceObject:ServiceObject",
);
export const team = resourceType<pagerduty.TeamArgs>("pagerduty:index/team:Team");
export const membership = resourceType<pagerduty.TeamMembershipArgs>(
  "pagerduty:index/teamMembership:TeamMembership",
);
export const maintenance = resourceType<pagerduty.MaintenanceWindowArgs>(
  "pagerduty:index/maintenanceWindow:MaintenanceWindow",
);
export const webhook = resourceType<pagerduty.WebhookSubscriptionArgs>(
  "pagerduty:index/webhookSubscription:WebhookSubscription",
);
export const apiKey = resourceType<datadog.ApiKeyArgs>("datadog:index/apiKey:ApiKey");
export const incidentType = resourceType<datadog.IncidentTypeArgs>("datadog:index/incidentType:IncidentType");
export const incidentRole = resourceType<datadog.IncidentUserDefinedRoleArgs>(
  "datadog:index/incidentUserDefinedRole:IncidentUserDefinedRole",
);
export const incidentField = resourceType<datadog.IncidentUserDefinedFieldArgs>(
  "datadog:index/incidentUserDefinedField:IncidentUserDefinedField",
);
export const incidentRule = resourceType<datadog.IncidentNotificationRuleArgs>(
  "datadog:index/incidentNotificationRule:IncidentNotificationRule",
);
export const incidentNotice = resourceType<datadog.IncidentNotificationTemplateArgs>(
  "datadog:index/incidentNotificationTemplate:IncidentNotificationTemplate",
);
export type FieldProps = Unwrap<datadog.IncidentUserDefinedFieldArgs>;
export type IncidentTypeProps = Unwrap<datadog.IncidentTypeArgs>;
export const postMortem = resourceType<datadog.IncidentPostmortemTemplateArgs>(
  "datadog:index/incidentPostmortemTemplate:IncidentPostmortemTemplate",
);
export const dependency = resourceType<pagerduty.ServiceDependencyArgs>(
  "pagerduty:index/serviceDependency:ServiceDependency",
);
export const businessService = resourceType<pagerduty.BusinessServiceArgs>(
  "pagerduty:index/businessService:BusinessService",
);
export const project = resourceType<object>("vercel:index/project:Project");
export const app = resourceType<object>("readiness:index:App");

/** Minutes until a person has responded: requirements, "Severities and escalation". Rules have floors of their own. */
export const responseMinutes: Readonly<Record<Severity, number>> = { SEV1: 5, SEV2: 15, SEV3: 60, SEV4: 480 };

/** The severity that a name such as `portal-prod-sev1` ends in. */
export function severityOf({ props }: Resource<{ name?: string }>): Severity | undefined {
  return severities.find((severity) => props.name?.endsWith(`-${severity.toLowerCase()}`));
}

const patient = /low|ticket|minor|info|warn|backlog|sev-?[345]|p[345]\b/i;

/** Whether a name, whoever gave it, says that nobody has to be woken for what it is of. */
export function mayWait(name: string | undefined): boolean {
  return patient.test(name ?? "");
}

/** Selects the resources of some severities. */
export function ofSeverity(...wanted: readonly Severity[]) {
  return (resource: Resource<{ name?: string }>) => {
    const severity = severityOf(resource);
    return severity !== undefined && wanted.includes(severity);
  };
}
