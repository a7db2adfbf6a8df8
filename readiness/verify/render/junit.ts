/** The report as JUnit XML: a case for each check. What is unknown is an error, what was not asked is skipped. */
import { markup } from "../../render/markup.ts";
import type { Check, Outcome } from "../check.ts";
import type { VerifyReport } from "../report.ts";

export function renderJunit({ checks, url, phase, tool, startedAt }: VerifyReport): string {
  const count = (outcome: Outcome) => checks.filter((check) => check.outcome === outcome).length;
  return markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${tool.name}">
<testsuite name="${url} ${phase}" timestamp="${startedAt}" tests="${checks.length}" failures="${count("fail")}" errors="${count("unknown")}" skipped="${count("not asked")}">
${checks.map(ofCheck)}
</testsuite>
</testsuites>
`.text;
}

function ofCheck({ check, subject, outcome, said }: Check) {
  const body = {
    pass: markup``,
    fail: markup`<failure message="${said}" type="fail"/>`,
    unknown: markup`<error message="${said}" type="unknown"/>`,
    "not asked": markup`<skipped message="${said}"/>`,
  }[outcome];
  return markup`<testcase classname="${check}" name="${subject}">${body}</testcase>`;
}
