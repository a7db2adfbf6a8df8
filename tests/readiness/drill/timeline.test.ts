import { describe, expect, it } from "vitest";
import {
  budgetBurnt,
  faultsOf,
  findChain,
  promiseOf,
  ringsAfter,
} from "../../../readiness/drill/timeline.ts";
import { pagedStack } from "../../policies/support/paged-stack.ts";
import { declared, stackOf, unknown } from "../../policies/support/stack.ts";

const stack = stackOf([
  ...pagedStack,
  declared(
    "datadog:index/serviceLevelObjective:ServiceLevelObjective",
    { tags: ["service:portal", "objective:availability"], targetThreshold: 99.5 },
    { name: "availability" },
  ),
]);
const seconds = (name: string) =>
  faultsOf(stack, findChain(stack, name), 99.5).map((fault) => (fault.steps ? ringsAfter(fault) : undefined));

describe("one alert's timeline", () => {
  it("tells how soon each fault rings a phone", () => {
    expect(seconds("homepage")).toEqual([90, 102, 102, undefined, undefined]);
    // 50 % of two minutes, of requests that may hang for 30 s first; fewer errors never are most of the requests.
    expect(seconds("outage")).toEqual([160, 190, undefined, undefined, undefined]);
    // Errors do not make anything slow.
    expect(seconds("slow")).toEqual([undefined, 280, undefined, undefined, undefined]);
  });

  it("counts a job's fault from when its run is overdue", () => {
    const job = pagedStack.map((r) => {
      const query = "sum(last_36h):sum:job.completed{job:bill}.as_count() < 1";
      return r.name === "slow" ? { ...r, props: { ...r.props, query } } : r;
    });
    const [fault, ...others] = faultsOf(stackOf(job), findChain(stackOf(job), "slow"), 99.5);
    expect([fault?.name, fault?.errorShare, others]).toEqual(["overdue run", 0, []]);
    expect(fault?.steps?.map(({ name, seconds }) => [name, seconds])).toEqual([
      ["evaluation delay", 120],
      ["arrival", 20],
      ["evaluation", 600],
      ["delivery", 20],
    ]);
  });

  it("counts a smaller fault over more of the window", () => {
    const sensitive = stackOf(
      pagedStack.map((r) => {
        if (r.name !== "outage") return r;
        const query = String(r.props["query"]).replace("last_2m", "last_10m").replace("> 50", "> 1");
        return { ...r, props: { ...r.props, query, monitorThresholds: { critical: "1" } } };
      }),
    );
    const windows = faultsOf(sensitive, findChain(sensitive, "outage"), 99.5).map(
      ({ steps }) => steps?.[0]?.seconds,
    );
    expect(windows).toEqual([6, 30, undefined, 60, undefined]);
  });

  it("knows what is gone of the month's error budget by then", () => {
    expect(promiseOf(stack, findChain(stack, "homepage"))).toBe(99.5);
    // 99.5 % of 730 h leave 219 minutes.
    expect(budgetBurnt(219 * 60, 1, 99.5)).toBeCloseTo(1);
    expect(budgetBurnt(219 * 60, 0.1, 99.5)).toBeCloseTo(0.1);
    expect(promiseOf(stackOf(pagedStack), findChain(stack, "homepage"))).toBeUndefined();
  });

  it("takes the burn rate of an alert on the error budget", () => {
    const burn = pagedStack.map((r) => {
      if (r.name !== "slow") return r;
      const tags = ["service:portal", "severity:sev2", "alert:availability-fast-burn"];
      return {
        ...r,
        props: {
          ...r.props,
          type: "slo alert",
          query: unknown,
          tags,
          monitorThresholds: { critical: "14.4" },
        },
      };
    });
    const steps = faultsOf(stackOf(burn), findChain(stackOf(burn), "slow"), 99.5).map(
      (fault) => fault.steps?.[0],
    );
    // 1 h × 14.4 × 0.5 % / error rate; 1 % of errors burn at twice the rate of the budget only.
    expect(steps).toEqual([
      { name: "burn", seconds: 260 },
      { name: "hang", seconds: 30 },
      undefined,
      { name: "burn", seconds: 2592 },
      undefined,
    ]);
  });

  it("says of an alert that goes nowhere what to do", () => {
    const lost = pagedStack.map((r) =>
      r.name === "slow" ? { ...r, props: { ...r.props, message: "" } } : r,
    );
    expect(() => findChain(stackOf(lost), "slow")).toThrow(
      "slow reaches no escalation policy: npm run check",
    );
  });

  it("asks what was meant by a name that nothing has", () => {
    expect(() => findChain(stack, "hompage")).toThrow(
      'no alert of prod is named "hompage"; did you mean "homepage"?',
    );
  });
});
