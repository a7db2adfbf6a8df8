/** Answers like PagerDuty's and Datadog's interfaces, as they are published: lists in pages, ids, references, limits. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  checks,
  downtimes,
  type Json,
  monitors,
  objectives,
  pagerDuty,
  schedules,
  secrets,
} from "./accounts.ts";

export interface FakeOptions {
  /** Answers of the first requests of a path, before it answers as it should. */
  readonly first?: Readonly<
    Record<string, readonly { status: number; headers?: Record<string, string>; body?: string }[]>
  >;
}

export interface Fake {
  readonly env: Readonly<Record<string, string>>;
  /** `METHOD /path?query` of each request. */
  readonly asked: string[];
  close(): void;
}

export async function fakeVendors({ first = {} }: FakeOptions = {}): Promise<Fake> {
  const asked: string[] = [];
  const waiting = new Map(Object.entries(first).map(([path, answers]) => [path, [...answers]]));
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    asked.push(`${request.method} ${url.pathname}${url.search}`);
    const early = waiting.get(url.pathname)?.shift();
    if (early) {
      response.writeHead(early.status, early.headers).end(early.body ?? "");
      return;
    }
    const body = isKnown(request, url) ? contentOf(url) : undefined;
    response.writeHead(body === undefined ? (isKnown(request, url) ? 404 : 401) : 200, {
      "content-type": "application/json",
    });
    response.end(JSON.stringify(body ?? { error: "no" }));
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: {
      PAGERDUTY_API_URL: url,
      DATADOG_API_URL: url,
      PAGERDUTY_TOKEN: secrets.pagerduty,
      DD_API_KEY: secrets.api,
      DD_APP_KEY: secrets.app,
    },
    asked,
    close: () => server.close(),
  };
}

function isKnown({ headers }: IncomingMessage, { pathname }: URL): boolean {
  return pathname.startsWith("/api/")
    ? headers["dd-api-key"] === secrets.api && headers["dd-application-key"] === secrets.app
    : headers.authorization === `Token token=${secrets.pagerduty}`;
}

function contentOf({ pathname, searchParams }: URL): unknown {
  const number = (name: string, usual: number) => Number(searchParams.get(name) ?? usual);
  const page = (all: readonly Json[], size: string, at: number) => all.slice(at, at + number(size, 25));
  const byPage = (all: readonly Json[], size: string, name: string) =>
    page(all, size, number(name, 0) * number(size, 25));
  switch (pathname) {
    case "/api/v1/monitor":
      return byPage(monitors, "page_size", "page");
    case "/api/v1/slo":
      return { data: page(objectives, "limit", number("offset", 0)) };
    case "/api/v1/synthetics/tests":
      return { tests: byPage(checks, "page_size", "page_number") };
    case "/api/v2/downtime":
      return { data: page(downtimes, "page[limit]", number("page[offset]", 0)) };
  }
  const [, list = "", id] = pathname.split("/");
  if (id !== undefined)
    return list === "schedules" && schedules[id] ? { schedule: schedules[id] } : undefined;
  const all = pagerDuty[list];
  if (!all) return undefined;
  const [offset, limit] = [number("offset", 0), Math.min(number("limit", 25), 100)];
  // What is not asked for is not told.
  const includes = searchParams.getAll("include[]");
  const told = all.slice(offset, offset + limit).map(({ contact_methods, notification_rules, ...rest }) => ({
    ...rest,
    ...(includes.includes("contact_methods") && { contact_methods }),
    ...(includes.includes("notification_rules") && { notification_rules }),
  }));
  return { [list]: told, limit, offset, more: offset + limit < all.length };
}
