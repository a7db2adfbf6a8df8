/** Every alert that must be there has to watch what it is named after: another query under its name is no such alert. */
import { describe, expect, it } from "vitest";
import { checklist } from "../../../../model/checklist/checklist.ts";
import { usualParts, withoutObject } from "../../../../model/parts.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { onPlatform, onService } from "../../../../policies/rules/monitoring/alerted.ts";
import { platformAlertRules } from "../../../../policies/rules/monitoring/platform-alerts.ts";
import { serviceAlertRules } from "../../../../policies/rules/monitoring/service-alerts.ts";
import { type Registration, toStack } from "../../../../readiness/engine/registration.ts";
import { fixtureStacks } from "../../support/fixture-stacks.ts";
import { judge } from "../../support/outcome.ts";
import { declared, unknown } from "../../support/stack.ts";

const rules = [...platformAlertRules, ...serviceAlertRules];
const monitors = "datadog:index/monitor:Monitor";

/** The rules that hold for production once every query is written anew. */
function holding(rewrite: (query: string) => string): ReadonlySet<string> {
  const changed = fixtureStacks.prod.map((r): Registration => {
    const { query, type } = r.props as { query?: string; type?: string };
    if (r.type !== monitors || query === undefined || type === "slo alert") return r;
    return { ...r, props: { ...r.props, query: rewrite(query) } };
  });
  const passing = evaluate(rules, toStack("prod", changed)).filter(({ outcome }) => outcome === "pass");
  return new Set(passing.map(({ by }) => by));
}

/** The queries of the alerts that rules ask for, by rule. */
const queries = new Map(
  fixtureStacks.prod.flatMap(({ type, props }): [string, string][] => {
    if (type !== monitors) return [];
    const { query, tags = [] } = props as { query?: string; tags?: readonly string[] };
    const alert = tags.find((tag) => tag.startsWith("alert:"))?.slice("alert:".length);
    const rule = rules.find(({ id }) => id === `${alert}-alerted`);
    return query && rule ? [[rule.id, query]] : [];
  }),
);
const naming = (pattern: RegExp) => [...queries].filter(([, query]) => pattern.test(query)).map(([id]) => id);

describe("an alert of the fixtureStacks stack", () => {
  const untouched = holding((query) => query);

  it("is there for every rule that asks for one", () => {
    // But for those of Vercel's own edge and of a database that somebody else runs, which the fixtures have not.
    const asked = rules.filter(({ needs, item }) => {
      const of = needs ?? checklist.find(({ id }) => id === item)?.needs;
      return withoutObject(of, usualParts) === undefined;
    });
    expect([...untouched].sort()).toEqual(asked.map(({ id }) => id).sort());
  });

  it.each([
    ["another metric", /(?:\w+\.)+\w+\{/g, "other.metric{"],
    ["another measure of a visit", /@view\.\w+/g, "@view.other"],
    ["other events", /@(type|ci\.status):error/g, "@$1:fine"],
    ["a count instead of a share", /100 \* /g, ""],
    ["another sum instead of how many there are", /(count:|count_not_null\()/g, "avg("],
    ["another environment or service", /(environment|service|aws_account):[\w-]+/g, "$1:other"],
    ["the other direction", / > | >= | < /, " == "],
    ["no forecast", /forecast\(/g, "identity("],
    ["no anomaly", /anomalies\(/g, "identity("],
    ["half of the requests instead of the slowest", /p9[59]:/g, "p50:"],
    ["half of the visits instead of the slowest quarter", /pc75/g, "pc50"],
  ])("is none with %s", (_title, pattern, replacement) => {
    const concerned = naming(new RegExp(pattern.source));
    expect(concerned.length).toBeGreaterThan(0);
    const left = holding((query) => query.replace(pattern, replacement));
    expect(concerned.filter((id) => left.has(id))).toEqual([]);
  });
});

describe("a job that has to run", () => {
  const missed = (query: unknown, critical = "1") =>
    declared(monitors, {
      tags: ["service:shop", "alert:heartbeat-missed"],
      query,
      monitorThresholds: { critical },
    });
  const query = "sum(last_90m):sum:job.completed{env:prod,service:shop,job:send}.as_count() < 1";
  const outcome = (...of: Parameters<typeof missed>) =>
    judge(rules, "heartbeat-missed-alerted", [missed(...of)]).outcome;

  it("is waited for, whatever it is called", () => {
    expect(outcome(query)).toBe("pass");
    expect(outcome(query.replace("job:send", "job:clean-up"))).toBe("pass");
  });

  it.each([
    ["on one host", query.replace("{env", "{host:a,env")],
    ["of another service", query.replace("service:shop", "service:other")],
    ["of any name", query.replace(",job:send", ",queue:a")],
    ["for a year", query.replace("90m", "52w")],
    ["once it ran", query.replace("<", ">")],
  ])("is not waited for %s", (_, text) => {
    expect(outcome(text)).toBe("fail");
  });

  it("is waited for until it ran at all", () => {
    expect(outcome(query, "0")).toBe("fail");
    expect(outcome(unknown)).toBe("unknown");
  });
});

describe("the value at which it has to fire", () => {
  const stack = (comparator: string, critical: unknown, environment = "prod") => [
    declared(monitors, {
      tags: ["service:platform", "alert:a"],
      query: `avg(last_5m):avg:things{environment:${environment}} ${comparator} 5`,
      monitorThresholds: { critical },
    }),
  ];
  const outcome = (comparator: ">" | ">=" | "<", ...of: Parameters<typeof stack>) =>
    judge([onPlatform("a", "MON-09", [comparator, 5], ["things"])], "a-alerted", stack(...of)).outcome;

  it.each([
    [">", "5", "pass"],
    [">", "4.9", "pass"],
    [">", "5.1", "fail"],
    [">=", "5", "pass"],
    [">=", "6", "fail"],
    ["<", "5", "pass"],
    ["<", "5.1", "pass"],
    ["<", "4.9", "fail"],
    [">", undefined, "fail"],
    ["<", undefined, "fail"],
    ["<", "soon", "fail"],
  ] as const)("%s 5, or sooner: %s %s", (comparator, critical, expected) => {
    expect(outcome(comparator, comparator, critical)).toBe(expected);
  });

  it.each([
    [">", "<"],
    ["<", ">"],
    [">", ">="],
    [">=", ">"],
  ] as const)("%s is not %s", (wanted, written) => {
    expect(outcome(wanted, written, "5")).toBe("fail");
  });

  it.each([
    ["<", "6", "pass"],
    ["<", "8", "pass"],
    ["<", "8.1", "fail"],
    ["<", undefined, "fail"],
    [">", "4", "fail"],
  ] as const)(
    "%s 5, or sooner, but not of what is well, which comes to 8 or stays there: %s %s",
    (comparator, critical, expected) => {
      const rule = onPlatform("a", "MON-09", [comparator, 5], ["things"], { healthy: 8 });
      expect(judge([rule], "a-alerted", stack(comparator, critical)).outcome).toBe(expected);
    },
  );

  it("is asked of the stack's own environment", () => {
    expect(outcome(">", ">", "5", "staging")).toBe("fail");
  });

  it("is asked of nobody who has nothing to watch", () => {
    const applies = () => false;
    const rule = onPlatform("a", "MON-09", [">", 5], ["things"], { applies });
    expect(judge([rule], "a-alerted", []).outcome).toBe("pass");
  });

  it("is asked of each service", () => {
    const rule = onService("a", "MON-09", [">", 5], ["things"]);
    const app = declared("readiness:index:App", {}, { name: "portal" });
    expect(judge([rule], "a-alerted", [app]).outcome).toBe("fail");
    expect(judge([rule], "a-alerted", []).outcome).toBe("fail");
  });
});
