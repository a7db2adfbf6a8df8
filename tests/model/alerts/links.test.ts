import { expect, it } from "vitest";
import { dashboardUrl, runbookUrl } from "../../../model/alerts/links.ts";

it("links to the alert's section of a runbook", () => {
  expect(runbookUrl({ repository: "example/portal" }, "database", "database-cpu-high")).toBe(
    "https://github.com/example/portal/blob/main/runbooks/database.md#database-cpu-high",
  );
});

it.each([
  ["datadoghq.com", "app.datadoghq.com"],
  ["datadoghq.eu", "app.datadoghq.eu"],
  ["us5.datadoghq.com", "us5.datadoghq.com"],
  ["ap1.datadoghq.com", "ap1.datadoghq.com"],
] as const)("finds dashboards of the site %s", (site, host) => {
  expect(dashboardUrl({ product: "portal", stack: "prod", monitoring: { site } }, "Operations")).toBe(
    `https://${host}/dashboard/lists?q=portal%20prod%3A%20Operations`,
  );
});
