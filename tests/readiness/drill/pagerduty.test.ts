import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { accessFrom, resolve, trigger, waitForNotification } from "../../../readiness/drill/pagerduty.ts";

let server: Server | undefined;
afterEach(() => server?.close());

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** Stands in for both interfaces; `answer` gives status and body, or nothing for what PagerDuty would say. */
async function pagerDuty(
  answer: (asked: Asked, count: number) => readonly [number, unknown] | undefined = () => undefined,
) {
  const asked: Asked[] = [];
  server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    const [status, body] = answer(one, asked.length) ?? standard(one);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const access = accessFrom({
    PAGERDUTY_ROUTING_KEY: "R-secret",
    PAGERDUTY_TOKEN: "T-secret",
    PAGERDUTY_EVENTS_URL: url,
    PAGERDUTY_API_URL: url,
  });
  return { access, asked };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const { method = "", url: path = "", headers } = request;
  const body = (await Array.fromAsync(request)).join("");
  return { method, path, authorization: headers.authorization, body };
}

const entry = (type: string, person: string, at: string) => ({
  type,
  created_at: at,
  user: { summary: person },
  channel: { type: "auto", notification: { type: "phone" } },
});

function standard({ path, body }: Asked): readonly [number, unknown] {
  if (path === "/v2/enqueue") return [202, { status: "success", dedup_key: JSON.parse(body).dedup_key }];
  if (path.startsWith("/incidents?")) return [200, { incidents: [{ id: "PINC" }] }];
  const entries = [
    entry("notify_log_entry", "Jonas", "2026-11-23T12:01:30Z"),
    entry("notify_log_entry", "Amara", "2026-11-23T12:00:20Z"),
    entry("trigger_log_entry", "nobody", "2026-11-23T12:00:00Z"),
  ];
  return [200, { log_entries: entries }];
}

const patience = { timeoutMs: 100_000, everyMs: 1 };
const never = new AbortController().signal;

describe("a drill through PagerDuty", () => {
  it("triggers an event that says it is a drill, and resolves it", async () => {
    const { access, asked } = await pagerDuty();
    expect(await trigger(access, "[DRILL] the homepage", "drill-1")).toBe("drill-1");
    await resolve(access, "drill-1");
    const [sent, ended] = asked.map(({ body }) => JSON.parse(body));
    expect(sent).toMatchObject({
      routing_key: "R-secret",
      event_action: "trigger",
      dedup_key: "drill-1",
      payload: { summary: "[DRILL] the homepage", custom_details: { drill: true } },
    });
    expect(ended).toEqual({ routing_key: "R-secret", event_action: "resolve", dedup_key: "drill-1" });
  });

  it("waits until somebody was told, and says who, in order", async () => {
    const { access, asked } = await pagerDuty(({ path }, count) =>
      path.startsWith("/incidents?") && count < 3 ? [200, { incidents: [] }] : undefined,
    );
    const told = await waitForNotification(access, "drill-1", patience, never);
    expect(told.map(({ person, channel }) => [person, channel])).toEqual([
      ["Amara", "phone"],
      ["Jonas", "phone"],
    ]);
    expect(asked[0]).toMatchObject({
      path: "/incidents?incident_key=drill-1",
      authorization: "Token token=T-secret",
    });
  });

  it("gives up when the time is up", async () => {
    const { access } = await pagerDuty(({ path }) =>
      path.includes("log_entries") ? [200, { log_entries: [] }] : undefined,
    );
    expect(await waitForNotification(access, "drill-1", { timeoutMs: 20, everyMs: 5 }, never)).toEqual([]);
  });

  it.each([
    [400, "PAGERDUTY_ROUTING_KEY is no integration key"],
    [401, "PAGERDUTY_TOKEN is not accepted"],
    [429, "try again in a minute"],
    [500, "answered 500"],
  ])("explains the status %i and shows no secret", async (status, message) => {
    const { access } = await pagerDuty(() => [status, { error: "R-secret T-secret" }]);
    const error = await trigger(access, "drill", "drill-1").catch((e: unknown) => e);
    expect(String(error)).toContain(message);
    expect(String(error)).not.toMatch(/[RT]-secret/);
  });

  it("explains that nobody answers", async () => {
    const { access } = await pagerDuty();
    server?.close();
    server?.closeAllConnections();
    await expect(trigger(access, "drill", "drill-1")).rejects.toThrow("/v2/enqueue cannot be reached");
  });

  it("names every missing credential at once", () => {
    expect(() => accessFrom({})).toThrow(
      /PAGERDUTY_ROUTING_KEY .* and PAGERDUTY_TOKEN .* in the environment/,
    );
    expect(() => accessFrom({ PAGERDUTY_TOKEN: "T" })).toThrow(
      /needs PAGERDUTY_ROUTING_KEY \([^)]*\) in the/,
    );
  });
});
