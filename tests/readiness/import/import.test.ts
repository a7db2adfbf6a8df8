/** `import`: accounts of PagerDuty and Datadog as a state, read only, against what answers like them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importAccounts } from "../../../readiness/import/import.ts";
import { onCallOfState } from "../../../readiness/on-call/state.ts";
import { runCommand } from "../../../readiness/run-command.ts";
import { inProcess } from "../in-process.ts";
import { run } from "../project.ts";
import { checkState, emptyFolder } from "../selection/foreign.ts";
import { secrets } from "./accounts.ts";
import { type Fake, type FakeOptions, fakeVendors } from "./fake.ts";

const now = new Date("2026-11-26T08:00:00Z");
let fake: Fake;
const restart = async (options?: FakeOptions) => {
  fake?.close();
  fake = await fakeVendors(options);
};
beforeEach(() => restart());
afterEach(() => fake.close());

async function imported(options: object = {}, env: object = {}) {
  const out = join(emptyFolder(), "state.json");
  const pauses: number[] = [];
  const result = await inProcess(() =>
    runCommand(() =>
      importAccounts(
        { pagerduty: true, datadog: true, stack: "live", out, ...options },
        { ...fake.env, ...env },
        now,
        async (seconds) => pauses.push(seconds),
      ),
    ),
  );
  const state = () => JSON.parse(readFileSync(out, "utf8"));
  const inputs = (id: string) =>
    state().deployment.resources.find((r: { id: string }) => r.id === id)?.inputs;
  return { ...result, out, pauses, state, inputs };
}

describe("an import", () => {
  it("reads every page of each list, and asks for nothing but reads", async () => {
    const { status, stdout, state } = await imported();
    expect([status, stdout]).toEqual([0, expect.stringContaining("120 User, 240 UserContactMethod")]);
    const byType = Map.groupBy(state().deployment.resources, (r: { type: string }) => r.type);
    expect(byType.get("datadog:index/monitor:Monitor")).toHaveLength(100);
    expect(fake.asked.every((one) => one.startsWith("GET "))).toBe(true);
    expect(fake.asked.filter((one) => one.startsWith("GET /users?"))).toHaveLength(2);
  });

  it("takes the shapes of the providers", async () => {
    const { inputs } = await imported();
    expect(inputs("PSCHED1")).toMatchObject({
      name: "Payments, weekly",
      timeZone: "Europe/Berlin",
      // The provider's last layer goes before the others, the interface's first; what has ended is none.
      layers: [
        { name: "base", users: ["PU0000", "PU0001", "PU0002"] },
        { name: "days", restrictions: [{ startTimeOfDay: "09:00:00", durationSeconds: 28800 }] },
      ],
    });
    expect(inputs("PSERVICE")).toMatchObject({
      acknowledgementTimeout: "1800",
      autoResolveTimeout: "null",
      escalationPolicy: "PPOLICY1",
      incidentUrgencyRule: { type: "use_support_hours", outsideSupportHours: { urgency: "low" } },
      supportHours: { daysOfWeeks: [1, 2, 3, 4, 5], startTime: "09:00:00" },
      scheduledActions: [{ toUrgency: "high", ats: [{ name: "support_hours_start" }] }],
    });
    expect(inputs("PU0000NR")).toEqual({
      userId: "PU0000",
      startDelayInMinutes: 0,
      urgency: "high",
      contactMethod: { id: "PU0000PH", type: "phone_contact_method" },
    });
    expect(inputs("1001")).toMatchObject({
      priority: "2",
      monitorThresholds: { critical: "5", warning: "3" },
      renotifyInterval: 20,
      onMissingData: "default",
    });
    expect(inputs("1001").monitorThresholds).not.toHaveProperty("criticalRecovery");
    expect(inputs("abc-def-ghi")).toMatchObject({
      requestDefinition: { method: "GET", url: "https://example.com/health" },
      assertions: [{ type: "statusCode", target: "200" }],
      optionsList: { tickEvery: 60, minLocationFailed: 1 },
    });
    expect(inputs("d1")).toMatchObject({ recurringSchedule: { recurrences: [{ duration: "9h" }] } });
    expect(inputs("slo1")).toMatchObject({ targetThreshold: 99.9, query: { numerator: expect.any(String) } });
    expect([inputs("d2"), inputs("1002")]).toEqual([undefined, undefined]);
  });

  it("holds no key, no integration's, no login of a check, no token of a device", async () => {
    const { out, stdout, stderr } = await imported();
    const all = readFileSync(out, "utf8") + stdout + stderr;
    for (const secret of [...Object.values(secrets), "device-canary"]) expect(all).not.toContain(secret);
  });

  it("is a state that check and oncall take as any other", async () => {
    const { out } = await imported();
    const { report } = await checkState(out, { judge: "existing" });
    const open = report().findings.filter(({ severity }) => severity === "error");
    expect(new Set(open.map(({ by }) => by))).toEqual(
      new Set([
        "alerts-say-when-over",
        "objectives-alerted",
        "checks-from-several-regions",
        "downtimes-short",
      ]),
    );
    const onCall = await inProcess(() =>
      runCommand(() => onCallOfState(out, { stack: undefined, format: "json", at: "2026-12-02T12:00" })),
    );
    const { services, schedules } = JSON.parse(onCall.stdout);
    expect(services).toMatchObject([{ service: "Payments API", policy: "Payments", unanswered: [] }]);
    // By day the layer that goes before the others.
    expect(schedules).toMatchObject([{ person: "Person 1", uncovered: [] }]);
  });
});

describe("limits", () => {
  it("are waited for as long as the vendor says, and a minute and a half at most", async () => {
    await restart({
      first: {
        "/users": [{ status: 429, headers: { "ratelimit-reset": "7" } }],
        "/api/v1/monitor": [{ status: 429, headers: { "x-ratelimit-reset": "3600" } }, { status: 503 }],
      },
    });
    const { status, pauses } = await imported();
    expect([status, pauses]).toEqual([0, [7, 90, 2]]);
  });

  it("that are never lifted end it, and nothing is written", async () => {
    await restart({ first: { "/services": Array.from({ length: 9 }, () => ({ status: 429 })) } });
    const { status, stderr, out } = await imported();
    expect([status, stderr]).toEqual([2, expect.stringMatching(/\/services answered 429, 5 times\n$/)]);
    expect(() => readFileSync(out)).toThrow();
  });
});

describe("what cannot be read is told in a line:", () => {
  it.each<[string, object, object, RegExp]>([
    [
      "nothing named",
      { pagerduty: false, datadog: false },
      {},
      /name what to read: --pagerduty, --datadog or both/,
    ],
    ["no token", {}, { PAGERDUTY_TOKEN: "" }, /PAGERDUTY_TOKEN is not in the environment/],
    [
      "no keys",
      { pagerduty: false },
      { DD_API_KEY: "", DD_APP_KEY: "" },
      /DD_API_KEY and DD_APP_KEY are not/,
    ],
    [
      "another's key",
      {},
      { PAGERDUTY_TOKEN: "another" },
      /answered 401: the key is not accepted, or may not read this/,
    ],
    [
      "an address in the open",
      {},
      { PAGERDUTY_API_URL: "http://example.com" },
      /PAGERDUTY_API_URL must be an address/,
    ],
    ["a site that is none", {}, { DD_SITE: "x/../y" }, /DD_SITE is no site/],
    ["nobody there", {}, { PAGERDUTY_API_URL: "http://127.0.0.1:9" }, /cannot be reached/],
    ["no name", { stack: "a b" }, {}, /is no name of a stack/],
  ])("%s", async (_, options, env, message) => {
    const { status, stdout, stderr } = await imported(options, env);
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
    expect(stderr).not.toMatch(/canary|another/);
  });

  it.each([
    ["no JSON", "<html>", /answered something else than JSON/],
    ["no list", "{}", /answered something else than its vendor documents/],
    ["too much", `{"users": "${"x".repeat(9_000_000)}"}`, /more than \d+ bytes/],
  ])("%s", async (_, body, message) => {
    await restart({ first: { "/users": [{ status: 200, body }] } });
    const { status, stderr } = await imported();
    expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

it("is a command, whose keys come from the environment alone", async () => {
  const { status, stderr } = await run(["import", "--pagerduty"], { cwd: emptyFolder() });
  expect([status, stderr]).toEqual([2, "error: PAGERDUTY_TOKEN is not in the environment\n"]);
});
