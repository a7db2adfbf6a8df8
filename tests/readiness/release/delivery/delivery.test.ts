import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliveryOf } from "../../../../model/release/delivery.ts";
import { factsOf } from "../../../../readiness/release/delivery/facts.ts";
import { metricsOf, sendMetrics } from "../../../../readiness/release/delivery/send.ts";
import type { Fact } from "../../../../readiness/release/log/entry.ts";
import { spec } from "../../proofs/house.ts";
import { begun, ended, entriesOf, opened, release, subject } from "../log/entries.ts";

const of = (...facts: readonly Fact[]) => factsOf(entriesOf([opened, ...facts]), ["portal"]);
const day = 86_400;
const back: Fact = { event: "closed", outcome: "rolled back", why: "It was late." };

describe("a log tells of deliveries", () => {
  it("when production is deployed, and how old its commit was", () => {
    const [fact, ...others] = of(begun("production.deploy"), ended("production.deploy"));
    expect(fact).toEqual({
      id: `${release}/3`,
      at: "2026-03-02T09:02:00.000Z",
      kind: "deployed",
      leadSeconds: { portal: day + 120 },
    });
    expect(others).toEqual([]);
  });

  it("by the service's own commit, where a working copy told of it", () => {
    const portal = { commit: subject.commit, committedAt: "2026-03-02T08:02:00Z" };
    const told: Fact = { event: "changed", subject: { ...subject, services: { portal } } };
    expect(of(told, ended("production.deploy"))).toMatchObject([{ leadSeconds: { portal: 3600 } }]);
  });

  it.each<[string, Fact[], string[]]>([
    ["an update that failed", [ended("production.deploy", 1)], []],
    ["staging", [ended("staging.deploy"), ended("staging.verify", 1)], []],
    ["a look that could not tell", [ended("production.deploy"), ended("production.watch", 3)], ["deployed"]],
    ["a failure", [ended("production.deploy"), ended("production.watch", 1)], ["deployed", "failed"]],
    [
      "a failure that was none",
      [ended("production.deploy"), ended("production.watch", 1), ended("production.watch")],
      ["deployed", "failed", "restored"],
    ],
    [
      "a failure that was taken back",
      [ended("production.deploy"), ended("afterwards.hour", 1), ended("rollback.back", 1), back],
      ["deployed", "failed", "restored"],
    ],
    [
      "what was taken back before it was seen to fail",
      [ended("production.deploy"), back],
      ["deployed", "failed"],
    ],
    ["what was taken back before production had it", [back], []],
  ])("of %s", (_, facts, kinds) => {
    expect(of(...facts).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe("DORA's figures", () => {
  it("are those of the days before, and of nothing are not measured", () => {
    const facts = [
      { id: "a", at: "2026-02-01T00:00:00Z", kind: "deployed", leadSeconds: { portal: 1 } },
      { id: "b", at: "2026-02-20T00:00:00Z", kind: "deployed", leadSeconds: { portal: 100 } },
      { id: "c", at: "2026-02-21T00:00:00Z", kind: "deployed", leadSeconds: { portal: 300 } },
      { id: "d", at: "2026-02-21T00:10:00Z", kind: "failed" },
      { id: "e", at: "2026-02-21T00:20:00Z", kind: "restored", seconds: 600 },
    ] as const;
    const now = new Date("2026-03-03T00:00:00Z");
    expect(deliveryOf(facts, now, 14)).toEqual({
      deployments: 2,
      perWeek: 1,
      leadSeconds: 200,
      restoreSeconds: 600,
      failurePercent: 50,
    });
    expect(deliveryOf([], now, 14)).toMatchObject({ leadSeconds: null, failurePercent: null });
  });
});

describe("Datadog", () => {
  let server: Server;
  let sent: {
    readonly url: string | undefined;
    readonly key: unknown;
    readonly body: { readonly series: unknown };
  }[];
  let status: number;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    [sent, status] = [[], 202];
    server = createServer(async (request, response) => {
      sent.push({
        url: request.url,
        key: request.headers["dd-api-key"],
        body: JSON.parse(await text(request)),
      });
      response.writeHead(status).end('{"errors":[]}');
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    env = { DD_API_KEY: "K-secret", DD_HOST: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  });
  afterEach(() => server.close());

  const facts = of(ended("production.deploy"), ended("production.watch", 1), back);
  const now = new Date("2026-03-02T09:10:00Z");

  it("is told each of them as the dashboards ask for it", async () => {
    const metrics = metricsOf(facts, spec, now);
    expect(await sendMetrics(metrics, spec, env)).toBe(true);
    const tags = ["env:prod", "service:portal"];
    const prefix = `${spec.product}.prod.release`;
    expect(sent).toEqual([{ url: "/api/v2/series", key: "K-secret", body: { series: metrics } }]);
    expect(metrics).toMatchObject([
      { metric: `${prefix}.deployments`, type: 1, points: [{ value: 1 }], tags },
      { metric: `${prefix}.lead_time`, type: 3, points: [{ value: day + 60 }], tags },
      { metric: `${prefix}.failures`, type: 1, points: [{ value: 1 }], tags },
      { metric: `${prefix}.time_to_restore`, type: 3, points: [{ value: 60 }], tags },
    ]);
    expect(metrics[0]?.points[0]?.timestamp).toBe(Date.parse("2026-03-02T09:01:00Z") / 1000);
  });

  it("is told of what is older than it takes as of now", () => {
    const late = new Date("2026-03-02T12:00:00Z");
    const times = metricsOf(facts, spec, late).map(({ points }) => points[0]?.timestamp);
    expect(new Set(times)).toEqual(new Set([late.getTime() / 1000]));
  });

  it("is told nothing without a key, and says so where it refuses one", async () => {
    expect(await sendMetrics([], spec, {})).toBe(false);
    expect(sent).toEqual([]);
    status = 403;
    await expect(sendMetrics([], spec, env)).rejects.toThrow("answered 403: DD_API_KEY is not accepted");
  });
});
