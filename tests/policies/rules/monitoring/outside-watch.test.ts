import { describe, expect, it } from "vitest";
import { chosenParts } from "../../../../model/parts.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { outsideWatchRules } from "../../../../policies/rules/monitoring/outside-watch.ts";
import { toStack } from "../../../../readiness/engine/registration.ts";
import { type Change, on, set } from "../../mutations/mutation.ts";
import { fixtureStacks } from "../../support/fixture-stacks.ts";
import { resource } from "../../support/linked.ts";
import { judge } from "../../support/outcome.ts";
import { unknown } from "../../support/stack.ts";

const check = "aws:route53/healthCheck:HealthCheck";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";
const judged = (change: Change = (r) => r) =>
  judge(
    outsideWatchRules,
    "outage-rings-without-datadog",
    fixtureStacks.prod.flatMap((r) => change(r) ?? []),
  );

describe("a key for whoever watches elsewhere", () => {
  const events = { name: "Uptime", type: "events_api_v2_inbound_integration" };
  const outcome = (props: object | undefined, severity = "sev1", shared = false) => {
    const paging = resource("pagerduty:index/service:Service", "paging", {
      name: `a-prod-platform-${severity}`,
    });
    const key =
      props &&
      resource(
        "pagerduty:index/serviceIntegration:ServiceIntegration",
        "key",
        { ...props },
        { service: [paging] },
      );
    const object = resource(
      "datadog:pagerduty/serviceObject:ServiceObject",
      "datadog",
      { serviceName: "a" },
      { serviceKey: key ? [key] : [] },
    );
    const all = [paging, ...(key ? [key] : []), ...(shared ? [object] : [])];
    const parts = chosenParts((part) =>
      part === "outsideWatch" ? { kind: "elsewhere", because: "a monitor is paid for" } : undefined,
    );
    const findings = evaluate(outsideWatchRules, toStack("prod", all, undefined, { parts }));
    return findings.find(({ by }) => by === "outside-watch-has-own-key")?.outcome;
  };

  it.each<[string, Parameters<typeof outcome>, string]>([
    ["of PagerDuty's Events API", [events], "pass"],
    ["of another name", [{ ...events, name: "Pingdom" }], "pass"],
    ["of e-mail", [{ ...events, type: "generic_email_inbound_integration" }], "fail"],
    ["of Datadog's form", [{ ...events, vendor: "PAM4FGS" }], "fail"],
    ["of what waits for the morning", [events, "sev4"], "fail"],
    ["that Datadog holds, too", [events, "sev1", true], "fail"],
    ["is missing", [undefined], "fail"],
    ["of a type that is not known yet", [{ ...events, type: unknown }], "unknown"],
  ])("%s", (_, given, expected) => {
    expect(outcome(...given)).toBe(expected);
  });
});

describe("what rings without Datadog", () => {
  it("is there, and a stack without it says what is missing", () => {
    expect(judged().outcome).toBe("pass");
    expect(judge(outsideWatchRules, "outage-rings-without-datadog", [])).toEqual({
      outcome: "fail",
      messages: [expect.stringContaining("no health check outside Datadog is declared")],
    });
  });

  it.each<[string, Change]>([
    ["without a text to look for", on(check, set("type", "HTTPS"), set("searchString", undefined))],
    ["another text of health", on(check, set("searchString", '"status":"healthy"'))],
    ["more often", on(check, set("requestInterval", 10))],
    ["two checks in a row", on(check, set("failureThreshold", 2))],
    ["five minutes", on(alarm, set("evaluationPeriods", 5))],
    [
      "not above none",
      on(alarm, set("comparisonOperator", "LessThanOrEqualToThreshold"), set("threshold", 0)),
    ],
    ["on the mean", on(alarm, set("statistic", "Average"))],
  ])("may be otherwise: %s", (_, change) => {
    expect(judged(change).outcome).toBe("pass");
  });

  it.each<[string, Change, RegExp]>([
    [
      "a text that sick services say, too",
      on(check, set("searchString", "healthy")),
      /it asks by HTTPS_STR_MATCH/,
    ],
    ["no name for TLS", on(check, set("enableSni", false)), /must be HTTPS as visitors do/],
    ["another port", on(check, set("port", 8443)), /must be HTTPS as visitors do/],
    ["an alarm elsewhere", on(alarm, set("region", "eu-central-1")), /must be us-east-1/],
    ["no text", on(check, set("searchString", "")), /must be HTTPS as visitors do/],
    ["an hour's wait", on(alarm, set("period", 3600)), /it fires after 10890 s, must be ≤ 600/],
  ])("is none with %s", (_, change, message) => {
    const { outcome, messages } = judged(change);
    expect(outcome).toBe("fail");
    expect(messages.join("\n")).toMatch(message);
  });

  it("is not known before its values are", () => {
    expect(judged(on(check, set("fqdn", unknown))).outcome).toBe("unknown");
    expect(judged(on(alarm, set("treatMissingData", unknown))).outcome).toBe("unknown");
  });
});
