import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { painter } from "../../../readiness/terminal/layout.ts";
import { renderJunit } from "../../../readiness/verify/render/junit.ts";
import { renderText } from "../../../readiness/verify/render/text.ts";
import schema from "../../../readiness/verify/report.schema.json" with { type: "json" };
import type { VerifyReport } from "../../../readiness/verify/report.ts";
import { statusOf, verdictOf } from "../../../readiness/verify/report.ts";
import { elementsOf } from "../well-formed.ts";
import { staging } from "./healthy.ts";

const ajv = new Ajv2020({
  strict: true,
  allowUnionTypes: true,
  formats: { "date-time": (text: string) => !Number.isNaN(Date.parse(text)) },
});
const check = (outcome: VerifyReport["checks"][number]["outcome"], said = outcome as string) => ({
  check: "page",
  subject: "/",
  outcome,
  said,
});
const page = { width: 100, paint: painter(false) };

it("a report has the published shape", async () => {
  const { report } = await staging({}, { samples: 5 });
  const validate = ajv.compile(schema);
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
});

it.each([
  [["pass", "not asked"], "pass", 0],
  [["pass", "unknown"], "unknown", 3],
  [["pass", "unknown", "fail"], "fail", 1],
  [["not asked"], "unknown", 3],
  [[], "unknown", 3],
] as const)("checks that came to %j are %s", (outcomes, verdict, status) => {
  expect(verdictOf(outcomes.map((one) => check(one)))).toBe(verdict);
  expect(statusOf({ verdict })).toBe(status);
});

it("JUnit tells failures, errors and what was skipped apart, whatever a server wrote", async () => {
  const { report } = await staging({});
  const checks = [check("pass"), check("fail", '<"&\u001b[31m'), check("unknown"), check("not asked")];
  const xml = renderJunit({ ...report, checks });
  expect(elementsOf(xml)).not.toEqual([]);
  expect(xml).toContain('tests="4" failures="1" errors="1" skipped="1"');
  expect(xml).not.toContain("\u001b");
});

it("the text says last what has to be known, the worst nearest to it", async () => {
  const { report } = await staging({});
  const lines = renderText(
    { ...report, verdict: "fail", checks: [check("fail"), check("pass"), check("unknown")] },
    page,
  ).split("\n");
  expect(lines.slice(0, 3)).toEqual(["✓ page / pass", "? page / unknown", "✗ page / fail"]);
  expect(lines.at(-2)).toMatch(/^not as it must be: http:.*, smoke, in .* s: 1 failed, 1 unknown, 1 passed$/);
});
