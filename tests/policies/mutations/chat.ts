/** What is broken where the team talks elsewhere than in Slack, or has no chat at all. */
import { type Mutation, on, set, unset } from "./mutation.ts";

const latency = { type: "datadog:index/monitor:Monitor", name: "portal-latency-list" };
const update = (severity: string) => ({
  type: "datadog:index/incidentNotificationRule:IncidentNotificationRule",
  name: new RegExp(`-update-${severity}$`),
});
const teams = "chat in Microsoft Teams";
const none = "no chat";

export const chatMutations: readonly Mutation[] = [
  {
    rule: "alerts-tell-chat",
    variant: teams,
    title: "not told in Teams",
    change: on(latency, (r) => set("message", String(r.props["message"]).replace(/ @teams-\S+/, ""))(r)),
  },
  {
    rule: "alerts-tell-chat",
    also: ["incident-changes-in-chat", "incident-notices-stay-inside"],
    variant: teams,
    title: "Datadog knows the channel of Teams by another name",
    change: on(
      "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle",
      set("name", "general"),
    ),
  },
  {
    rule: "incident-changes-in-chat",
    variant: teams,
    title: "Teams does not hear how a SEV3 goes",
    change: on(update("sev3"), set("handles", ["@amara.okafor@example.com"])),
  },
  {
    rule: "properties-sound",
    variant: teams,
    title: "a handle of no channel",
    change: on(
      "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle",
      set("channelName", ""),
    ),
  },
  {
    rule: "alerts-told-by-mail",
    variant: none,
    title: "nobody hears of a warning",
    change: on(latency, (r) =>
      set(
        "message",
        String(r.props["message"]).replace(/ (@\S+@\S+)/, " {{^is_warning}}$1{{/is_warning}}"),
      )(r),
    ),
  },
  {
    rule: "alerts-told-by-mail",
    also: ["alerts-tell-declared-recipients"],
    variant: none,
    title: "a mailbox of nobody's here",
    change: on(latency, (r) =>
      set("message", String(r.props["message"]).replace(/ @\S+@\S+/, " @all@example.com"))(r),
    ),
  },
  {
    rule: "incident-changes-by-mail",
    variant: none,
    title: "nobody hears how a SEV3 goes",
    change: on(update("sev3"), unset("renotifyOns")),
  },
  {
    rule: "parts-as-chosen",
    variant: none,
    title: "a connection to Slack where there is said to be no chat",
    change: on("pagerduty:index/tag:Tag", (r) => ({
      ...r,
      type: "pagerduty:index/slackConnection:SlackConnection",
      props: { channelId: "C0INCIDENT1", workspaceId: "T0EXAMPLE1", configs: [] },
    })),
  },
];
