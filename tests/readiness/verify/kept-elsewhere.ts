/** A stack whose records somebody else keeps, a name server on loopback, and what `verify` tells of both. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type packet from "dns-packet";
import type { VerifyReport } from "../../../readiness/verify/report.ts";
import { verify } from "../../../readiness/verify/verify.ts";
import { carried } from "../../../tools/fuzz/oracle.ts";
import { type Change, changed } from "../parts/declared.ts";
import { serve } from "./healthy.ts";
import { nameServer, type Zone } from "./name-server.ts";

export const host = "portal.example.com";
export const origin = `portal.origin.${host}`;
export const cdn = "d111111abcdef8.cloudfront.net";
export const vercel: Change = () => ({
  "readiness:dns": { kind: "external" },
  "readiness:edge": { kind: "vercel", rateLimitPer5Minutes: 2000 },
});
export const cloudfront: Change = () => ({ "readiness:dns": { kind: "external" } });

export type Answers = Readonly<Record<string, ReturnType<Zone>>>;
export const caa = (tag: string, value: string) =>
  ({
    type: "CAA",
    name: host,
    ttl: 60,
    data: { tag, value, flags: 0, issuerCritical: false },
  }) as packet.Answer;
export const of = (type: "A" | "AAAA" | "CNAME" | "NS", name: string, ...values: readonly string[]) => ({
  records: values.map((data): packet.Answer => ({ type, name, ttl: 60, data })),
});
export const issuers = (...names: readonly string[]) => ({
  records: [...names.map((name) => caa("issue", name)), caa("issuewild", ";")],
});
/** By type and name; of an address the site on loopback, unless a test says otherwise. */
export function zone(answers: Answers): Zone {
  return (type, name) => (`${type} ${name}` in answers ? answers[`${type} ${name}`] : {});
}
export const right: Answers = {
  [`A ${host}`]: { ...of("A", host, "76.76.21.21"), validated: true },
  [`CAA ${host}`]: issuers("letsencrypt.org"),
};

const open: { close(): void }[] = [];

export function closeAll(): void {
  for (const one of open.splice(0)) one.close();
}

interface Asked {
  readonly change?: Change;
  readonly answers: Answers;
  /** What `pulumi stack export` says that the stack exports. */
  readonly outputs?: object;
  readonly stack?: string;
}

export async function seen({ change = vercel, answers, outputs, stack = "prod" }: Asked) {
  const cwd = changed(change);
  const names = await nameServer(zone(answers));
  const site = await serve();
  open.push(names, site);
  const state = join(cwd, "state.json");
  if (outputs) writeFileSync(state, JSON.stringify(stateOf(stack, outputs)));
  const options = {
    // Whatever address a record has here, nobody connects to it, but to loopback.
    url: outputs ? `http://${host}:${site.port}/` : site.url,
    stack: "prod",
    ...(outputs && { state }),
    phase: "smoke",
    samples: 0,
    waitSeconds: 0,
    browser: false,
    perMinute: 60,
    folder: "verify",
    format: "json",
  } as const;
  const world = { address: { address: "127.0.0.1", family: 4 as const }, nameServers: [names.address] };
  const { status, stdout, stderr } = await carried(() => verify(options, cwd, world));
  const report = stdout === "" ? undefined : (JSON.parse(stdout) as VerifyReport);
  const lines = (report?.checks ?? [])
    .filter(({ check }) => check === "records" || check === "delegation")
    .map(({ check, subject, outcome, said }) => `${outcome}: ${check} ${subject}: ${said}`);
  return { status, stderr, report, lines, stdout };
}

function stateOf(stack: string, outputs: object) {
  const urn = `urn:pulumi:${stack}::portal::pulumi:pulumi:Stack::portal-${stack}`;
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-03-02T10:00:00Z" },
      resources: [{ urn, type: "pulumi:pulumi:Stack", custom: false, inputs: {}, outputs }],
    },
  };
}
