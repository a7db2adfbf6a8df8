/** An event in Datadog that tells the team's channel, as its monitors do. */
import { z } from "zod";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { teamHandles } from "../../model/on-call/chat.ts";
import { addressIn, ask } from "../ask.ts";
import { UsageError } from "../errors.ts";
import { clean } from "../terminal/layout.ts";

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
  spec: StackSpec,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const key = environment["DD_API_KEY"];
  if (!key) throw new UsageError("--event needs DD_API_KEY (an API key of Datadog) in the environment");
  if (messages.length === 0) return;
  const { stack, monitoring } = spec;
  const handle = teamHandles(spec).join(" ");
  const listed = messages.map((message) => `- ${telling(message)}`).join("\n");
  const text = `${listed.slice(0, longestText - handle.length - 1)}\n${handle}`;
  await ask(
    new URL("/api/v1/events", addressIn(environment, "DD_HOST", `https://api.${monitoring.site}`)),
    {
      method: "POST",
      headers: { "content-type": "application/json", "dd-api-key": key },
      body: JSON.stringify({ title, text, alert_type: "warning", tags: [`env:${stack}`] }),
    },
    z.unknown(),
    (status) => (status === 401 || status === 403 ? ": DD_API_KEY is not accepted" : ""),
  );
}

/** A text of a file that tells nobody but whom the event names: a handle begins where no word stands before `@`. */
function telling(message: string): string {
  return clean(message).replace(/(?<![\w.-])@/g, "");
}
