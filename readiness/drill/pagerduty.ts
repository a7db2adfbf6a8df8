/** A marked test event through PagerDuty's real interfaces: Events API v2 in, REST API v2 for what came of it. */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { addressIn, ask } from "../ask.ts";
import { UsageError } from "../errors.ts";

export interface PagerDutyAccess {
  /** Integration key of the service that is drilled; never shown. */
  readonly routingKey: string;
  /** REST API token that may read incidents; never shown. */
  readonly token: string;
  /** The EU service region has addresses of its own. */
  readonly eventsUrl: string;
  readonly apiUrl: string;
}

/** Somebody whom PagerDuty has told, and by which channel. */
export interface Notified {
  readonly person: string;
  readonly channel: string;
  /** ISO 8601. */
  readonly at: string;
}

const accepted = z.object({ status: z.literal("success"), dedup_key: z.string() });
const incidents = z.object({ incidents: z.array(z.object({ id: z.string() })) });
const logEntries = z.object({
  log_entries: z.array(
    z.object({
      type: z.string(),
      created_at: z.string(),
      user: z.object({ summary: z.string() }).nullish(),
      channel: z.looseObject({ notification: z.object({ type: z.string() }).optional() }).nullish(),
    }),
  ),
});

/**
 * What the environment grants.
 * @throws UsageError that names everything that is missing, at once
 */
export function accessFrom(environment: NodeJS.ProcessEnv): PagerDutyAccess {
  const needed = {
    PAGERDUTY_ROUTING_KEY: "the integration key of the service that is drilled",
    PAGERDUTY_TOKEN: "a REST API token that may read incidents",
  };
  const missing = Object.entries(needed).filter(([name]) => !environment[name]);
  if (missing.length > 0) {
    const list = missing.map(([name, what]) => `${name} (${what})`).join(" and ");
    throw new UsageError(`--send needs ${list} in the environment`);
  }
  return {
    routingKey: environment["PAGERDUTY_ROUTING_KEY"] ?? "",
    token: environment["PAGERDUTY_TOKEN"] ?? "",
    eventsUrl: addressIn(environment, "PAGERDUTY_EVENTS_URL", "https://events.pagerduty.com"),
    apiUrl: addressIn(environment, "PAGERDUTY_API_URL", "https://api.pagerduty.com"),
  };
}

/** Triggers an incident; gives the key by which it is found and resolved. */
export async function trigger(access: PagerDutyAccess, summary: string, dedupKey: string): Promise<string> {
  const payload = {
    summary,
    source: "readiness drill",
    severity: "critical",
    custom_details: { drill: true, note: "This is a drill: nothing is broken." },
  };
  const body = { event_action: "trigger", dedup_key: dedupKey, payload };
  return (await post(access, body)).dedup_key;
}

/** Ends the drill's incident. */
export async function resolve(access: PagerDutyAccess, dedupKey: string): Promise<void> {
  await post(access, { event_action: "resolve", dedup_key: dedupKey });
}

/**
 * Waits until PagerDuty has told somebody of the incident.
 * @param interrupted ends the waiting, with an error
 * @returns everybody told so far; nobody where the time is up
 */
export async function waitForNotification(
  access: PagerDutyAccess,
  dedupKey: string,
  { timeoutMs, everyMs }: { readonly timeoutMs: number; readonly everyMs: number },
  interrupted: AbortSignal,
): Promise<readonly Notified[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const told = await notified(access, dedupKey, interrupted);
    if (told.length > 0 || Date.now() + everyMs > deadline) return told;
    await sleep(everyMs, undefined, { signal: interrupted });
  }
}

async function notified(
  access: PagerDutyAccess,
  dedupKey: string,
  interrupted: AbortSignal,
): Promise<readonly Notified[]> {
  const query = new URLSearchParams({ incident_key: dedupKey });
  const [incident] = (await get(access, `/incidents?${query}`, incidents, interrupted)).incidents;
  if (!incident) return [];
  const path = `/incidents/${encodeURIComponent(incident.id)}/log_entries?include%5B%5D=channels`;
  const { log_entries: entries } = await get(access, path, logEntries, interrupted);
  return entries
    .filter(({ type }) => type === "notify_log_entry")
    .map(({ user, channel, created_at: at }) => ({
      person: user?.summary ?? "somebody",
      channel: channel?.notification?.type ?? "notification",
      at,
    }))
    .sort((a, b) => a.at.localeCompare(b.at));
}

async function post({ eventsUrl, routingKey }: PagerDutyAccess, event: object) {
  const body = JSON.stringify({ routing_key: routingKey, ...event });
  return ask(
    new URL("/v2/enqueue", eventsUrl),
    {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    },
    accepted,
    hint,
  );
}

function get<S extends z.ZodType>(
  { apiUrl, token }: PagerDutyAccess,
  path: string,
  schema: S,
  signal: AbortSignal,
): Promise<z.output<S>> {
  const headers = {
    authorization: `Token token=${token}`,
    accept: "application/vnd.pagerduty+json;version=2",
  };
  return ask(new URL(path, apiUrl), { headers, signal }, schema, hint);
}

function hint(status: number): string {
  if (status === 400) return ": PAGERDUTY_ROUTING_KEY is no integration key of the Events API v2";
  if (status === 401 || status === 403) return ": PAGERDUTY_TOKEN is not accepted";
  return status === 429 ? ": too many requests, try again in a minute" : "";
}
