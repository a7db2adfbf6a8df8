/** An event in Datadog that tells the team's channel, as its monitors do. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { slackHandle } from "../../model/on-call/routing.ts";
import { ask } from "../ask.ts";
import { UsageError } from "../errors.ts";

/** Of an event's text: https://docs.datadoghq.com/api/latest/events/#post-an-event */
const longestText = 4000;

/**
 * Posts what people should look at; nothing where that is nothing.
 * @param environment has `DD_API_KEY`, and `DD_HOST` where another address than the site's own is meant
 * @throws UsageError where the key is missing, or Datadog refuses
 */
export async function postEvent(
  title: string,
  messages: readonly string[],
  { stack, monitoring, onCall }: StackSpec,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const key = environment["DD_API_KEY"];
  if (!key) throw new UsageError("--event needs DD_API_KEY (an API key of Datadog) in the environment");
  if (messages.length === 0) return;
  const handle = slackHandle(onCall.slack.account, onCall.slack.channel);
  const listed = messages.map((message) => `- ${message}`).join("\n");
  const text = `${listed.slice(0, longestText - handle.length - 1)}\n${handle}`;
  await ask(
    new URL("/api/v1/events", environment["DD_HOST"] ?? `https://api.${monitoring.site}`),
    {
      method: "POST",
      headers: { "content-type": "application/json", "dd-api-key": key },
      body: JSON.stringify({ title, text, alert_type: "warning", tags: [`env:${stack}`] }),
    },
    (status) => (status === 401 || status === 403 ? ": DD_API_KEY is not accepted" : ""),
  );
}
