/** `smoke`: whether a stack's site answers after an update, page by page. */
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { ServiceSpec } from "../../model/config/stack-spec.ts";
import { runsInline } from "../../policies/effects/csp.ts";
import { type Answer, boundedFetch } from "../bounded-fetch.ts";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { clean } from "../terminal/layout.ts";

export interface SmokeOptions {
  readonly stack: string;
  /** Address of the site; that of the stack's config where absent. */
  readonly url?: string;
  /** How long a page may take to come up, in seconds. */
  readonly waitSeconds: number;
}

interface Probe {
  readonly name: string;
  readonly path: string;
  /** Says what is wrong with an answer; nothing where it is as it should be. */
  readonly problem: (answer: Answer) => string | undefined;
}

const mostRedirects = 5;
const pauseMilliseconds = 2_000;

/**
 * Asks every page and every health endpoint of a stack until it answers well, and prints what each said.
 * @returns 0 where all did, 1 where one did not in time
 * @throws UsageError for a stack without a stack file, ConfigError for one that cannot be used
 */
export async function smoke({ stack, url, waitSeconds }: SmokeOptions, projectDir: string): Promise<number> {
  selectStacks([stack], false, listStacks(projectDir));
  const { spec } = loadStack(projectDir, stack);
  const site = siteOf(url ?? `https://${spec.domain}`);
  const deadline = Date.now() + waitSeconds * 1000;
  const results = await Promise.all(
    spec.services.flatMap(probesOf).map(async ({ name, path, problem }) => {
      const found = await settle(new URL(path, site), problem, deadline);
      process.stdout.write(
        `${found === undefined ? "✓" : "✗"} ${name}  ${path}  ${found ?? ""}`.trimEnd().concat("\n"),
      );
      return found;
    }),
  );
  return results.every((found) => found === undefined) ? 0 : 1;
}

function siteOf(address: string): URL {
  const url = URL.parse(address);
  if (url && /^https?:$/.test(url.protocol) && url.username + url.password === "") return url;
  throw new UsageError(
    `--url ${address} is no address of a site, must be one such as https://example.com, without a login`,
  );
}

function probesOf({ name, framework, pages, healthPath }: ServiceSpec): readonly Probe[] {
  return [
    { name: `${name} health`, path: healthPath, problem: unhealthy },
    ...Object.entries(pages).map(([page, path]) => ({
      name: `${name} ${page}`,
      path,
      problem: (answer: Answer) => foreign(answer, framework),
    })),
  ];
}

/** What a framework's build leaves in every page that it makes. */
const marks: Readonly<Record<ServiceSpec["framework"], RegExp>> = {
  nextjs: /\/_next\//,
  remix: /__remixContext|__reactRouterContext/,
  sveltekit: /\/_app\/immutable\/|__sveltekit/,
  nuxtjs: /\/_nuxt\/|__NUXT/,
  astro: /\/_astro\/|data-astro-|content="Astro /i,
  vite: /<script[^>]{0,200}\stype="?module/,
};

/** A parking page and a host's own error page answer too. */
function foreign(answer: Answer, framework: ServiceSpec["framework"]): string | undefined {
  const { status, text } = answer;
  if (status !== 200) return `answers ${status}`;
  return marks[framework].test(text) ? dead(answer) : `answers with a page that ${framework} has not made`;
}

/** A page whose policy keeps its own scripts from running looks well, and does nothing (docs/edge.md). */
function dead({ headers, text }: Answer): string | undefined {
  const policy = headers.get("content-security-policy");
  if (policy === null) return undefined;
  const kept = [...text.matchAll(/<script\b([^>]{0,500})>/gi)]
    .map(([, attributes = ""]) => attributes)
    .filter(
      (attributes) => !/\ssrc\s?=|\stype\s?=\s?"?(application|importmap|speculationrules)/i.test(attributes),
    )
    .filter((attributes) => runsInline(policy, /\snonce="([^"]{1,200})"/.exec(attributes)?.[1]) === false);
  return kept.length > 0
    ? `answers with inline scripts that its Content-Security-Policy keeps from running (${kept.length})`
    : undefined;
}

const health = z.looseObject({ status: z.string(), checks: z.record(z.string(), z.unknown()) });

/** By the contract in docs/requirements.md, whatever the status says. */
function unhealthy({ status, text }: Answer): string | undefined {
  const { data } = health.safeParse(jsonIn(text));
  if (data === undefined) return `answers ${status}, and nothing of its health`;
  if (status === 200 && data.status === "healthy") return undefined;
  const checks = Object.entries(data.checks).map(([name, state]) => `${name}: ${stateOf(state)}`);
  return clean(`answers ${status}, ${data.status} (${checks.join(", ")})`).slice(0, 300);
}

function stateOf(check: unknown): string {
  return String(Object(check).status ?? (typeof check === "object" ? "not told" : check));
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The problem that was left at the deadline. */
async function settle(url: URL, problem: Probe["problem"], deadline: number): Promise<string | undefined> {
  for (;;) {
    const found = await ask(url, problem);
    if (found === undefined || Date.now() + pauseMilliseconds > deadline) return found;
    await wait(pauseMilliseconds);
  }
}

async function ask(url: URL, problem: Probe["problem"]): Promise<string | undefined> {
  try {
    return await follow(url, problem);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A page may send its visitors to the login, and nobody to another host. */
async function follow(site: URL, problem: Probe["problem"]): Promise<string | undefined> {
  let url = site;
  for (let redirects = 0; ; redirects++) {
    const answer = await boundedFetch(url);
    const location = answer.headers.get("location");
    if (answer.status < 300 || answer.status > 399 || location === null) return problem(answer);
    const next = URL.parse(location, url.href);
    const stays = next?.host === url.host && (next.protocol === url.protocol || next.protocol === "https:");
    if (!stays) return `leads away from its site, to ${next?.host || "no address"}`;
    if (redirects >= mostRedirects) return `leads on and on, more than ${mostRedirects} times`;
    url = next;
  }
}
