import { type Change, drop, type Mutation, on, set, unset } from "./mutation.ts";
import { link } from "./on-call-selectors.ts";

const datadog = (kind: string, name: string | RegExp = /-incidents/) => ({
  type: `datadog:index/${kind.charAt(0).toLowerCase()}${kind.slice(1)}:${kind}`,
  name,
});
const incidentType = datadog("IncidentType");
const notice = (name: string) => datadog("IncidentNotificationRule", new RegExp(`-${name}$`));
const template = datadog("IncidentNotificationTemplate");
const postMortem = datadog("IncidentPostmortemTemplate");

/** Changes the text of an input. */
function rewrite(property: string, pattern: RegExp, by: string): Change {
  return (r) => ({ ...r, props: { ...r.props, [property]: String(r.props[property]).replace(pattern, by) } });
}

export const incidentMutations: readonly Mutation[] = [
  {
    rule: "incident-notices-of-their-type",
    title: "notices have no template",
    change: on(
      notice("page-sev1"),
      link("notificationTemplate", () => false),
    ),
  },
  {
    rule: "incident-notices-of-their-type",
    title: "whom an incident pages is told how it goes, not what to do",
    change: on(template, set("content", "{{incident.status}}")),
  },
  {
    rule: "incident-notices-of-their-type",
    title: "what tells of every status does not say it",
    change: on(template, set("content", "{{incident.commander}}: https://example.com/runbooks")),
  },
  {
    rule: "incident-trigger-recorded",
    title: "how an incident ended is not asked",
    change: drop(datadog("IncidentUserDefinedField", /-mitigation$/)),
  },
  {
    rule: "incidents-kept",
    title: "incidents can be deleted",
    change: on(incidentType, set("configuration.allowIncidentDeletion", true)),
  },
  {
    rule: "incident-severities-explained",
    title: "SEV-2 is explained to nobody",
    change: on(incidentType, set("configuration.createMessage", "SEV-1 critical, SEV-3 medium, SEV-4 low")),
  },
  {
    rule: "incident-roles-declared",
    title: "nobody writes the timeline",
    change: drop(datadog("IncidentUserDefinedRole", /-scribe$/)),
  },
  {
    rule: "incident-roles-declared",
    title: "several people speak to customers",
    change: on(datadog("IncidentUserDefinedRole", /-communications-lead$/), unset("policy")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a private SEV1, such as a breach, pages nobody",
    change: on(notice("page-sev1"), unset("visibility")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV1 pages nobody",
    change: drop(notice("page-sev1")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV2 pages as slowly as a SEV4",
    change: on(notice("page-sev2"), set("handles", ["@pagerduty-portal-platform-prod-sev4"])),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV1 pages a service that does not exist",
    change: on(notice("page-sev1"), set("handles", ["@pagerduty-portal-platfrom-prod-sev1"])),
  },
  {
    rule: "incident-pages-on-call",
    title: "an incident that becomes a SEV1 pages nobody",
    change: on(notice("page-sev1"), set("trigger", "incident_created_trigger")),
  },
  {
    rule: "incident-pages-on-call",
    title: "left to Datadog's default, the rule is switched off",
    change: on(notice("page-sev1"), unset("enabled")),
  },
  {
    rule: "incident-changes-in-chat",
    title: "Slack hears of a SEV2's beginning only",
    change: on(notice("update-sev2"), unset("renotifyOns")),
  },
  {
    rule: "incident-changes-in-chat",
    title: "a SEV3 is followed by mail only",
    change: on(notice("update-sev3"), set("handles", ["@amara.okafor@example.com"])),
  },
  {
    rule: "incident-trigger-recorded",
    title: "what set an incident off is free text",
    change: on(datadog("IncidentUserDefinedField", /-trigger$/), unset("validValues")),
  },
  {
    rule: "incident-trigger-recorded",
    title: "what set an incident off is not asked",
    change: drop(datadog("IncidentUserDefinedField", /-trigger$/)),
  },
  {
    rule: "post-mortem-asks-everything",
    title: "nobody asks what went badly",
    change: on(postMortem, rewrite("content", /^## What went badly$/m, "")),
  },
  {
    rule: "post-mortem-asks-everything",
    title: "a summary is mentioned but has no section",
    change: on(postMortem, rewrite("content", /^## Summary$/m, "Summary")),
  },
  {
    rule: "post-mortem-actions-owned",
    title: "actions have no owner",
    change: on(postMortem, rewrite("content", /Owner/, "Team")),
  },
  {
    rule: "post-mortem-actions-owned",
    title: "actions have no due date",
    change: on(postMortem, rewrite("content", /\| Due /, "")),
  },
  {
    rule: "post-mortem-template-used",
    title: "post-mortems start from an empty page",
    change: on(postMortem, unset("isDefault")),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV1 pages for one service alone",
    change: on(notice("page-sev1"), set("conditions.1", { field: "services", values: ["portal"] })),
  },
  {
    rule: "incident-pages-on-call",
    title: "declaring a SEV2 pages in private incidents alone",
    change: on(notice("page-sev2"), set("visibility", "private")),
  },
  {
    rule: "incident-changes-in-chat",
    title: "incidents are private unless somebody says otherwise",
    change: on(incidentType, set("configuration.privateIncidentsByDefault", true)),
  },
  {
    rule: "incident-changes-in-chat",
    also: ["incident-notices-stay-inside"],
    title: "a SEV1 is followed in a channel that Datadog does not know",
    change: on(notice("update-sev1"), set("handles", ["@slack-example-incidnets"])),
  },
  {
    rule: "incident-notices-stay-inside",
    title: "somebody else follows a SEV1",
    change: on(notice("update-sev1"), (r) => ({
      ...r,
      props: { ...r.props, handles: [...(r.props["handles"] as string[]), "@eve@example.net"] },
    })),
  },
  {
    rule: "incident-trigger-recorded",
    title: "what set an incident off is answered in advance",
    change: on(datadog("IncidentUserDefinedField", /-trigger$/), set("defaultValue", "load")),
  },
  {
    rule: "post-mortem-template-used",
    title: "the template is of another type of incidents",
    change: on(
      postMortem,
      link("incidentType", () => false),
    ),
  },
];
