import { describe, expect, it } from "vitest";
import { monitoringRules } from "../../../../policies/rules/monitoring.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const app = declared("readiness:index:App", {}, { name: "shop" });
const account = declared("pulumi:providers:aws", { allowedAccountIds: '["111122223333"]' }, { name: "home" });
const outcome = (rule: string, type: string, props: Readonly<Record<string, unknown>>) =>
  judge(monitoringRules, rule, [app, account, declared(type, props)]).outcome;

describe("an alert", () => {
  const watching = (query: unknown, service = "shop") =>
    outcome("alerts-watch-own-data", "datadog:index/monitor:Monitor", {
      type: "query alert",
      query,
      tags: ["product:p", `service:${service}`],
    });
  const count = (scope: string) => `sum(last_5m):sum:a{${scope}}.as_count() > 1`;

  it.each<[unknown, string, string]>([
    [count("env:prod,service:shop"), "shop", "pass"],
    [count("product:p,environment:prod"), "platform", "pass"],
    [count("product:q,environment:prod"), "platform", "fail"],
    [count("aws_account:111122223333"), "platform", "pass"],
    [count("aws_account:444455556666"), "platform", "fail"],
    [count("env:prod,service:portal"), "shop", "fail"],
    [count("env:staging,service:shop"), "shop", "fail"],
    [count("service:shop"), "shop", "fail"],
    [count("env:prod"), "shop", "fail"],
    [count("!env:prod,service:shop"), "shop", "fail"],
    ['logs("env:prod service:(shop OR portal)").rollup("count").last("5m") > 1', "shop", "fail"],
    ["change(avg(last_5m),last_1d):avg:a{env:prod,service:shop} > 1", "shop", "pass"],
    ['logs("env:dev service:shop").index("main").rollup("count").last("5m") > 1', "shop", "fail"],
    ["something else", "shop", "unknown"],
    [unknown, "shop", "unknown"],
  ])("on %s of %s: %s", (query, service, expected) => {
    expect(watching(query, service)).toBe(expected);
  });
});

describe("a graph", () => {
  const drawing = (request: object) =>
    outcome("graphs-draw-own-data", "datadog:index/dashboard:Dashboard", {
      widgets: [{ timeseriesDefinition: { title: "Requests", requests: [request] } }],
    });

  it.each<[object, string]>([
    [{ q: "sum:a{env:prod,service:shop,$version}" }, "pass"],
    [{ q: "sum:a{env:prod} / sum:b{env:dev}" }, "fail"],
    [{ q: "sum:a{*}" }, "fail"],
    [{ q: "top(sum:a{env:prod} by {host}, 10, 'mean', 'desc')" }, "pass"],
    [{ q: "top(sum:a{env:dev} by {host}, 10, 'mean', 'desc')" }, "fail"],
    [{ q: "sum:a{env IN (prod, dev)}" }, "unknown"],
    [{ queries: [{ metricQuery: { query: "sum:a{env:prod,service:other}" } }] }, "fail"],
    [{ queries: [{ eventQuery: { search: { query: "env:prod service:shop" } } }] }, "pass"],
    [{ queries: [{ eventQuery: {} }] }, "fail"],
    [{ queries: [{ sloQuery: {} }] }, "pass"],
    [{}, "fail"],
  ])("of %j: %s", (request, expected) => {
    expect(drawing(request)).toBe(expected);
  });
});
