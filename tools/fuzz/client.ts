/** Clients in a process of their own, whose memory is theirs alone, and for which time passes faster. */
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import timers from "node:timers/promises";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import type { PagerDutyAccess } from "../../readiness/drill/pagerduty.ts";
import { carried } from "./oracle.ts";
import type { clients, Told } from "./servers.ts";

/** How much faster: ten seconds of patience are half a second. */
const haste = 20;
const began = Date.now();
const { now } = Date;
Date.now = () => began + (now() - began) * haste;
const { timeout } = AbortSignal;
AbortSignal.timeout = (milliseconds) => timeout.call(AbortSignal, milliseconds / haste);
const { setTimeout: sleep } = timers;
timers.setTimeout = ((milliseconds = 0, ...rest: []) => sleep(milliseconds / haste, ...rest)) as typeof sleep;
syncBuiltinESMExports();

const { postEvent } = await import("../../readiness/waiver/event.ts");
const { send } = await import("../../readiness/drill/send.ts");
const { verify } = await import("../../readiness/verify/verify.ts");

const secret = process.argv[2] ?? "";
const project = join(import.meta.dirname, "../../tests/fixtures");
type Report = Parameters<typeof send>[1];
const report = {
  chain: { alert: { name: "portal-uptime" }, service: { name: "portal", props: { name: "portal-prod" } } },
  escalation: { levels: [{ told: ["primary: Amara Okafor"] }] },
} as unknown as Report;
const spec = {
  stack: "prod",
  monitoring: { site: "datadoghq.eu" },
  chat: { kind: "slack", account: "example", channel: "portal" },
} as unknown as StackSpec;

const calls: Readonly<Record<(typeof clients)[number], (url: string) => Promise<number>>> = {
  verify: (url) =>
    verify(
      {
        stack: "prod",
        url,
        phase: "smoke",
        samples: 2,
        waitSeconds: 0,
        browser: false,
        perMinute: 60,
        folder: "verify",
        format: "text",
      },
      project,
      // Its timers are the machine's, and none of those above.
      { milliseconds: 10_000 / haste },
    ),
  drill: (url) => {
    const access: PagerDutyAccess = { routingKey: secret, token: secret, eventsUrl: url, apiUrl: url };
    return send(access, report, true);
  },
  event: async (url) => {
    await postEvent("Waivers of prod need people", ["one"], spec, { DD_API_KEY: secret, DD_HOST: url });
    return 0;
  },
};

process.on("message", async ({ client, url }: { client: (typeof clients)[number]; url: string }) => {
  const said = await carried(() => calls[client](url));
  const told: Told = { said, megabytes: process.resourceUsage().maxRSS / 1024 };
  process.send?.(told);
});
