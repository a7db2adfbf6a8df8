/** A small site on loopback that is as it must be, and what it answers where a test says otherwise. */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { VerifyReport } from "../../../readiness/verify/report.ts";
import { type VerifyOptions, verify, type World } from "../../../readiness/verify/verify.ts";
import { carried } from "../../../tools/fuzz/oracle.ts";
import { fixtures } from "../project.ts";

export const commit = "0123456789abcdef0123456789abcdef01234567";

/** In the place of the healthy answer of a path; `next` gives that. */
export type Fault = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
export type Faults = Readonly<Record<string, Fault>>;

export const goodHeaders = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
};

let started = performance.now();

export function healthBody(more: object = {}) {
  const uptime = (performance.now() - started) / 1000;
  const checks = { database: { status: "up" }, redis: { status: "up" }, memory: { status: "up" } };
  return { status: "healthy", timestamp: new Date().toISOString(), uptime, checks, commit, ...more };
}

export function page(title: string, nonce: string, body: string): string {
  return `<!doctype html><html lang="en"><head><title>${title}</title><link rel="icon" href="data:,"></head><body><main><h1>${title}</h1>${body}</main><script nonce="${nonce}">document.body.dataset.alive = "yes";</script><script src="/_next/static/chunks/main-0a1b2c3d4e5f.js" nonce="${nonce}"></script></body></html>`;
}

export function html(
  response: ServerResponse,
  status: number,
  text: (nonce: string) => string,
  headers: object = {},
): void {
  const nonce = randomUUID();
  const csp = `default-src 'self'; script-src 'self' 'nonce-${nonce}'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data:`;
  const all = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "private, no-store",
    "content-security-policy": csp,
    ...goodHeaders,
  };
  send(response, status, { ...all, ...headers }, text(nonce));
}

export function send(response: ServerResponse, status: number, headers: object, text: string): void {
  const packed = text.length > 1_000;
  const body = packed ? gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    ...(packed && { "content-encoding": "gzip" }),
    "content-length": body.length,
    ...headers,
  });
  response.end(response.req.method === "HEAD" ? undefined : body);
}

export const loginForm =
  '<form method="post" action="/login"><label>E-mail <input name="email" type="email"></label><label>Password <input name="password" type="password"></label><button>Log in</button></form>';

const account = { user: "verify@example.com", password: "correct horse" } as const;
export const accountEnvironment = { VERIFY_USER: account.user, VERIFY_PASSWORD: account.password };

const healthy: RequestListener = (request, response) => {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  const loggedIn = request.headers.cookie?.includes("session=") ?? false;
  if (path === "/api/health") {
    const json = { "content-type": "application/json", "cache-control": "no-store" };
    return send(response, 200, json, JSON.stringify(healthBody()));
  }
  if (path.startsWith("/api/"))
    return send(response, 200, { "content-type": "application/json" }, '{"items":[]}');
  if (path.startsWith("/_next/")) {
    const headers = {
      "content-type": "text/javascript",
      "cache-control": "public, max-age=31536000, immutable",
      ...goodHeaders,
    };
    return send(response, 200, headers, `document.body.dataset.loaded = "yes"; ${"// filler\n".repeat(500)}`);
  }
  if (path === "/login" && request.method === "POST") {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      const given = new URLSearchParams(text);
      const right = given.get("email") === account.user && given.get("password") === account.password;
      const cookie = right ? { "set-cookie": "session=1; HttpOnly; SameSite=Lax; Path=/" } : {};
      response.writeHead(303, { location: right ? "/portal" : "/login?error", ...cookie }).end();
    });
    return undefined;
  }
  if (path === "/login") return html(response, 200, (nonce) => page("Log in", nonce, loginForm));
  if (path === "/")
    return html(response, 200, (nonce) =>
      page("Portal", nonce, '<p>All orders in one place.</p><a href="/login">Log in</a>'),
    );
  if (path === "/portal" || path === "/admin") {
    if (!loggedIn) return void response.writeHead(307, { location: "/login" }).end();
    return html(response, 200, (nonce) =>
      page(path.slice(1), nonce, '<p>Welcome.</p><button type="button">Refresh</button>'),
    );
  }
  return html(response, 404, (nonce) => page("Not found", nonce, "<p>There is no such page.</p>"));
};

export interface Served {
  readonly url: string;
  readonly port: number;
  close(): void;
}

/** @param site what answers where there is no fault */
export async function serve(
  faults: Faults = {},
  tls?: ServerOptions,
  site: RequestListener = healthy,
): Promise<Served> {
  started = performance.now();
  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? "").split("?", 1)[0] ?? "";
    const next = () => site(request, response);
    const fault = faults[path] ?? faults["*"];
    if (fault) fault(request, response, next);
    else next();
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${tls ? "https" : "http"}://127.0.0.1:${port}/`,
    port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export interface Verified {
  readonly status: number | null;
  readonly report: VerifyReport;
  /** What failed or is unknown, as `check subject: said`. */
  readonly faults: readonly string[];
}

const usual: VerifyOptions = {
  phase: "smoke",
  samples: 0,
  waitSeconds: 0,
  browser: false,
  perMinute: 60,
  folder: "verify",
  format: "json",
};

export async function verified(options: Partial<VerifyOptions>, world: World = {}): Promise<Verified> {
  const { status, stdout, stderr } = await carried(() => verify({ ...usual, ...options }, fixtures, world));
  if (stdout === "") throw new Error(stderr);
  const report = JSON.parse(stdout) as VerifyReport;
  const faults = report.checks
    .filter(({ outcome }) => outcome === "fail" || outcome === "unknown")
    .map(({ check, subject, outcome, said }) => `${outcome}: ${check} ${subject}: ${said}`);
  return { status, report, faults };
}

/** The fixtures' staging stack, on a site with faults. */
export async function staging(
  faults: Faults,
  options: Partial<VerifyOptions> = {},
  world: World = {},
): Promise<Verified> {
  const site = await serve(faults);
  try {
    return await verified({ stack: "staging", url: site.url, ...options }, world);
  } finally {
    site.close();
  }
}
