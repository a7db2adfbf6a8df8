/** Where the team hears of alerts and incidents: `readiness:chat`. */
import { z } from "zod";
import { text } from "./forms.ts";
import { handlePart, line } from "./languages.ts";

export const slack = z.strictObject({
  kind: z.literal("slack"),
  workspaceId: text(/^T[A-Z0-9]{8,}$/, "a Slack workspace id such as T0123ABCD"),
  /** Of a private channel made long ago it begins with G. */
  channelId: text(/^[CG][A-Z0-9]{8,}$/, "a Slack channel id such as C0123ABCD"),
  /** As Datadog names it, without #. */
  channel: text(/^[a-z0-9_-]{1,80}$/, "a Slack channel such as incidents, without #"),
  /** The Slack account's name in Datadog. */
  account: handlePart,
});

/** A channel of Microsoft Teams, to which Datadog's bot was added. */
export const teams = z.strictObject({
  kind: z.literal("teams"),
  /** The tenant, the team and its channel by their names, as Datadog's Microsoft Teams integration lists them. */
  tenant: line,
  team: line,
  channel: line,
  /** What Datadog is to call it: messages address it as `@teams-<handle>`. */
  handle: text(/^[\w.-]{1,80}$/, "a name for Datadog's handle: letters, digits, - _ and ."),
});
