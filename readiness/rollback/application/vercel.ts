/** The part of Vercel's interface that moves production's domains: https://vercel.com/docs/rest-api, "projects". */
import { z } from "zod";
import { type Bounds, boundedFetch, usualBounds } from "../../bounded-fetch.ts";
import { UsageError } from "../../errors.ts";
import { parseJson } from "../../foreign-json.ts";
import type { Access } from "../../vendors/access.ts";
import { remedyOf } from "./refusals.ts";

/** What moved production's domains last, whoever asked for it. */
export type AliasRequest = z.output<typeof aliasRequest>;
const aliasRequest = z.object({
  type: z.string(),
  toDeploymentId: z.string(),
  /** Vercel's clock, in milliseconds. */
  requestedAt: z.number(),
  jobStatus: z.string(),
});

export type Project = z.output<typeof project>;
const project = z.object({
  id: z.string(),
  autoAssignCustomDomains: z.boolean().nullish(),
  lastAliasRequest: aliasRequest.nullish(),
  targets: z
    .object({ production: z.object({ id: z.string(), createdAt: z.number().nullish() }).nullish() })
    .nullish(),
});

export type Deployment = z.output<typeof deployment>;
const deployment = z
  .object({
    uid: z.string(),
    created: z.number(),
    state: z.string().nullish(),
    target: z.string().nullish(),
    isRollbackCandidate: z.boolean().nullish(),
    meta: z.record(z.string(), z.unknown()).nullish(),
  })
  .transform(({ uid, meta, ...rest }) => ({ ...rest, id: uid, commit: commitOf(meta ?? {}) }));

function commitOf(meta: Readonly<Record<string, unknown>>): string | undefined {
  const found = ["githubCommitSha", "gitlabCommitSha", "bitbucketCommitSha"].map((key) => meta[key]);
  return found.find((value) => typeof value === "string" && /^[0-9a-f]{40,64}$/.test(value)) as
    | string
    | undefined;
}

const pagination = z.object({ next: z.number().nullish() }).nullish();
const deployments = z.object({ deployments: z.array(deployment), pagination });
const aliases = z.object({
  aliases: z.array(z.object({ status: z.string(), alias: z.object({ alias: z.string() }) })).default([]),
  pagination,
});

/** How a request to move the domains was answered. */
export type Posted =
  /** Taken; `queued` where it waits behind a rolling release. */
  | { readonly kind: "taken"; readonly queued: boolean }
  /** Not taken, and asking again as it stands would not help. */
  | { readonly kind: "refused"; readonly why: string }
  /** Nobody knows whether it was taken. */
  | { readonly kind: "lost"; readonly why: string };

export type Move = "rollback" | "promote";

const mostPages = 20;

export class Vercel {
  readonly #access: Access;
  readonly #bounds: Bounds;

  constructor(access: Access, bounds: Bounds = usualBounds) {
    this.#access = access;
    this.#bounds = bounds;
  }

  /** @param idOrName of the project */
  project(idOrName: string): Promise<Project> {
    return this.#read(`/v9/projects/${encodeURIComponent(idOrName)}`, {}, project);
  }

  /** Production's, the newest first: those that a rollback may go back to, or all that are built. */
  async deployments(projectId: string, candidates: boolean): Promise<readonly Deployment[]> {
    const query = { projectId, target: "production", state: "READY", limit: "100" };
    const only: Readonly<Record<string, string>> = candidates ? { rollbackCandidate: "true" } : {};
    const pages = this.#pages("/v6/deployments", { ...query, ...only }, deployments);
    const found = (await pages).flatMap((page) => page.deployments);
    return found
      .filter(
        ({ state, target }) => (state ?? "READY") === "READY" && (target ?? "production") === "production",
      )
      .filter(({ isRollbackCandidate }) => !candidates || isRollbackCandidate !== false)
      .sort((a, b) => b.created - a.created);
  }

  /** Host names that the last request could not move. */
  async failedAliases(projectId: string): Promise<readonly string[]> {
    const path = `/v1/projects/${encodeURIComponent(projectId)}/promote/aliases`;
    const pages = await this.#pages(path, { failedOnly: "true", limit: "100" }, aliases);
    return pages
      .flatMap((page) => page.aliases)
      .filter(({ status }) => status === "failed")
      .map(({ alias }) => alias.alias);
  }

  /** Asks once, and never again. */
  async move(kind: Move, projectId: string, deploymentId: string, reason: string): Promise<Posted> {
    const [id, to] = [encodeURIComponent(projectId), encodeURIComponent(deploymentId)];
    const paths = {
      rollback: `/v1/projects/${id}/rollback/${to}`,
      promote: `/v10/projects/${id}/promote/${to}`,
    };
    const query: Readonly<Record<string, string>> = kind === "rollback" ? { description: reason } : {};
    try {
      const request = { method: "POST", body: "{}" };
      const { status } = await this.#request(paths[kind], query, request);
      if (status === 201 || status === 202) return { kind: "taken", queued: status === 202 };
      const why = `Vercel answered ${status}: ${remedyOf(status)}`;
      return { kind: status >= 500 || status === 408 || status < 400 ? "lost" : "refused", why };
    } catch (error) {
      return { kind: "lost", why: error instanceof Error ? error.message : String(error) };
    }
  }

  async #pages<S extends z.ZodType<{ pagination?: { next?: number | null | undefined } | null | undefined }>>(
    path: string,
    query: Readonly<Record<string, string>>,
    schema: S,
  ): Promise<readonly z.output<S>[]> {
    const pages: z.output<S>[] = [];
    let until: Readonly<Record<string, string>> = {};
    for (let number = 0; number < mostPages; number++) {
      const page = await this.#read(path, { ...query, ...until }, schema);
      pages.push(page);
      const next = page.pagination?.next;
      if (next === undefined || next === null || until["until"] === `${next}`) break;
      until = { until: `${next}` };
    }
    return pages;
  }

  async #read<S extends z.ZodType>(
    path: string,
    query: Readonly<Record<string, string>>,
    schema: S,
  ): Promise<z.output<S>> {
    const { status, text } = await this.#request(path, query, {}).catch((error: unknown) => {
      throw new Unanswered(`Vercel cannot be reached: ${error instanceof Error ? error.message : error}`);
    });
    if (status >= 500 || status === 429 || status === 408) throw new Unanswered(`Vercel answers ${status}`);
    if (status !== 200) throw new UsageError(`Vercel answered ${status} to ${path}: ${remedyOf(status)}`);
    const { data } = schema.safeParse(jsonIn(text));
    if (data === undefined)
      throw new Unanswered(`Vercel answered ${path} with something that it does not document`);
    return data;
  }

  #request(path: string, query: Readonly<Record<string, string>>, request: RequestInit) {
    const url = new URL(path, this.#access.url);
    for (const [key, value] of Object.entries({ ...this.#access.query, ...query })) {
      url.searchParams.set(key, value);
    }
    const headers = { ...this.#access.headers, "content-type": "application/json" };
    return boundedFetch(url, { ...request, headers }, this.#bounds);
  }
}

/** Nothing is known: another look may find out. */
export class Unanswered extends Error {
  override readonly name = "Unanswered";
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
