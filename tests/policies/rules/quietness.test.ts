import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import { quietnessRules } from "../../../policies/rules/quietness.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type Change, on, set } from "../mutations/mutation.ts";
import { fixtureStacks } from "../support/fixture-stacks.ts";
import { stackOf } from "../support/stack.ts";

const types = {
  monitor: "datadog:index/monitor:Monitor",
  objective: "datadog:index/serviceLevelObjective:ServiceLevelObjective",
};
const monitor = (name: string) => ({ type: types.monitor, name });

/** Rules that do not hold, with what they say. */
function told(...changes: readonly Change[]): readonly string[] {
  const apply = (r: Registration) =>
    changes.reduce<Registration | undefined>((changed, change) => changed && change(changed), r) ?? [];
  return evaluate(quietnessRules, stackOf(fixtureStacks.prod.flatMap(apply), "prod"))
    .filter(({ outcome }) => outcome !== "pass")
    .map((f) => `${f.by} ${f.outcome}: ${messageOf(f, "prod")}`);
}

const busy = (...levels: readonly string[]) =>
  on({ type: types.objective, name: "portal-availability" }, (r) => ({
    ...r,
    props: { ...r.props, tags: [...(r.props["tags"] as string[]), ...levels.map((l) => `traffic:${l}`)] },
  }));
const query = (name: string, from: string | RegExp, to: string) =>
  on(monitor(name), (r) => set("query", String(r.props["query"]).replace(from, to))(r));

describe("a healthy service is left alone", () => {
  it.each(["15/168h", "60/168h", "300/168h"])("at %s", (level) => {
    expect(told(busy(level))).toEqual([]);
  });

  it("by day and by night", () => {
    expect(told(busy("15/84h", "240/84h"))).toEqual([]);
  });
});

describe("what a change costs is told in pages:", () => {
  it.each<[string, Change, RegExp]>([
    [
      "a guard taken away",
      query("portal-error-rate", "> 3", "> 0"),
      /portal-error-rate: it rings a healthy service \d[\d.]* times a week: at 15 a minute, 5 failures of 900/,
    ],
    [
      "a window shortened",
      query("portal-latency-search", "last_30m", "last_5m"),
      /portal-latency-search: it rings a healthy service 4\.\d times a week: .* in 5 minutes fire it/,
    ],
    [
      "traffic that is not there",
      busy("3/168h"),
      /portal-traffic-drop: it rings a healthy service \d+ times a week: it wants 13.5 requests in 5 minutes, and 3 a minute come/,
    ],
    [
      "a count that a busy hour has anyway",
      busy("30000/168h"),
      /portal-log-error-burst: it rings a healthy service and does not end: it fires 100 % of the time/,
    ],
    [
      "one location that is enough, and no second attempt",
      on(
        { type: "datadog:index/syntheticsTest:SyntheticsTest", name: "portal-uptime-homepage" },
        set("optionsList.minLocationFailed", 1),
        set("optionsList.retry.count", 0),
      ),
      /portal-uptime-homepage: it rings a healthy service 30 times a week: runs of 1 of 3 locations/,
    ],
  ])("%s", (_, change, message) => {
    const messages = told(change);
    expect(messages.join("\n")).toMatch(message);
    for (const text of messages) expect(text).toMatch(/^(alerts-rarely|healthy-service|failing-requests)/);
  });

  it("a service that promises less", () => {
    const target = on({ type: types.objective, name: "portal-availability" }, (r) =>
      set(
        "tags",
        (r.props["tags"] as string[]).map((tag) => (tag === "error-target:0.1" ? "error-target:1" : tag)),
      )(r),
    );
    expect(told(target).join("\n")).toMatch(/portal-error-rate: it rings a healthy service/);
  });
});

describe("what nobody can compute", () => {
  it.each<[string, Change]>([
    ["a query that no rule reads", query("portal-error-rate-high", /^sum/, "stddev")],
    [
      "a metric that no rule knows",
      query("portal-function-timeouts", ".logs.function_timeouts", ".queue.depth"),
    ],
    [
      "a job without its rhythm",
      on(monitor("portal-heartbeat-missed-send-reminders"), set("tags", ["severity:sev3"])),
    ],
  ])("is not taken for quiet: %s", (_, change) => {
    expect(told(change).join("\n")).toMatch(
      /alerts-rarely-ring-by-chance unknown: .* while nothing is wrong/,
    );
  });

  it("does not matter of a ticket", () => {
    expect(told(query("portal-traffic-anomaly", /^avg/, "stddev"))).toEqual([]);
  });
});

describe("failing requests", () => {
  it("go unnoticed where too many have to fail", () => {
    const deaf = query("portal-error-rate-high", "> 3", "> 20");
    expect(told(deaf).join("\n")).toMatch(
      /failing-requests-noticed fail: .*10 % of the requests of portal failing at 15 a minute rings within 15 minutes in \d/,
    );
  });

  it("of one in a hundred are asked for where there are enough of them", () => {
    const deaf = query("portal-error-rate", "0.005", "0.02");
    expect(told(deaf)).toEqual([]);
    expect(told(deaf, busy("60/168h")).join("\n")).toMatch(
      /failing-requests-noticed fail: .*1 % of the requests/,
    );
  });
});

it("a stack without an alert passes nothing", () => {
  const outcomes = evaluate(quietnessRules, stackOf([], "prod")).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(["fail", "fail", "fail"]);
});
