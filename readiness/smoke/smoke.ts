/** `smoke`: whether a stack's site answers after an update, page by page. */
import { setTimeout as wait } from "node:timers/promises";
import type { ServiceSpec } from "../../model/config/stack-spec.ts";
import { UsageError } from "../errors.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";

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
  readonly problem: (response: Response) => Promise<string | undefined>;
}

/** Longest time to an answer; far above any service level, since a cold start is none of its business. */
const answerMilliseconds = 10_000;
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

function siteOf(url: string): URL {
  if (!URL.canParse(url))
    throw new UsageError(`--url ${url} is no address, must be one such as https://example.com`);
  return new URL(url);
}

function probesOf({ name, pages, healthPath }: ServiceSpec): readonly Probe[] {
  return [
    { name: `${name} health`, path: healthPath, problem: unhealthy },
    ...Object.entries(pages).map(([page, path]) => ({ name: `${name} ${page}`, path, problem: failing })),
  ];
}

/** A page that sends its visitors to the login answers too. */
async function failing({ status }: Response): Promise<string | undefined> {
  return status < 400 ? undefined : `answers ${status}`;
}

async function unhealthy(response: Response): Promise<string | undefined> {
  if (response.status === 200) return undefined;
  const body: unknown = await response.json().catch(() => undefined);
  const checks =
    typeof body === "object" && body !== null && "checks" in body ? JSON.stringify(body.checks) : "";
  return `answers ${response.status} ${checks}`.trimEnd();
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
    const signal = AbortSignal.timeout(answerMilliseconds);
    return await problem(await fetch(url, { redirect: "manual", signal }));
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    return cause instanceof Error ? cause.message : String(cause);
  }
}
