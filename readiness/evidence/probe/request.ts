/** One request of a look, bounded in time and size; whatever the other side does is written down. */
import { createHash } from "node:crypto";
import { type IncomingMessage, type RequestOptions, request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import type { TLSSocket } from "node:tls";
import { type Exchange, foreignOrigin, type Walk } from "../../proofs/evidence/formats/site-probe/record.ts";
import { scriptTags } from "../../proofs/evidence/formats/site-probe/script-tags.ts";
import { mostBytes, type Reach } from "./reach.ts";

export type SiteAnswer = { readonly exchange: Exchange } | { readonly failure: NonNullable<Walk["failure"]> };

/** Asks once, follows nothing, and never judges a certificate: what is wrong with it is seen as well. */
export function askSite(url: URL, reach: Reach): Promise<SiteAnswer> {
  const secure = url.protocol === "https:";
  const options: RequestOptions = {
    host: reach.address,
    port: secure ? reach.httpsPort : reach.httpPort,
    path: `${url.pathname}${url.search}`,
    headers: {
      host: url.host,
      accept: "text/html, */*;q=0.5",
      "accept-encoding": "identity",
      origin: foreignOrigin,
      "user-agent": "production-readiness-probe",
    },
    agent: false,
    maxHeaderSize: mostBytes,
    signal: AbortSignal.timeout(reach.milliseconds),
  };
  const tls = { servername: url.hostname, rejectUnauthorized: false, ...(reach.ca && { ca: reach.ca }) };
  return new Promise((done) => {
    const request = secure ? requestSecure({ ...options, ...tls }) : requestPlain(options);
    let connected = false;
    let answered = false;
    let broken = false;
    request.on("socket", (socket) => {
      socket.once("connect", () => {
        connected = true;
      });
    });
    request.on("error", (error) => {
      // A body whose length nobody told ends as if it were whole.
      broken = true;
      if (!answered) done({ failure: { phase: connected ? "answer" : "connect", code: codeOf(error) } });
    });
    // Such as after another protocol was switched to.
    request.on("close", () => {
      if (!answered) done({ failure: { phase: connected ? "answer" : "connect", code: "ECONNRESET" } });
    });
    request.on("response", (response) => {
      answered = true;
      // Taken now: a socket that is closed has no certificate any more.
      const certificate = secure ? certificateOf(response.socket as TLSSocket) : null;
      bodyOf(response).then((body) => {
        request.destroy();
        done({ exchange: exchangeOf(url, response, certificate, broken ? null : body) });
      });
    });
    request.end();
  });
}

export function codeOf(error: unknown): string {
  const { code, name, message } = Object(error);
  if (name === "AbortError" || name === "TimeoutError") return "ETIMEDOUT";
  // What OpenSSL says is in the message alone, such as that the other side sent an alert.
  const reason = code === "EPROTO" ? /:SSL routines:[^:]*:([^:]+)/.exec(String(message))?.[1] : undefined;
  return [String(code ?? message ?? error).slice(0, 150) || "unknown", reason?.slice(0, 45)]
    .filter(Boolean)
    .join(": ");
}

function certificateOf(socket: TLSSocket): Exchange["certificate"] {
  const { raw } = socket.getPeerCertificate();
  return {
    sha256: createHash("sha256")
      .update(raw ?? "")
      .digest("hex"),
    distrust: socket.authorized ? null : distrustOf(socket),
  };
}

/** Node.js gives a code, though its types say that it is an error. */
export function distrustOf(socket: TLSSocket): string {
  return String(socket.authorizationError).slice(0, 200);
}

/** A body that ended; nothing of one that is larger, breaks off, is encoded or is not needed. */
async function bodyOf(response: IncomingMessage): Promise<string | null> {
  const { statusCode = 0, headers } = response;
  const encoding = headers["content-encoding"] ?? "identity";
  if (statusCode < 200 || statusCode >= 300 || encoding !== "identity") return null;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response) {
      bytes += chunk.length;
      if (bytes > mostBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks).toString("utf8");
}

function exchangeOf(
  url: URL,
  { httpVersion, statusCode = 0, statusMessage = "", rawHeaders }: IncomingMessage,
  certificate: Exchange["certificate"],
  body: string | null,
): Exchange {
  const headers = rawHeaders.flatMap((name, i): [string, string][] =>
    i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ""]] : [],
  );
  return {
    url: url.href,
    http: httpVersion,
    status: statusCode,
    reason: statusMessage,
    headers,
    certificate,
    scripts: body === null ? null : scriptTags(body),
  };
}
