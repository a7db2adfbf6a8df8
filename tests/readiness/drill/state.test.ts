/** `drill --state`: one alert's way from firing to a person, by what anybody has declared. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, it } from "vitest";
import { drillOfState } from "../../../readiness/drill/state.ts";
import schema from "../../../readiness/drill/state-report.schema.json" with { type: "json" };
import { runCommand } from "../../../readiness/run-command.ts";
import { inProcess } from "../in-process.ts";
import { run } from "../project.ts";
import { emptyFolder, stateOf, textOf } from "../selection/foreign.ts";

const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
const base = { stack: undefined, send: false, yes: false, format: "json", at: "2026-12-01T12:00" } as const;

async function drilled(state: string, alert: string, options: object = {}) {
  const { status, stdout, stderr } = await inProcess(() =>
    runCommand(() => drillOfState(state, { ...base, alert, ...options })),
  );
  const report = () => {
    const json = JSON.parse(stdout);
    valid(json);
    expect(valid.errors).toBeNull();
    return json;
  };
  return { status, stdout, stderr, report };
}

it.each(["dlq-depth", "[ledger] dead postings"])("%s reaches whoever has the shift", async (alert) => {
  const { report, status } = await drilled(stateOf("ledger-python"), alert);
  expect(report()).toMatchObject({
    alert: "[ledger] dead postings",
    services: [{ service: "ledger-core", policy: "ledger", silent: false, repeats: 2 }],
    notInState: [],
    quiet: "unknown",
  });
  expect(report().services[0].levels[0].targets[0].is).toBe("somebody");
  expect(status).toBe(0);
});

it("an alert that pages a service which is not there is not known to reach anybody", async () => {
  const { report, status } = await drilled(stateOf("shop-typescript"), "checkout-latency");
  expect([report().notInState, status]).toEqual([["Shopp"], 3]);
});

it("an alert that pages nobody, or rings nobody, tells nobody", async () => {
  expect((await drilled(stateOf("shop-typescript"), "db-storage")).status).toBe(1);
  const low = await drilled(stateOf("shop-typescript"), "alb-5xx", { format: "text" });
  expect([low.status, low.stdout]).toEqual([1, expect.stringContaining("its urgency is low")]);
});

it("an alarm of CloudWatch's is followed to whoever its topic tells", async () => {
  const mailed = await drilled(stateOf("intranet-yaml"), "db-storage", { format: "text" });
  expect([mailed.status, mailed.stdout]).toEqual([0, expect.stringContaining("it tells alarms (email)")]);
  const state = JSON.parse(textOf("intranet-yaml"));
  const named = (type: string) => state.deployment.resources.find((r: { type: string }) => r.type === type);
  const reader = named("aws:sns/topicSubscription:TopicSubscription");
  const { urn } = named("pagerduty:index/serviceIntegration:ServiceIntegration");
  reader.propertyDependencies = { ...reader.propertyDependencies, endpoint: [urn] };
  reader.dependencies = [...reader.dependencies, urn];
  const secret = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    ciphertext: "v1:x",
  };
  reader.inputs.endpoint = secret;
  const file = join(emptyFolder(), "state.json");
  writeFileSync(file, JSON.stringify(state));
  const { report, status } = await drilled(file, "db-storage");
  expect([report().services.map((s: { service: string }) => s.service), status]).toEqual([["Intranet"], 0]);
});

it("an alert that a channel alone hears pages nobody, and is told", async () => {
  const { status, stdout } = await drilled(stateOf("orders-typescript"), "throttles", { format: "text" });
  expect(stdout).toMatch(/it tells slack-orders\n.*it pages nobody/);
  expect(status).toBe(0);
});

it("maintenance silences it", async () => {
  const text = textOf("ledger-python");
  const state = JSON.parse(text);
  const { urn, provider } = state.deployment.resources.find((r: { id: string }) => r.id === "PLEDSVC");
  state.deployment.resources.push({
    urn: urn.replace("service:Service::ledger", "maintenanceWindow:MaintenanceWindow::work"),
    custom: true,
    id: "PWORK01",
    type: "pagerduty:index/maintenanceWindow:MaintenanceWindow",
    provider,
    inputs: { startTime: "2026-12-01T00:00:00Z", endTime: "2026-12-02T00:00:00Z", services: ["PLEDSVC"] },
  });
  const file = join(emptyFolder(), "state.json");
  writeFileSync(file, JSON.stringify(state));
  const { report, status } = await drilled(file, "dlq-depth");
  expect([report().services[0].silent, status]).toEqual([true, 1]);
});

it.each([
  ["db-cpuu", {}, /no alert of production is named "db-cpuu"; did you mean "db-cpu"\?/],
  ["nothing-like-it", {}, /alerts are alb-5xx, checkout-latency, /],
  ["db-cpu", { send: true }, /--send cannot be used with --state/],
])("%s %j is refused in a line", async (alert, options, message) => {
  const { status, stderr, stdout } = await drilled(stateOf("shop-typescript"), alert, options);
  expect(stderr).toMatch(message);
  expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
});

it("is asked by the command line without any project", async () => {
  const args = ["drill", "--state", stateOf("ledger-python"), "--alert", "health", "--format", "json"];
  const { status, stdout } = await run(args, { cwd: emptyFolder() });
  expect([status, JSON.parse(stdout).quiet]).toEqual([0, "chance"]);
});
