/** The first phase: everything that one look tells. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Check } from "./check.ts";
import { assets } from "./checks/assets.ts";
import { dns } from "./checks/dns.ts";
import { headers, nonce } from "./checks/headers.ts";
import { healthOf } from "./checks/health.ts";
import { errorRate, latencies, planOf } from "./checks/latency.ts";
import { pagesOf } from "./checks/pages.ts";
import { rateLimit } from "./checks/rate-limit.ts";
import { lookAt, transport } from "./checks/transport.ts";
import type { VerifyReport } from "./report.ts";
import { sample } from "./sampler.ts";
import type { Site } from "./site.ts";
import type { Service } from "./subject.ts";
import type { WatchState } from "./watch/state.ts";

export interface Wanted {
  readonly commit: string | undefined;
  readonly samples: number;
  /** The most requests that may be sent to be refused one; none where nobody has asked for it. */
  readonly burst: number | undefined;
}

export interface Seen {
  readonly checks: readonly Check[];
  readonly samples: VerifyReport["samples"];
  readonly pages: VerifyReport["pages"];
  readonly commit: string | undefined;
  readonly watch?: WatchState;
}

/** What a browser saw, and the cookies that a test account got there. */
export interface Browsed {
  readonly checks: readonly Check[];
  readonly cookies: ReadonlyMap<string, string>;
  readonly pages: VerifyReport["pages"];
  /** What axe found on each page, as it came. */
  readonly axe: readonly unknown[];
}

/** @param browse asked once pages are known to be there, and before what a machine must be quiet for */
export async function smoke(
  site: Site,
  wanted: Wanted,
  browse: () => Promise<Browsed>,
  progress: (text: string) => void,
): Promise<Seen> {
  progress("name, TLS, pages and health…");
  const looked = await look(site, wanted.commit);
  const { checks, cookies, pages } = looked.there
    ? await browse()
    : { checks: [], cookies: new Map<string, string>(), pages: [] };
  const measured = await measure(site, wanted, cookies, progress);
  return {
    checks: [...looked.checks, ...measured.checks, ...checks],
    samples: measured.samples,
    pages,
    commit: looked.commit,
  };
}

async function look(site: Site, commit: string | undefined) {
  const { services } = site.subject;
  const paths = services.flatMap(({ pages }) => pages.map(({ path }) => path));
  const [names, record, told] = await Promise.all([
    dns(site),
    site.overTls ? lookAt(site, paths, commit) : undefined,
    Promise.all(services.map((service) => ofService(site, service, commit))),
  ]);
  const answers = new Map(told.flatMap(({ pages }) => [...pages.answers]));
  return {
    checks: [
      ...names,
      ...transport(site, record),
      ...headers(site, record, answers),
      ...told.flatMap(({ health, pages, loaded }) => [...health.checks, ...pages.checks, ...loaded]),
    ],
    there: answers.size > 0,
    commit: told.find(({ health }) => health.commit !== undefined)?.health.commit,
  };
}

async function measure(
  site: Site,
  { samples: wanted, burst }: Wanted,
  cookies: ReadonlyMap<string, string>,
  progress: (text: string) => void,
): Promise<Pick<Seen, "checks" | "samples">> {
  const { services, requestsPer5Minutes = Number.POSITIVE_INFINITY } = site.subject;
  const samples: VerifyReport["samples"][number][] = [];
  const checks: Check[] = [];
  for (const service of wanted === 0 ? [] : services) {
    const left = site.local ? Number.POSITIVE_INFINITY : requestsPer5Minutes - site.requests;
    const plans = planOf(service, wanted, left / services.length);
    const cookie = cookies.get(service.name);
    const sampled = await sample(site, plans, cookie ? { cookie } : {}, (done, all) =>
      progress(`${service.name}: ${done} of ${all} samples…`),
    );
    samples.push(...sampled.map((one) => ({ service: service.name, ...one })));
    checks.push(...latencies(service, sampled), errorRate(service, sampled));
  }
  const [first] = services;
  const path = first?.routes[0]?.path ?? first?.pages[0]?.path ?? "/";
  if (burst !== undefined) checks.push(...(await rateLimit(site, path, burst)));
  return { checks, samples };
}

async function ofService(site: Site, service: Service, commit: string | undefined) {
  const [health, pages] = await Promise.all([healthOf(site, service, commit), pagesOf(site, service)]);
  const [loaded, nonces] = await Promise.all([
    assets(site, service, pages.answers),
    Promise.all(
      [...pages.answers].map(async ([path, answer]) => {
        if (!/'nonce-/.test(answer.headers.map(([, value]) => value).join(" "))) return [];
        const again = await site.ask(path);
        return "failure" in again ? [] : nonce(path, answer, again);
      }),
    ),
  ]);
  return { health, pages, loaded: [...loaded, ...nonces.flat()] };
}

export const pauseMilliseconds = 2_000;

/** Until the site says that it is well, and runs what it has to: a deployment comes up by and by. */
export async function awaitHealth(site: Site, commit: string | undefined, ends: number): Promise<void> {
  for (;;) {
    const told = await Promise.all(site.subject.services.map((service) => healthOf(site, service, commit)));
    const well = told.every(({ checks }) =>
      checks.every(({ outcome }) => outcome === "pass" || outcome === "not asked"),
    );
    if (well || Date.now() + pauseMilliseconds > ends) return;
    await sleep(pauseMilliseconds);
  }
}
