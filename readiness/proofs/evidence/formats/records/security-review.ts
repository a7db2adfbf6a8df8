/** A person's review of the application against the OWASP Top Ten. */
import { z } from "zod";
import type { SecurityReviewMeasure } from "../../reading.ts";
import { day, recordFormat, text } from "./record.ts";

const risks = ["A01", "A02", "A03", "A04", "A05", "A06", "A07", "A08", "A09", "A10"] as const;
/** `pass` where it holds, after the fixes; `fail` where it does not. */
const result = z.enum(["pass", "fail"]);

const finding = z.strictObject({
  title: text,
  risk: z.enum([...risks, "authentication", "authorisation"]),
  severity: z.enum(["low", "moderate", "high", "critical"]),
  /** The commit or pull request with the fix; left out while there is none. */
  fixedBy: text.optional(),
});

export const securityReview = recordFormat({
  name: "security-review",
  kind: "security-review",
  made: "a record in YAML: reviewer, date, edition, risks A01 to A10, authentication, authorisation, findings",
  schema: z.strictObject({
    reviewer: z.email().describe("an e-mail address such as ana@example.com"),
    date: day,
    /** Of the OWASP Top Ten: what A01 to A10 stand for. */
    edition: z.enum(["2021", "2025"]).describe('"2021" or "2025", in quotes'),
    risks: z.strictObject({
      A01: result,
      A02: result,
      A03: result,
      A04: result,
      A05: result,
      A06: result,
      A07: result,
      A08: result,
      A09: result,
      A10: result,
    }),
    authentication: result,
    authorisation: result,
    findings: z.array(finding),
  }),
  measure: ({ reviewer, date, edition, risks: of, authentication, authorisation, findings }) => {
    const results = Object.entries({ ...of, authentication, authorisation });
    const at = `${date}T00:00:00Z`;
    return {
      startedAt: at,
      finishedAt: at,
      measure: {
        kind: "security-review",
        reviewer,
        edition,
        reviewed: results.map(([risk]) => risk),
        failed: results.filter(([, said]) => said === "fail").map(([risk]) => risk),
        open: findings.filter(({ fixedBy }) => fixedBy === undefined).map(({ title }) => title),
      } satisfies SecurityReviewMeasure,
    };
  },
});
