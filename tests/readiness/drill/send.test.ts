import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { accessFrom } from "../../../readiness/drill/pagerduty.ts";
import { send } from "../../../readiness/drill/send.ts";
import { findChain } from "../../../readiness/drill/timeline.ts";
import { pagedStack } from "../../policies/support/paged-stack.ts";
import { stackOf } from "../../policies/support/stack.ts";
import { fixtures, project } from "../project.ts";

/** Stands in for PagerDuty: what it was told to do, and what it answers. */
let server: Server;
let actions: string[];
let keys: Set<string>;
let env: Readonly<Record<string, string>>;
/** The status of an answer to an event (`trigger`, `resolve`) or to a question (`ask`). */
let answer: (what: string) => number;

beforeEach(async () => {
  actions = [];
  keys = new Set();
  answer = () => 200;
  server = createServer(async (request, response) => {
    const body = (await Array.fromAsync(request)).join("");
    const event = request.url === "/v2/enqueue" ? JSON.parse(body) : undefined;
    const what: string = event?.event_action ?? "ask";
    if (event) {
      actions.push(what);
      keys.add(event.dedup_key);
    }
    server.emit(what);
    const accepted = { status: "success", dedup_key: event?.dedup_key };
    response.writeHead(answer(what)).end(JSON.stringify(event ? accepted : { incidents: [] }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  env = {
    PAGERDUTY_ROUTING_KEY: "R-secret",
    PAGERDUTY_TOKEN: "T-secret",
    PAGERDUTY_EVENTS_URL: url,
    PAGERDUTY_API_URL: url,
  };
});
afterEach(() => {
  vi.restoreAllMocks();
  server.closeAllConnections();
  server.close();
});

it.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("resolves its incident when %s ends it", async (signal, expected) => {
  const cli = join(project, "readiness/cli.ts");
  const args = ["drill", "--alert", "uptime-homepage", "--send", "--yes"];
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: fixtures,
    env: { PATH: process.env["PATH"], ...env },
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (printed += chunk));
  const closed = once(child, "close");
  await once(server, "ask");
  child.kill(signal);
  // Somebody impatient.
  child.kill(signal);
  expect(await closed).toEqual([expected, null]);
  expect(actions).toEqual(["trigger", "resolve"]);
  expect(keys.size).toBe(1);
  expect(printed).toContain("interrupted\nThe drill's incident is resolved.\n");
  expect(printed).not.toContain("error:");
});

describe("an error", () => {
  const chain = findChain(stackOf(pagedStack), "homepage");
  const escalation = { policy: "portal-prod-sev1", levels: [], repeats: 0, cycle: 0 };
  const drill = () => {
    vi.spyOn(process.stdout, "write").mockReturnValue(true);
    return send(accessFrom(env), { chain, escalation }, true);
  };

  it("after the event leaves no incident open", async () => {
    answer = (what) => (what === "ask" ? 401 : 202);
    await expect(drill()).rejects.toThrow("PAGERDUTY_TOKEN is not accepted");
    expect(actions).toEqual(["trigger", "resolve"]);
  });

  it("in the answer to the event may hide an incident: it is resolved too", async () => {
    answer = (what) => (what === "trigger" ? 500 : 202);
    await expect(drill()).rejects.toThrow("answered 500");
    expect(actions).toEqual(["trigger", "resolve"]);
    expect(keys.size).toBe(1);
  });

  it("of the end says which incident is open", async () => {
    answer = (what) => (what === "trigger" ? 202 : 500);
    await expect(drill()).rejects.toThrow(
      /^the drill's incident may still be open, resolve it in PagerDuty by its key drill-[\w-]+: http\S+ answered 500$/,
    );
  });

  it("leaves no handler of signals behind", async () => {
    const before = process.listenerCount("SIGINT");
    answer = () => 500;
    await expect(drill()).rejects.toThrow();
    expect(process.listenerCount("SIGINT")).toBe(before);
  });
});
