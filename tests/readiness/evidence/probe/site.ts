/** A site on loopback under a name of its own, over HTTPS and plain HTTP, and what a look at it says. */
import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer, type ServerOptions } from "node:https";
import {
  type AddressInfo,
  createServer as createSocketServer,
  type Socket,
  type Server as SocketServer,
} from "node:net";
import { faultOf } from "../../../../model/evidence/limits.ts";
import type { HeadersMeasure, TransportMeasure } from "../../../../model/evidence/measure.ts";
import type { Fault, Scope } from "../../../../model/evidence/scope.ts";
import { look } from "../../../../readiness/evidence/probe/look.ts";
import type { Reach } from "../../../../readiness/evidence/probe/reach.ts";
import type { SiteRecord } from "../../../../readiness/proofs/evidence/formats/site-probe/record.ts";
import { siteHeaders, siteTransport } from "../../../../readiness/proofs/evidence/formats/site-probe.ts";
import type { Format } from "../../../../readiness/proofs/evidence/reading.ts";
import type { Certificate } from "./authority.ts";

export const host = "portal.example.com";
export const commit = "0123456789abcdef0123456789abcdef01234567";
export const pages = ["/", "/login"] as const;

/** Graded 120: what the edge of the stack sends, and HTML. */
export const goodHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": "default-src 'self'; frame-ancestors 'none'; object-src 'none'",
  "strict-transport-security": "max-age=63072000; includeSubDomains; preload",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-resource-policy": "same-origin",
} as const;

export const answer =
  (
    headers: Record<string, string | string[]> = goodHeaders,
    body = "<!doctype html><title>Portal</title>",
  ): RequestListener =>
  (_, response) => {
    response.writeHead(200, headers).end(body);
  };

export const toHttps: RequestListener = ({ url, headers }, response) => {
  response.writeHead(301, { location: `https://${headers.host}${url}` }).end();
};

export interface Site {
  readonly certificate: Certificate;
  readonly secure?: RequestListener;
  readonly tls?: ServerOptions;
  /** Null for a port that is closed. */
  readonly plain?: RequestListener | null | undefined;
  /** In the place of HTTPS, whatever it speaks. */
  readonly raw?: (socket: Socket) => void;
}

/** Looks at a site that is there for that long. */
export function lookAt(site: Site, reach: Partial<Reach>): Promise<SiteRecord> {
  return serve(site, (to) =>
    look(new URL(`https://${host}`), pages, commit, { ...to, ...reach }, () => new Date()),
  );
}

export async function serve<T>(
  { certificate, secure = answer(), tls = {}, plain = toHttps, raw }: Site,
  use: (reach: Reach) => Promise<T>,
): Promise<T> {
  const encrypted = raw ? createSocketServer(raw) : createSecureServer({ ...certificate, ...tls }, secure);
  const unencrypted = plain === null ? undefined : createServer(plain);
  const closed = createSocketServer();
  try {
    const [httpsPort, httpPort] = [await listen(encrypted), await listen(unencrypted ?? closed)];
    if (!unencrypted) await close(closed);
    return await use({ address: "127.0.0.1", httpsPort, httpPort, milliseconds: 15_000 });
  } finally {
    await Promise.all([encrypted, ...(unencrypted ? [unencrypted] : [])].map(close));
  }
}

const sockets = new WeakMap<object, Set<Socket>>();

async function listen(server: Server | SocketServer): Promise<number> {
  const open = new Set<Socket>();
  sockets.set(server, open);
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return (server.address() as AddressInfo).port;
}

function close(server: Server | SocketServer): Promise<void> {
  for (const socket of sockets.get(server) ?? []) socket.destroy();
  return new Promise((done) => {
    server.close(() => done());
  });
}

const scope = { pages, host } as unknown as Scope;

export function measure(record: unknown, format: typeof siteTransport): TransportMeasure | HeadersMeasure {
  const read = format.read({ path: "given", bytes: Buffer.from(JSON.stringify(record)) });
  if ("problem" in read) throw new Error(read.problem);
  return read.measure as TransportMeasure | HeadersMeasure;
}

/** What is wrong with a site, by a look at it; nothing where it holds. */
export function faults(record: unknown): {
  readonly transport: Fault | undefined;
  readonly headers: Fault | undefined;
} {
  const of = (format: Format) => faultOf(format.kind, [measure(record, format)], scope);
  return { transport: of(siteTransport), headers: of(siteHeaders) };
}

type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
export type Change = (record: Writable<SiteRecord>) => void;

export function changed(change: Change, record: SiteRecord): SiteRecord {
  const copy = structuredClone(record) as Writable<SiteRecord>;
  change(copy);
  return copy as SiteRecord;
}

export function firstPage({ pages: [page] }: Writable<SiteRecord>) {
  if (!page) throw new Error("there is no page");
  return page;
}

/** The first answer over HTTPS. */
export function firstOf(record: Writable<SiteRecord>) {
  const [exchange] = firstPage(record).secure.exchanges;
  if (!exchange) throw new Error("there is no answer");
  return exchange;
}
