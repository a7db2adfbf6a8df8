/** Load: answers counted by how they ended; quick errors are no speed. */
import { describe, expect, it } from "vitest";
import { autocannon } from "../../../../../readiness/proofs/evidence/formats/load/autocannon.ts";
import { k6Summary } from "../../../../../readiness/proofs/evidence/formats/load/k6-summary.ts";
import { altered, fixture, measureOf, problemOf, rawOf, reading } from "./support.ts";

const metricOf = (name: string, metric: string) => rawOf(`k6-summary/${name}.json`).metrics[metric];

describe("k6", () => {
  it("reads requests, failures and the 95th percentile; a threshold that is false is kept", () => {
    expect(reading(k6Summary, fixture("k6-summary/good.json"))).toEqual({
      tool: "k6",
      version: null,
      startedAt: null,
      finishedAt: null,
      commit: null,
      measure: {
        kind: "load",
        classes: [
          {
            class: "all",
            requests: 60,
            failures: 0,
            p95Ms: metricOf("good", "http_req_duration")["p(95)"],
          },
        ],
        broken: [],
      },
    });
  });

  it("reads each class of requests", () => {
    const of = (name: string) => ({
      class: name,
      requests: 60,
      failures: 0,
      p95Ms: metricOf("classes", `http_req_duration{class:${name}}`)["p(95)"],
    });
    expect(measureOf(k6Summary, fixture("k6-summary/classes.json"), "load").classes).toEqual([
      of("read"),
      of("write"),
    ]);
  });

  it("names the thresholds that are broken", () => {
    expect(measureOf(k6Summary, fixture("k6-summary/broken.json"), "load").broken).toEqual([
      "http_req_duration: p(95)<0",
    ]);
    expect(measureOf(k6Summary, fixture("k6-summary/some-500.json"), "load")).toMatchObject({
      classes: [{ requests: 60, failures: 12 }],
      broken: ["http_req_failed: rate<0.01"],
    });
  });

  it("claims no percentile that k6 was not asked for", () => {
    expect(measureOf(k6Summary, fixture("k6-summary/no-p95.json"), "load").classes[0]?.p95Ms).toBeNull();
  });

  it("takes no quick errors for speed", () => {
    const good = metricOf("some-500", "http_req_duration{expected_response:true}")["p(95)"];
    const file = altered("k6-summary/some-500.json", [
      String(metricOf("some-500", "http_req_duration")["p(95)"]),
      "0",
    ]);
    expect(measureOf(k6Summary, file, "load").classes[0]?.p95Ms).toBe(good);
  });

  it.each([
    ["refused", /^all 60 requests failed/],
    ["all-500", /^all 60 requests failed/],
    ["no-thresholds", /^it asks for nothing: give the script thresholds/],
    ["no-requests", /^it does not count requests, failures and times: /],
    ["class-without-count", /^it does not count requests, failures and times of class read: /],
    ["machine-readable", /^it is k6's machine-readable summary/],
  ])("refuses %s", (name, problem) => {
    expect(problemOf(k6Summary, fixture(`k6-summary/${name}.json`))).toMatch(problem);
  });

  it("refuses counts that contradict each other", () => {
    const file = altered("k6-summary/some-500.json", [/"passes": 12/, '"passes": 0']);
    expect(problemOf(k6Summary, file)).toBe("it contradicts itself: 60 requests, 0 failed and 48 not");
  });
});

describe("autocannon", () => {
  it("reads answers and errors, and claims no 95th percentile", () => {
    const raw = rawOf("autocannon/some-500.json");
    expect(reading(autocannon, fixture("autocannon/some-500.json"))).toEqual({
      tool: "autocannon",
      version: null,
      startedAt: raw.start,
      finishedAt: raw.finish,
      commit: null,
      measure: {
        kind: "load",
        classes: [{ class: "all", requests: raw.requests.total, failures: raw.non2xx, p95Ms: null }],
        broken: [],
      },
    });
    expect(measureOf(autocannon, fixture("autocannon/good.json"), "load").classes[0]?.failures).toBe(0);
  });

  it.each(["refused", "all-500"])("refuses %s", (name) => {
    expect(problemOf(autocannon, fixture(`autocannon/${name}.json`))).toMatch(/^all \d+ requests failed/);
  });

  it("refuses counts that contradict each other", () => {
    const file = altered("autocannon/some-500.json", [/"non2xx":\d+/, '"non2xx":0']);
    expect(problemOf(autocannon, file)).toMatch(/^it contradicts itself: \d+ good answers and 0 others/);
  });
});
