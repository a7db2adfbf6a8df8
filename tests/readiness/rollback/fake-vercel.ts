/**
 * A Vercel of one project, and its site, on loopback: test equipment. Paths, parameters and fields are those of Vercel's
 * published description of its interface; what it does when is the test's to say.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const commits = { old: "a".repeat(40), older: "c".repeat(40), bad: "b".repeat(40) } as const;

/** What can be told to go otherwise than well. */
export interface Script {
  /** Answer to a request to move the domains. */
  readonly post?: number;
  /** The answer to that is lost, though it was taken, or before it was. */
  readonly lost?: "taken" | "not taken" | "silent";
  /** Looks until the project shows a request. */
  readonly shownAfter?: number;
  /** Of the job, look by look; the last stays. */
  readonly job?: readonly string[];
  readonly failedAliases?: readonly string[];
  /** Somebody else's request, which takes the place of ours at this look. */
  readonly overtakenAt?: number;
  readonly autoAssign?: boolean;
  /** Answers of the site with the commit before, after the domains are moved. */
  readonly siteLags?: number;
  /** What the site says instead, answer by answer after the move. */
  readonly site?: (number: number) => SiteSays | undefined;
  /** Answers of reads, by number, that are 500. */
  readonly readFails?: (number: number) => boolean;
  /** Called with each request before, and after, it is dealt with; what it returns true for is never answered. */
  readonly hook?: (request: string, dealtWith: boolean) => boolean;
}

export interface SiteSays {
  readonly status?: number;
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly type: string;
  readonly toDeploymentId: string;
  readonly fromDeploymentId: string;
  readonly requestedAt: number;
}

interface Built {
  readonly uid: string;
  readonly created: number;
  readonly commit?: string;
  readonly candidate?: boolean;
}

/** By age, the newest first. */
export const built: readonly Built[] = [
  { uid: "dpl_bad", created: 3_000, commit: commits.bad },
  { uid: "dpl_preview", created: 2_500, commit: "d".repeat(40), candidate: false },
  { uid: "dpl_old", created: 2_000, commit: commits.old },
  { uid: "dpl_older", created: 1_000, commit: commits.older },
];

function deployments(only: boolean): object {
  const found = built
    .filter(({ candidate }) => !only || candidate !== false)
    .map(({ uid, created, commit, candidate }) => ({
      uid,
      name: "portal-staging",
      url: `${uid}.vercel.app`,
      created,
      state: "READY",
      target: "production",
      isRollbackCandidate: candidate ?? true,
      meta: commit === undefined ? {} : { githubCommitSha: commit },
    }));
  return { deployments: found, pagination: { count: found.length, next: null, prev: null } };
}

export class FakeVercel {
  script: Script;
  production = "dpl_bad";
  last: (Job & { jobStatus: string }) | undefined;
  readonly posts: string[] = [];
  readonly asked: string[] = [];
  readonly tokens = new Set<string | undefined>();
  #looks = 0;
  #reads = 0;
  #answers = 0;
  #pending: Job | undefined;
  #site = "dpl_bad";
  readonly #servers: Server[] = [];
  env: Readonly<Record<string, string>> = {};
  url = "";

  constructor(script: Script = {}) {
    this.script = script;
  }

  async start(): Promise<this> {
    const [api, site] = await Promise.all([this.#serve(this.#api), this.#serve(this.#health)]);
    this.env = { VERCEL_API_URL: api, VERCEL_API_TOKEN: "canary-vercel" };
    this.url = site;
    return this;
  }

  stop(): void {
    for (const server of this.#servers) {
      server.closeAllConnections();
      server.close();
    }
  }

  async #serve(
    answer: (url: URL, request: IncomingMessage, response: ServerResponse) => void,
  ): Promise<string> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://fake");
      const name = `${request.method} ${url.pathname}`;
      this.asked.push(name);
      request.resume();
      if (this.script.hook?.(name, false)) return;
      answer.call(this, url, request, response);
    });
    this.#servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  #send(response: ServerResponse, name: string, status: number, body: unknown, headers = {}): void {
    if (this.script.hook?.(name, true)) return;
    const text = typeof body === "string" ? body : JSON.stringify(body);
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(text);
  }

  #api(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const name = `${request.method} ${url.pathname}`;
    this.tokens.add(request.headers.authorization);
    if (request.method === "POST") this.#post(url, name, response);
    else this.#send(response, name, ...this.#read(url));
  }

  #read({ pathname, searchParams }: URL): [status: number, body: object] {
    if (this.script.readFails?.(++this.#reads)) return [500, {}];
    if (searchParams.get("teamId") === null) return [403, {}];
    if (/^\/v9\/projects\/[^/]+$/.test(pathname)) return [200, this.#project()];
    if (/^\/v1\/projects\/[^/]+\/promote\/aliases$/.test(pathname)) {
      return [200, this.#aliases(searchParams.has("until"))];
    }
    if (pathname !== "/v6/deployments") return [404, {}];
    const only = searchParams.get("rollbackCandidate") === "true";
    return [200, deployments(only)];
  }

  /** One a page. */
  #aliases(second: boolean): object {
    const failed = (this.script.failedAliases ?? []).map((alias) => ({
      status: "failed",
      id: alias,
      alias: { alias, deploymentId: "dpl_bad" },
    }));
    const aliases = second ? failed.slice(1) : failed.slice(0, 1);
    return { aliases, pagination: { count: 1, next: second || failed.length < 2 ? null : 1, prev: null } };
  }

  #post({ pathname }: URL, name: string, response: ServerResponse): void {
    const [, kind = "", to = ""] = /\/projects\/[^/]+\/(rollback|promote)\/([^/]+)$/.exec(pathname) ?? [];
    this.posts.push(`${kind} ${to}`);
    const { post = 201, lost } = this.script;
    if (lost !== "not taken" && post < 300) {
      this.#pending = {
        type: kind,
        toDeploymentId: to,
        fromDeploymentId: this.production,
        requestedAt: Date.now(),
      };
      this.#looks = 0;
    }
    const body = post < 300 ? {} : { error: { code: "x", message: "canary-of-the-server" } };
    if (lost === undefined) this.#send(response, name, post, body);
    else if (lost !== "silent") response.destroy();
  }

  #project(): object {
    this.#looks++;
    const {
      shownAfter = 0,
      job = ["pending", "in-progress", "succeeded"],
      overtakenAt,
      autoAssign = false,
    } = this.script;
    if (this.#pending && this.#looks > shownAfter) {
      const jobStatus = job[Math.min(this.#looks - shownAfter, job.length) - 1] ?? "succeeded";
      this.last = { ...this.#pending, jobStatus };
      if (jobStatus === "succeeded" && this.production !== this.#pending.toDeploymentId) {
        this.production = this.#pending.toDeploymentId;
        this.#answers = 0;
      }
    }
    if (overtakenAt !== undefined && this.#pending && this.#looks >= overtakenAt) {
      this.last = {
        type: "promote",
        toDeploymentId: "dpl_hotfix",
        fromDeploymentId: "dpl_bad",
        requestedAt: Date.now() + 1,
        jobStatus: "succeeded",
      };
    }
    return {
      id: "prj_1",
      name: "portal-staging",
      autoAssignCustomDomains: this.#pending ? autoAssign : true,
      lastAliasRequest: this.last ?? null,
      targets: {
        production: {
          id: this.production,
          createdAt: built.find(({ uid }) => uid === this.production)?.created,
        },
      },
    };
  }

  #health({ pathname }: URL, request: IncomingMessage, response: ServerResponse): void {
    const name = `${request.method} ${pathname}`;
    if (this.production !== this.#site && this.#answers++ >= (this.script.siteLags ?? 0))
      this.#site = this.production;
    const commit = built.find(({ uid }) => uid === this.#site)?.commit;
    const says = this.script.site?.(this.asked.filter((one) => one === name).length) ?? {};
    const body = { status: "healthy", timestamp: new Date().toISOString(), uptime: 1, commit, checks: {} };
    const told = typeof says.body === "string" ? says.body : { ...body, ...says.body };
    this.#send(response, name, says.status ?? 200, told, says.headers);
  }
}
