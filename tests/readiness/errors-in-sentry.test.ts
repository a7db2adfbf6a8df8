/** A team whose errors go to Sentry. */
import { expect, it } from "vitest";
import { writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const inSentry = (services: object) => ({
  kind: "sentry",
  organization: "example",
  team: "web-platform",
  pagerDuty: { account: "139", services },
});

it("is GO in staging, and nothing that is declared fails in production", async () => {
  const cwd = temporary();
  for (const stack of ["prod", "staging"]) {
    const services = { [`portal-${stack}-sev2`]: "201", [`portal-${stack}-sev3`]: "202" };
    writeChanged(cwd, stack, () => ({ "readiness:errors": inSentry(services) }));
  }
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  expect(result.stderr).toBe("");
  for (const { stack, verdict, reasons, checklist, findings } of reportIn(result).stacks) {
    const open = findings.filter(({ kind, outcome }) => kind === "policy" && !/pass|not-app/.test(outcome));
    expect(open.map(({ by, message }) => `${by}: ${message}`)).toEqual([]);
    expect(verdict).toBe(stack === "staging" ? "GO" : "NO-GO");
    expect(reasons.join()).not.toContain("error tracking");
    for (const id of ["APP-16", "ALERT-22"]) {
      expect(checklist.find((item) => item.id === id)?.standing).toBe("proven");
    }
  }
});

it("is not ready before PagerDuty's services are known in Sentry", async () => {
  const cwd = temporary();
  writeChanged(cwd, "staging", () => ({ "readiness:errors": inSentry({}) }));
  const { status, stdout } = await run(["check", "--stack", "staging"], { cwd });
  expect(status).toBe(1);
  expect(stdout).toContain("no alert tells PagerDuty of an error that is new");
});

it("cannot name services of nobody, nor another project", async () => {
  const cwd = temporary();
  writeChanged(cwd, "staging", (config) => ({
    "readiness:errors": inSentry({ "portal-prod-sev2": "201" }),
    "readiness:services": (config["readiness:services"] as readonly object[]).map((service) => ({
      ...service,
      secrets: ["SENTRY_DSN"],
    })),
    "secrets:SENTRY_DSN": "https://0123abcd@o1.ingest.sentry.io/1",
  }));
  const { status, stderr } = await run(["check", "--stack", "staging"], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('found the key "portal-prod-sev2", must be one of portal-staging-sev2');
  expect(stderr).toContain('found "SENTRY_DSN", must be left out');
});
