/** JUnit XML of any tool. A tool's own format tells more: retries, filters, errors outside of tests. */
import type { Format } from "../../reading.ts";
import { readJunit } from "./junit-report.ts";

export const junit: Format = {
  name: "junit",
  kind: "tests",
  made: "vitest run --reporter=junit --outputFile=FILE",
  read({ bytes }) {
    const report = readJunit(bytes);
    if ("problem" in report) return report;
    const { tool, startedAt, measure } = report;
    return { tool, version: null, startedAt, finishedAt: null, commit: null, measure };
  },
};
