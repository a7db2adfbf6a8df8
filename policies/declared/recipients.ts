/** Whom Datadog can tell: the handles that exist because of what a stack declares. */
import type * as datadog from "@pulumi/datadog";
import { rememberedOf } from "../remembered.ts";
import { resourceType, type Stack } from "../resource.ts";
import { service, user } from "./on-call.ts";

const channel = resourceType<datadog.slack.ChannelArgs>("datadog:slack/channel:Channel");
const teams = resourceType<datadog.ms.IntegrationTeamsTenantBasedHandleArgs>(
  "datadog:ms/integrationTeamsTenantBasedHandle:IntegrationTeamsTenantBasedHandle",
);
const webhook = resourceType<datadog.WebhookArgs>("datadog:index/webhook:Webhook");
const account = resourceType<datadog.UserArgs>("datadog:index/user:User");

export interface Recipients {
  readonly pagers: ReadonlySet<string>;
  readonly channels: ReadonlySet<string>;
  /** Of people. */
  readonly mailboxes: ReadonlySet<string>;
  /** Of people by their address, and of webhooks. */
  readonly others: ReadonlySet<string>;
}

/** Handles without their @; Datadog takes either case. Every alert asks, and a large stack has thousands of both. */
export const recipientsOf = rememberedOf(readRecipients);

function readRecipients(stack: Stack): Recipients {
  const people = [...stack.ofType(user), ...stack.ofType(account)];
  return {
    pagers: handles(stack.ofType(service).map(({ props }) => `pagerduty-${props.name}`)),
    channels: handles([
      ...stack
        .ofType(channel)
        .map(({ props }) => `slack-${props.accountName}-${props.channelName.replace(/^#/, "")}`),
      ...stack.ofType(teams).map(({ props }) => `teams-${props.name}`),
    ]),
    mailboxes: handles(people.flatMap(({ props }) => props.email ?? [])),
    others: handles([
      ...people.flatMap(({ props }) => props.email ?? []),
      ...stack.ofType(webhook).map(({ props }) => `webhook-${props.name}`),
    ]),
  };
}

function handles(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map((name) => name.toLowerCase()));
}
