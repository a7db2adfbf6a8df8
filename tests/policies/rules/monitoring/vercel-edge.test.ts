/** Alerts on Vercel's own edge are asked of a stack that has it, and of no other. */
import { describe, expect, it } from "vitest";
import { chosenParts } from "../../../../model/parts.ts";
import { evaluate } from "../../../../policies/evaluate.ts";
import { vercelEdgeRules } from "../../../../policies/rules/monitoring/vercel-edge.ts";
import { toStack } from "../../../../readiness/engine/registration.ts";
import { declared, unknown } from "../../support/stack.ts";

const parts = (kind: string) => chosenParts((part) => (part === "edge" ? { kind } : undefined));

function outcome(id: string, query: unknown, critical: string, edge = "vercel") {
  const rule = vercelEdgeRules.find((r) => r.id === `${id}-alerted`);
  if (!rule) throw new Error(`no rule for ${id}`);
  const monitor = declared(
    "datadog:index/monitor:Monitor",
    {
      type: "query alert",
      query,
      monitorThresholds: { critical },
      tags: [`alert:${id}`, "service:platform", "product:portal", "environment:prod"],
    },
    { name: id },
  );
  const stack = toStack("prod", query === undefined ? [] : [monitor], undefined, { parts: parts(edge) });
  return evaluate([rule], stack).map((finding) => finding.outcome);
}

const all = "sum:portal.prod.logs.edge_requests{env:prod}.as_count()";
const failed = "default_zero(sum:portal.prod.logs.edge_requests{env:prod,edge_status:5*}.as_count())";
const unanswered = "default_zero(sum:portal.prod.logs.edge_unreachable{env:prod}.as_count())";
const errors = "vercel-edge-errors";
const unreachable = "vercel-edge-unreachable";

describe("the edge's answers are watched", () => {
  it.each<[string, string, unknown, string, string]>([
    ["as declared", errors, `sum(last_1h):${failed} - 0.01 * ${all} > 3`, "3", "pass"],
    ["by a stricter share", errors, `sum(last_30m):${failed} - 0.005 * ${all} > 5`, "5", "pass"],
    ["as a percentage", errors, `sum(last_1h):100 * ${failed} / ${all} > 1`, "1", "pass"],
    ["too late", errors, `sum(last_1h):${failed} - 0.1 * ${all} > 3`, "3", "fail"],
    [
      "in another environment",
      errors,
      `sum(last_1h):${failed} - 0.01 * ${all} > 3`.replaceAll("env:prod", "env:qa"),
      "3",
      "fail",
    ],
    [
      "of one page alone",
      errors,
      `sum(last_1h):${failed.replace("{", "{path:/a,")} - 0.01 * ${all} > 3`,
      "3",
      "fail",
    ],
    ["not at all", errors, undefined, "3", "fail"],
    ["by what is not known yet", errors, unknown, "3", "unknown"],
    ["where nothing answers", unreachable, `sum(last_10m):${unanswered} - 0.05 * ${all} > 5`, "5", "pass"],
    [
      "over an hour where nothing answers",
      unreachable,
      `sum(last_1h):${unanswered} - 0.05 * ${all} > 5`,
      "5",
      "fail",
    ],
  ])("%s", (_, id, query, critical, expected) => {
    expect(outcome(id, query, critical)).toEqual([expected]);
  });

  it("and nothing of it is asked behind CloudFront", () => {
    expect(outcome(errors, undefined, "3", "cloudfront")).toEqual(["not-applicable"]);
  });
});
