/**
 * The report as JUnit XML, for whatever shows test results: a suite for each stack, a case for each item of the
 * checklist. Without failures and errors it is a GO: what is waived stays a failure.
 */
import type { NotEvaluated, Report, ReportedItem, StackReport } from "../report.ts";
import { askedLines } from "./asked.ts";
import { openGroups, placed, provenBy } from "./digest.ts";
import { type Markup, markup } from "./markup.ts";
import { subject } from "./summary.ts";

type Kind = "failure" | "error" | "skipped" | "passed";

export function renderJunit({ tool, stacks, notEvaluated }: Report): string {
  const suites = [...stacks.map(suite), ...notEvaluated.map(failedSuite)];
  const page = markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="${tool.name}">
${suites}
</testsuites>
`;
  return page.text;
}

function suite(report: StackReport): Markup {
  const { stack, checklist } = report;
  const open = openGroups(report).flatMap(({ items }) => items);
  const found = new Map(open.map((one) => [one.item.id, one]));
  const count = (kind: Kind) => checklist.filter((item) => kindOf(item) === kind).length;
  const cases = checklist.map((item) => {
    const { observations = [], remedy } = found.get(item.id) ?? {};
    const said = observations.map((o) => (o.waiver ? `${placed(o)}; ${o.waiver}` : placed(o)));
    const message = said[0] ?? provenBy(item);
    const details = [...said, ...(remedy ? [`→ ${remedy}`] : [])].map((line) => markup`${line}`);
    return markup`<testcase classname="${stack}.${item.section}" name="${item.id} ${item.statement}">${body(kindOf(item), item, message, details)}</testcase>`;
  });
  const asked = askedLines(report).map((line) => markup`<property name="asked" value="${line}"/>`);
  return markup`<testsuite name="${stack}" tests="${checklist.length}" failures="${count("failure")}" errors="${count("error")}" skipped="${count("skipped")}">
<properties><property name="subject" value="${subject(report)}"/>${asked}</properties>
${cases}
</testsuite>`;
}

/** What an item is among tests. Without proof a required one has failed, like any test that proves nothing. */
function kindOf({ required, standing, outcome }: ReportedItem): Kind {
  if (!required) return "skipped";
  if (standing === "proven") return "passed";
  return outcome === "error" || standing === "undecided" ? "error" : "failure";
}

function body(kind: Kind, { standing }: ReportedItem, message: string, details: readonly Markup[]): Markup {
  if (kind === "passed") return markup``;
  if (kind === "skipped") return markup`<skipped message="${message}"/>`;
  const content = markup`message="${message}" type="${standing}">${details}`;
  return kind === "error" ? markup`<error ${content}</error>` : markup`<failure ${content}</failure>`;
}

function failedSuite({ stack, reason, issues }: NotEvaluated): Markup {
  const lines = issues.map(({ place, path, message }) => [place, path, message].filter(Boolean).join(": "));
  return markup`<testsuite name="${stack}" tests="1" failures="0" errors="1" skipped="0">
<testcase classname="${stack}" name="The stack can be evaluated"><error message="${reason}" type="not-evaluated">${lines.map((line) => markup`${line}`)}</error></testcase>
</testsuite>`;
}
