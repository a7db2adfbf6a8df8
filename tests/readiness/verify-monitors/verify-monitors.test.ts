import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { run } from "../project.ts";

interface Asked {
  readonly path: string;
  readonly query: string;
  readonly body: string;
}
type Answer = readonly [status: number, body: unknown, headers?: Record<string, string>];

let server: Server | undefined;
afterEach(() => server?.close());

const points = (some: boolean) => ({ series: some ? [{ pointlist: [[1, 2]] }] : [] });
const counted = (count: number) => ({ data: { buckets: [{ by: {}, computes: { c0: count } }] } });

/** A Datadog that takes every monitor and has all data, for weeks. */
function content({ path, query }: Asked): Answer {
  if (path === "/api/v1/monitor/validate") return [200, {}];
  if (path === "/api/v1/query") return [200, points(true)];
  if (path === "/api/v1/slo") {
    const name = new URLSearchParams(query).get("query") ?? "";
    return [200, { data: [{ id: "0123456789abcdef0123456789abcdef", name }] }];
  }
  if (path === "/api/v1/logs/config/indexes") {
    return [
      200,
      {
        indexes: [
          { name: "portal-prod", filter: { query: "env:prod" } },
          { name: "main", filter: {} },
        ],
      },
    ];
  }
  if (path.endsWith("/all-tags"))
    return [200, { data: { attributes: { tags: ["env:prod", "service:portal"] } } }];
  if (path.endsWith("/analytics/aggregate")) return [200, counted(7)];
  return [404, { errors: ["not found"] }];
}

/** What a command line says to a Datadog that answers so; nothing is what a content one would say. */
async function verified(
  answer: (asked: Asked, count: number) => Answer | undefined,
  ...args: readonly string[]
) {
  const asked: Asked[] = [];
  server = createServer(async (request, response) => {
    const { pathname: path, search: query } = new URL(request.url ?? "/", "http://localhost");
    const one = { path: decodeURIComponent(path), query, body: await text(request) };
    asked.push(one);
    const [status, body, headers] = answer(one, asked.length) ?? content(one);
    response.writeHead(status, headers).end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const env = { DD_API_KEY: "K-secret", DD_APP_KEY: "A-secret", DD_HOST: `http://127.0.0.1:${port}` };
  const result = await run(["verify-monitors", ...args], { env });
  expect(result.stdout + result.stderr).not.toContain("-secret");
  return { ...result, asked };
}

describe("verify-monitors", () => {
  it("ends with 0 where each monitor is taken and has its data, silent but for the report", async () => {
    const { status, stdout, stderr, asked } = await verified(() => undefined);
    expect(stdout).toMatch(/^prod: of (\d+) monitors \1 can fire, 0 cannot, of 0 it is not known\n$/);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    const validated = asked
      .filter(({ path }) => path.endsWith("/validate"))
      .map(({ body }) => JSON.parse(body));
    expect(validated.length).toBe(Number(/of (\d+)/.exec(stdout)?.[1]));
    const burn = validated.find(({ name }) => name.endsWith("the error budget burns fast"));
    expect(burn).toMatchObject({
      type: "slo alert",
      query: expect.stringContaining('burn_rate("0123456789abcdef0123456789abcdef").over("30d")'),
      options: { thresholds: { critical: 14.4 } },
    });
    const queries = asked.filter(({ path }) => path === "/api/v1/query").map(({ query }) => query);
    expect(new Set(queries).size).toBe(queries.length);
  });

  it("names what Datadog refuses, and what nothing brings", async () => {
    const { status, stdout } = await verified(({ path, query, body }) => {
      if (path.endsWith("/validate") && body.includes("latency-p99"))
        return [400, { errors: ["bad K-secret query"] }];
      if (path === "/api/v1/query" && query.includes("freeable_memory")) return [200, points(false)];
      if (path === "/api/v1/query" && query.includes("eventloop.utilization")) return [200, points(false)];
      if (path.includes("freeable_memory/all-tags"))
        return [200, { data: { attributes: { tags: ["a:b"] } } }];
      if (path.includes("eventloop.utilization/all-tags")) return [404, { errors: ["no such metric"] }];
      return undefined;
    });
    const lines = stdout.replace(/\n {2}/g, " ");
    expect(lines).toMatch(/✗ .*the slowest requests .*: Datadog refuses it: bad … query/);
    expect(lines).toMatch(
      /short of memory: it cannot fire: aws\.rds\.freeable_memory has no tag product:portal, environment:prod/,
    );
    expect(lines).toMatch(
      /short of CPU: it cannot fire: Datadog knows no metric nodejs\.eventloop\.utilization/,
    );
    expect(lines).toMatch(/, 3 cannot, of 0 it is not known/);
    expect(status).toBe(1);
  });

  it("names what has to learn first", async () => {
    const { status, stdout } = await verified(({ path, query }) => {
      const from = Number(new URLSearchParams(query).get("from"));
      return path === "/api/v1/query" && Date.now() / 1000 - from > 15 * 86_400
        ? [200, points(false)]
        : undefined;
    });
    expect(stdout.replace(/\n {2}/g, " ").match(/it cannot fire yet: it learns from 21 days/g)).toHaveLength(
      2,
    );
    expect(status).toBe(1);
  });

  it("tells what has not happened from what cannot arrive", async () => {
    const quiet = (...metrics: readonly string[]) =>
      verified(({ path, query }) =>
        path === "/api/v1/query" && metrics.some((metric) => query.includes(metric))
          ? [200, points(false)]
          : undefined,
      );
    expect((await quiet("request.errors", "login_failures", "backup_jobs_failed")).status).toBe(0);
    const { status, stdout } = await quiet("wafv2.");
    expect(stdout).toMatch(/\? .*blocked_requests.*nobody knows/s);
    expect(status).toBe(3);
  });

  it("names an index that takes what is another's, and requests whose logs do not come", async () => {
    const { status, stdout } = await verified(({ path, body }) => {
      const indexes = [{ name: "main", filter: { query: "*" } }, { name: "portal-prod" }];
      if (path.endsWith("/config/indexes")) return [200, { indexes }];
      return path === "/api/v2/logs/analytics/aggregate" && body.includes("@http.status_code:*")
        ? [200, counted(0)]
        : undefined;
    });
    expect(stdout).toMatch(/✗ logs index portal-prod: the index main stands before it and takes all/);
    expect(stdout).toMatch(/✗ logs metric portal\.prod\.logs\.requests: no request's log arrived for a day/);
    expect(status).toBe(1);
  });

  it("waits for a rate limit that is told, and gives up on one that is too long", async () => {
    const limited = (reset: string) => (asked: Asked, count: number) =>
      count === 5 || (reset === "600" && asked.path === "/api/v1/slo")
        ? ([429, {}, { "x-ratelimit-reset": count === 5 ? "0" : reset }] as const)
        : undefined;
    expect((await verified(limited("0"))).status).toBe(0);
    const { status, stdout } = await verified(limited("600"));
    expect(stdout).toMatch(/\? .*burns.*: Datadog's rate limit is used up/);
    expect(status).toBe(3);
  });

  it("is JSON where that is asked for, and knows of an objective that is not deployed", async () => {
    const { status, stdout } = await verified(
      ({ path }) => (path === "/api/v1/slo" ? [200, { data: [] }] : undefined),
      "--format",
      "json",
    );
    const { schemaVersion, stack, subjects } = JSON.parse(stdout);
    expect({ schemaVersion, stack, status }).toEqual({ schemaVersion: "1.0", stack: "prod", status: 3 });
    expect(subjects.flatMap(({ findings }: { findings: readonly unknown[] }) => findings)).toContainEqual({
      asked: "validation",
      outcome: "unknown",
      message: expect.stringMatching(/^its objective ".*" is not deployed yet$/),
    });
  });

  it.each<[string, Answer]>([
    ["refused keys", [403, { errors: ["Forbidden"] }]],
    ["keys that are none", [401, {}]],
  ])("ends with 2 at %s", async (_, answer) => {
    const { status, stdout, stderr } = await verified(() => answer);
    expect(stderr).toMatch(/DD_API_KEY or DD_APP_KEY is not accepted/);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });

  it("says which keys it needs", async () => {
    const { status, stderr } = await run(["verify-monitors"], { env: { DD_API_KEY: "K" } });
    expect(stderr).toMatch(/verify-monitors needs DD_APP_KEY \(an application key .*\) in the environment/);
    expect(status).toBe(2);
  });

  it("takes a server that answers nonsense for no answer", async () => {
    const { status } = await verified(({ path }) => (path === "/api/v1/query" ? [200, "x"] : undefined));
    expect(status).toBe(3);
  });
});
