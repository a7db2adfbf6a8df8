/** Answers like the vendors' interfaces, with what a test says they have: test equipment. Reads alone are answered. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** Something that a vendor has, by the words of its provider. */
export interface Thing {
  readonly type: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export interface Vendors {
  /** Where they are, for a command's environment. */
  readonly env: Readonly<Record<string, string>>;
  /** `<method> <path>` of every request. */
  readonly asked: string[];
  close(): void;
}

/** A part of a list, as it was asked for. */
function part<T>(all: readonly T[], from: number, count: number): readonly T[] {
  return all.slice(from, from + count);
}

type Answer = (things: (type: string) => readonly Thing[], query: URLSearchParams, id: string) => unknown;

const number = (query: URLSearchParams, name: string, usual: number) => Number(query.get(name) ?? usual);

/** PagerDuty's lists, in pages of a hundred at most. */
function pagerDuty(list: string, type: string): [RegExp, Answer] {
  return [
    new RegExp(`^/${list}$`),
    (things, query) => {
      const [offset, limit] = [number(query, "offset", 0), Math.min(number(query, "limit", 25), 100)];
      const all = things(`pagerduty:index/${type}`);
      const more = offset + limit < all.length;
      const page = part(all, offset, limit);
      return {
        [list]: page.map(({ id, inputs: { name, email, label } }) => ({
          id,
          name,
          email,
          label,
          html_url: `https://example.pagerduty.com/${list}/${id}`,
        })),
        limit,
        offset,
        more,
      };
    },
  ];
}

/** Datadog's lists that come at once, with names among the attributes. */
function attributed(path: string, type: string): [RegExp, Answer] {
  return [
    new RegExp(`^/api/v2/${path}$`),
    (things) => ({
      data: things(`datadog:index/${type}`).map(({ id, inputs: { name } }) => ({ id, attributes: { name } })),
    }),
  ];
}

const answers: readonly [RegExp, Answer][] = [
  pagerDuty("teams", "team:Team"),
  pagerDuty("users", "user:User"),
  pagerDuty("schedules", "schedule:Schedule"),
  pagerDuty("escalation_policies", "escalationPolicy:EscalationPolicy"),
  pagerDuty("services", "service:Service"),
  pagerDuty("business_services", "businessService:BusinessService"),
  pagerDuty("tags", "tag:Tag"),
  [
    /^\/users\/([^/]+)\/contact_methods$/,
    (things, _, user) => ({
      contact_methods: things("pagerduty:index/userContactMethod:UserContactMethod")
        .filter(({ inputs }) => inputs["userId"] === user)
        .map(({ id, inputs: { type, address, label } }) => ({ id, type, address, label })),
    }),
  ],
  [
    /^\/services\/([^/]+)$/,
    (things, query, service) => ({
      service: {
        id: service,
        ...(query.getAll("include[]").includes("integrations") && {
          integrations: things("pagerduty:index/serviceIntegration:ServiceIntegration")
            .filter(({ inputs }) => inputs["service"] === service)
            .map(({ id, inputs: { name } }) => ({ id, name })),
        }),
      },
    }),
  ],
  [
    /^\/api\/v1\/monitor$/,
    (things, query) => {
      const size = number(query, "page_size", 100);
      const all = things("datadog:index/monitor:Monitor").map(({ id, inputs: { name, type } }) => ({
        id: Number(id) || id,
        name,
        type,
      }));
      return query.has("page") ? part(all, number(query, "page", 0) * size, size) : all;
    },
  ],
  [
    /^\/api\/v1\/slo$/,
    (things, query) => {
      const all = things("datadog:index/serviceLevelObjective:ServiceLevelObjective");
      const page = part(all, number(query, "offset", 0), number(query, "limit", 1000));
      return { data: page.map(({ id, inputs: { name } }) => ({ id, name })), errors: [] };
    },
  ],
  [
    /^\/api\/v1\/dashboard$/,
    (things, query) => {
      const all = things("datadog:index/dashboard:Dashboard");
      const page = part(all, number(query, "start", 0), number(query, "count", 100));
      return {
        dashboards: page.map(({ id, inputs: { title } }) => ({ id, title, url: `/dashboard/${id}/x` })),
      };
    },
  ],
  [
    /^\/api\/v1\/synthetics\/tests$/,
    (things, query) => {
      const size = number(query, "page_size", 100);
      const all = things("datadog:index/syntheticsTest:SyntheticsTest");
      const page = part(all, number(query, "page_number", 0) * size, size);
      return { tests: page.map(({ id, inputs: { name } }) => ({ public_id: id, name })) };
    },
  ],
  [
    /^\/api\/v2\/logs\/config\/metrics$/,
    (things) => ({
      data: things("datadog:index/logsMetric:LogsMetric").map(({ inputs: { name } }) => ({ id: name })),
    }),
  ],
  [
    /^\/api\/v2\/apm\/config\/metrics$/,
    (things) => ({
      data: things("datadog:index/spansMetric:SpansMetric").map(({ inputs: { name } }) => ({ id: name })),
    }),
  ],
  [
    /^\/api\/v1\/logs\/config\/indexes$/,
    (things) => ({
      indexes: things("datadog:index/logsIndex:LogsIndex").map(({ inputs: { name } }) => ({ name })),
    }),
  ],
  attributed("rum/applications", "rumApplication:RumApplication"),
  attributed("api_keys", "apiKey:ApiKey"),
  attributed("incidents/config/types", "incidentType:IncidentType"),
  attributed(
    "incidents/config/notification-templates",
    "incidentNotificationTemplate:IncidentNotificationTemplate",
  ),
  attributed("statuspages", "statusPage:StatusPage"),
  [
    /^\/v9\/projects$/,
    (things) => ({
      projects: things("vercel:index/project:Project").map(({ id, inputs: { name } }) => ({ id, name })),
      pagination: { count: 1, next: null },
    }),
  ],
  [
    /^\/v1\/connect\/networks$/,
    (things) => things("vercel:index/network:Network").map(({ id, inputs: { name } }) => ({ id, name })),
  ],
  [
    /^\/v9\/projects\/([^/]+)\/domains$/,
    (things, _, project) => ({
      domains: things("vercel:index/projectDomain:ProjectDomain")
        .filter(({ inputs }) => inputs["projectId"] === project)
        .map(({ inputs: { domain } }) => ({ name: domain })),
      pagination: { count: 1, next: null },
    }),
  ],
  [
    /^\/v9\/projects\/([^/]+)\/env$/,
    (things, _, project) => ({
      envs: things("vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable")
        .filter(({ inputs }) => inputs["projectId"] === project)
        .map(({ id, inputs: { key, targets } }) => ({ id, key, target: targets })),
    }),
  ],
];

/** Whether a request brings what its vendor asks for. */
function isLoggedIn({ url = "", headers }: IncomingMessage): boolean {
  if (url.startsWith("/api/")) return Boolean(headers["dd-api-key"] && headers["dd-application-key"]);
  if (/^\/v\d/.test(url)) return /^Bearer ./.test(headers.authorization ?? "") && url.includes("teamId=");
  return /^Token token=./.test(headers.authorization ?? "");
}

/**
 * @param live what the vendors have at the moment
 * @param refused statuses with which they answer, by path
 */
export async function serveVendors(
  live: () => readonly Thing[],
  refused: Readonly<Record<string, number>> = {},
): Promise<Vendors> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://vendors");
    asked.push(`${request.method} ${pathname}`);
    const [, answer] = answers.find(([path]) => path.test(pathname)) ?? [];
    const id = answers.find(([path]) => path.test(pathname))?.[0].exec(pathname)?.[1] ?? "";
    const status = refused[pathname] ?? (isLoggedIn(request) ? (answer ? 200 : 404) : 401);
    response.writeHead(request.method === "GET" ? status : 405, { "content-type": "application/json" });
    const things = (type: string) => live().filter((thing) => thing.type === type);
    response.end(status === 200 ? JSON.stringify(answer?.(things, searchParams, id)) : "{}");
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    env: { PAGERDUTY_API_URL: url, DATADOG_API_URL: url, VERCEL_API_URL: url },
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
