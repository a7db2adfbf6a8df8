/** One request and its answer, bounded in time and bytes; what is wrong with it is told in a few words of ours. */
import { type ClientRequest, type IncomingMessage, Agent as PlainAgent, request as plain } from "node:http";
import { Agent as SecureAgent, request as secure } from "node:https";
import type { LookupFunction } from "node:net";
import type { TLSSocket } from "node:tls";
import { bodyOf } from "./body.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { type NoAnswer, noAnswer } from "./no-answer.ts";

/** How a site is reached: its own address, whatever its name leads to later. */
export interface Route {
  readonly address: string;
  readonly family: 4 | 6;
  readonly limits?: Partial<Limits>;
  /** When everything has to be over, in milliseconds since 1970. */
  readonly ends?: number;
  /** Certificates in PEM that are trusted, for tests; those of Node.js where absent. */
  readonly ca?: string;
  /** Address of this machine that it is asked from. */
  readonly from?: string;
}

export interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly http: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Nothing of an answer to HEAD. */
  readonly text: string;
  /** Of the body: as it came, and unpacked. */
  readonly wireBytes: number;
  readonly bytes: number;
  /** What cannot be so in a body, such as `no UTF-8`. */
  readonly odd: readonly string[];
  /** From the request to the first byte and to the last, in milliseconds. */
  readonly firstMs: number;
  readonly ms: number;
  /** Why the certificate is not trusted; nothing where it is, or none is needed. */
  readonly distrust: string | undefined;
}

export interface Request {
  readonly method?: "GET" | "HEAD" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Connections that are kept between requests. */
  readonly agents?: Agents;
}

export interface Agents {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
}

export function keptAlive(connections: number): Agents & { close(): void } {
  const options = { keepAlive: true, maxSockets: connections };
  const agents = { plain: new PlainAgent(options), secure: new SecureAgent(options) };
  return {
    ...agents,
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

export const userAgent = "production-readiness-verify";

/** The first value of a header. */
export function header({ headers }: Pick<Answer, "headers">, name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Asks once and follows nothing. */
export function exchange(url: URL, route: Route, request: Request = {}): Promise<Answer | NoAnswer> {
  const limits = { ...usualLimits, ...route.limits };
  const patience = Math.min(
    limits.exchangeMilliseconds,
    (route.ends ?? Number.POSITIVE_INFINITY) - Date.now(),
  );
  if (patience <= 0)
    return Promise.resolve({ failure: "was not asked: the time for all is over", code: "ENDED" });
  const overTls = url.protocol === "https:";
  const began = performance.now();
  return new Promise((done) => {
    const asked = open(url, route, request, limits, overTls);
    let answered = false;
    const timer = setTimeout(() => end(noAnswer(answered ? "LATE" : "SILENT", "", patience)), patience);
    const end = (result: Answer | NoAnswer) => {
      clearTimeout(timer);
      // Of a connection that is kept nothing is left to be torn down.
      if ("failure" in result || !request.agents) asked.destroy();
      done(result);
    };
    let interim = 0;
    asked.on("information", () => {
      interim += 1;
      if (interim > limits.interim) end(noAnswer("INTERIM", "", patience));
    });
    let broken: NoAnswer | undefined;
    asked.on("error", (error) => {
      broken = noAnswer(codeOf(error), String(error.message), patience, answered);
      if (!answered) end(broken);
    });
    asked.on("upgrade", () => end(noAnswer("UPGRADED", "", patience)));
    // A body may still be unpacked.
    asked.on("close", () => {
      if (!answered) end(noAnswer("ECONNRESET", "", patience));
    });
    asked.on("response", async (response) => {
      answered = true;
      const firstMs = performance.now() - began;
      const distrust = overTls ? distrustOf(response.socket as TLSSocket) : undefined;
      const body = await bodyOf(response, limits);
      if ("code" in body) return end(broken ?? noAnswer(body.code, "", patience, true));
      end({ url, ...headOf(response), ...body, firstMs, ms: performance.now() - began, distrust });
    });
    asked.end(request.body);
  });
}

function open(
  url: URL,
  { address, family, ca, from }: Route,
  { method = "GET", headers, agents }: Request,
  { headerBytes }: Limits,
  overTls: boolean,
): ClientRequest {
  // With `all` where happy eyeballs ask; one address either way.
  const lookup = ((_: string, { all }: { all?: boolean }, found: (...args: unknown[]) => void) =>
    all ? found(null, [{ address, family }]) : found(null, address, family)) as LookupFunction;
  const options = {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port || (overTls ? 443 : 80),
    path: url.pathname + url.search,
    method,
    lookup,
    maxHeaderSize: headerBytes,
    ...(from && { localAddress: from }),
    headers: {
      host: url.host,
      "user-agent": userAgent,
      "accept-encoding": "gzip, br",
      accept: "*/*",
      ...headers,
    },
  };
  if (!overTls) return plain({ ...options, agent: agents?.plain ?? false });
  // A certificate that is not trusted is told of, and the rest is looked at all the same.
  return secure({ ...options, agent: agents?.secure ?? false, rejectUnauthorized: false, ...(ca && { ca }) });
}

function headOf({ httpVersion, statusCode = 0, rawHeaders }: IncomingMessage) {
  const headers = rawHeaders.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ""]] : [],
  );
  return { http: httpVersion, status: statusCode, headers };
}

function codeOf(error: unknown): string {
  return String(Object(error).code ?? "");
}

/** Node.js gives a code, though its types say that it is an error. */
function distrustOf({ authorized, authorizationError }: TLSSocket): string | undefined {
  return authorized ? undefined : String(authorizationError);
}
