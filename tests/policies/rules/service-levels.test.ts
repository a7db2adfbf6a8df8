import { describe, expect, it } from "vitest";
import { serviceLevelRules } from "../../../policies/rules/service-levels.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, drop, on, set } from "../mutations/mutation.ts";
import { fixtureStacks } from "../support/fixture-stacks.ts";
import { judge } from "../support/outcome.ts";
import { declared, unknown } from "../support/stack.ts";

const types = {
  app: "readiness:index:App",
  monitor: "datadog:index/monitor:Monitor",
  objective: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
  check: "datadog:index/syntheticsTest:SyntheticsTest",
  dashboard: "datadog:index/dashboard:Dashboard",
} as const;
const stack = fixtureStacks.prod.filter(({ type }) => Object.values<string>(types).includes(type));
const monitor = (name: string) => ({ type: types.monitor, name });

const agree = (resources: readonly Registration[], id = "service-levels-agree") =>
  judge(serviceLevelRules, id, resources);
const only = (resources: readonly Registration[]) => agree(resources, "service-levels-only");
const changed = (change: Change) => stack.flatMap((r) => change(r) ?? []);

/** A monitor, objective, check or dashboard more, like one of the stack. */
function another(
  type: string,
  name: string | RegExp,
  ...changes: readonly Change[]
): readonly Registration[] {
  const like = stack.find(
    (r) => r.type === type && (typeof name === "string" ? r.name === name : name.test(r.name)),
  );
  if (!like) throw new Error(`no ${name}`);
  const more = changes.reduce<Registration | undefined>((r, change) => r && change(r), {
    ...like,
    name: "more",
    urn: `${like.urn}-more`,
  });
  return more ? [...stack, more] : stack;
}
/** A dashboard more, with a line at 0.1 across what the queries measure. */
const withLineAcross = (...queries: readonly string[]) => [
  ...stack,
  declared(types.dashboard, {
    title: "mine",
    widgets: [
      {
        timeseriesDefinition: {
          title: "Median",
          requests: queries.map((q) => ({ q })),
          markers: [{ value: "y = 0.1", displayType: "error dashed" }],
        },
      },
    ],
  }),
];
const tag =
  (from: string, to: string): Change =>
  (r) => {
    const tags = r.props["tags"] as readonly string[];
    return { ...r, props: { ...r.props, tags: tags.map((t) => (t === from ? to : t)) } };
  };

it("holds for levels that are the same wherever they are said", () => {
  expect(agree(stack)).toEqual({ outcome: "pass", messages: [""] });
  expect(only(stack)).toEqual({ outcome: "pass", messages: [""] });
});

describe("levels that differ", () => {
  it("are told with every place and its number, and the resource to look at", () => {
    const { outcome, messages } = agree(
      changed(on(monitor("portal-latency-read"), set("monitorThresholds.critical", "200000000"))),
    );
    expect(outcome).toBe("fail");
    expect(messages).toEqual([
      expect.stringMatching(
        /^portal-latency-read: portal, p95 of read requests: the alert is 225 ms in query, message, dashboard; 200 ms in threshold, must be the same in all of them \(LEVEL-01\)\. /,
      ),
    ]);
  });

  it("name the dashboard where its line is the odd one", () => {
    const wrong: Change = (r) => ({
      ...r,
      props: JSON.parse(JSON.stringify(r.props).replace('"y = 0.5"', '"y = 0.4"')),
    });
    const { messages } = agree(changed(on(types.dashboard, wrong)));
    expect(messages[0]).toMatch(/^portal-monitoring-operations: portal, error rate: /);
  });

  it("are compared across units: a p99 in seconds, loading times in nanoseconds, checks in milliseconds", () => {
    const { messages } = agree(changed(on(types.check, set("assertions.1.target", "2000"))));
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(
      "portal, page response time: the alert is 2500 ms in query, threshold, message, dashboard, check's message; 2000 ms in check",
    );
  });

  it("are told once for a number that many resources say wrong", () => {
    const wrong = on({ type: types.objective, name: /^portal-latency-/ }, set("targetThreshold", 99.5));
    expect(agree(changed(wrong)).messages).toHaveLength(5);
  });

  it("are found in an objective that measures something else", () => {
    const { messages } = agree(
      changed(
        on(
          { type: types.objective, name: "portal-latency-list" },
          set("query.denominator", "count:other{*}"),
        ),
      ),
    );
    expect(messages).toEqual([expect.stringContaining("nothing in objective of the same expression")]);
  });

  it("do not follow from copies that say the same", () => {
    expect(agree(another(types.monitor, "portal-latency-list")).outcome).toBe("pass");
  });
});

describe("what is not there", () => {
  it.each<[string, Change, string]>([
    [
      "a monitor",
      drop(monitor("portal-latency-list")),
      "p95 of list requests: no monitor of the alert latency-list",
    ],
    [
      "an objective",
      drop({ type: types.objective, name: "portal-uptime" }),
      "portal, availability: no objective uptime",
    ],
    ["every check", drop(types.check), "portal, page response time: no check"],
    [
      "the cache's monitor",
      drop(monitor("platform-cache-hit-rate-low")),
      "platform, cache hit rate: no monitor",
    ],
    ["every dashboard", drop(types.dashboard), "225 ms in query, threshold, message; nothing in dashboard"],
    [
      "one alert's number",
      on(monitor("portal-latency-p99"), set("query", "nobody can read this")),
      "2500 ms and nothing in query",
    ],
    [
      "one check's limit",
      on({ type: types.check, name: "portal-uptime-health" }, set("assertions.1", undefined)),
      "portal-uptime-health: portal, page response time: the alert is 2500 ms in query",
    ],
    [
      "one alert's promise",
      on(monitor("portal-availability-slow-burn"), set("message", "It alerts at 3 times the rate")),
      "99.5 % and nothing in alerts' messages",
    ],
  ])("%s is told", (_title, change, message) => {
    const { outcome, messages } = agree(changed(change));
    expect(outcome).toBe("fail");
    expect(messages.join("\n")).toContain(message);
  });

  it("is asked of every service", () => {
    const { messages } = agree([...stack, declared(types.app, {}, { name: "admin" })]);
    expect(messages).toHaveLength(9);
    for (const message of messages) expect(message).toMatch(/^prod: admin, .*: no /);
  });

  it("never passes", () => {
    expect(agree([]).outcome).toBe("fail");
    expect(only([]).outcome).toBe("fail");
  });
});

describe("what belongs to no level", () => {
  const slow =
    (limit: string, from = "}", to = "}"): Change =>
    (r) => ({
      ...r,
      props: JSON.parse(JSON.stringify(r.props).replaceAll("> 2.5", `> ${limit}`).replaceAll(from, to)),
    });
  const more = (change: Change) =>
    only(another(types.monitor, "portal-latency-p99", tag("alert:latency-p99", "alert:mine"), change))
      .outcome;

  it("may be an early warning, and no late one", () => {
    expect([more(slow("2")), more(slow("3")), more(slow("2.5"))]).toEqual(["pass", "fail", "fail"]);
  });

  it("may be a number of one route, but not of all routes but one", () => {
    expect(more(slow("4", "service:portal}", "service:portal,resource_name:post_/orders}"))).toBe("pass");
    expect(more(slow("4", "service:portal}", "service:portal,!resource_name:get_/}"))).toBe("fail");
  });

  it.each<[string, readonly Registration[], string]>([
    [
      "an objective",
      another(
        types.objective,
        "portal-latency-read",
        tag("objective:latency-read", "objective:latency-export"),
      ),
      "more: it promises 95 %",
    ],
    [
      "a monitor of a level's measure",
      another(types.monitor, "portal-latency-read", tag("alert:latency-read", "alert:slow-reads")),
      "endpoint_class:read} with 225000000",
    ],
    [
      "a monitor of an error rate",
      another(types.monitor, "portal-error-rate", tag("alert:error-rate", "alert:errors")),
      "more: it compares 100 * default_zero(",
    ],
    [
      "a monitor of another service",
      another(types.monitor, "portal-page-load-slow", tag("service:portal", "service:old")),
      "@view.loading_time",
    ],
    [
      "a burn rate of somebody else's objective",
      another(types.monitor, "portal-availability-fast-burn", (r) => ({ ...r, propertyDependencies: {} })),
      "more: it stands on no objective of this stack",
    ],
    [
      "a check of nobody's page",
      another(types.check, "portal-uptime-page-login", tag("service:portal", "service:platform")),
      "more: it limits the answer to 2500 ms",
    ],
    [
      "a line across another percentile",
      withLineAcross("p50:trace.http.server.request{service:portal}"),
      'subject: "Median" has a line at 0.1',
    ],
    [
      "a line across another percentile, beside what is no level",
      withLineAcross(
        "p50:trace.http.server.request{service:portal}",
        "avg:aws.rds.cpuutilization{service:portal}",
      ),
      'subject: "Median" has a line at 0.1',
    ],
  ])("%s is told", (_title, resources, message) => {
    const { outcome, messages } = only(resources);
    expect(outcome).toBe("fail");
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
    expect(messages[0]).toContain("must be a number of a service level, or not there (LEVEL-02)");
  });

  it("is not what compares with no number, or speaks of causes", () => {
    const { props } = stack.find(({ name }) => name === "portal-latency-anomaly") ?? {};
    expect(props?.["query"]).toContain("p95:trace.http.server.request{");
    const cause = another(
      types.monitor,
      "platform-edge-errors",
      tag("alert:edge-errors", "alert:edge-faults"),
    );
    expect(only(cause).outcome).toBe("pass");
  });
});

describe("what is not known", () => {
  it.each<[string, Change]>([
    ["a query", on(monitor("portal-latency-list"), set("query", unknown))],
    ["a message", on(monitor("portal-latency-list"), set("message", unknown))],
    ["a target", on({ type: types.objective, name: "portal-uptime" }, set("targetThreshold", unknown))],
    ["a dashboard", on(types.dashboard, set("widgets", unknown))],
  ])("%s leaves it undecided", (_title, change) => {
    expect(agree(changed(change)).outcome).toBe("unknown");
  });

  it("does not include an objective's id, which only the deployment gives", () => {
    const burn = stack.find(({ name }) => name === "portal-availability-fast-burn");
    expect(burn?.props["query"]).toBe(unknown);
  });
});
