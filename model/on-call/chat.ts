/** Where a team hears of alerts and incidents, and how Datadog's texts name it. */
import type { Kind } from "../parts.ts";
import type { Role } from "./escalation.ts";
import { holdersOf } from "./people.ts";

interface Team {
  readonly chat:
    | { readonly kind: "slack"; readonly account: string; readonly channel: string }
    | { readonly kind: "teams"; readonly handle: string }
    | { readonly kind: "none" };
  readonly people: readonly { readonly email: string; readonly roles: readonly Role[] }[];
}

/** The handles by which Datadog tells the team: its channel's, or the addresses of its leads where it has none. */
export function teamHandles({ chat, people }: Team): readonly string[] {
  switch (chat.kind) {
    case "slack":
      return [`@slack-${chat.account}-${chat.channel}`];
    case "teams":
      return [`@teams-${chat.handle}`];
    case "none":
      return holdersOf("tech-lead", people).map(({ email }) => `@${email}`);
  }
}

/**
 * Where an incident is worked on, in the text of a notification: the channel that Datadog opens for it, or the incident
 * itself (Datadog, "Incident Variables Reference").
 */
export const incidentPlaces: Readonly<Record<Kind<"chat">, string>> = {
  slack: "{{incident.slack_channel_link}}",
  teams: "{{incident.ms_teams_channel_link}}",
  none: "Datadog's incident {{incident.id}}",
};
