/** `oncall --state`: anybody's rotations, whatever they are called. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { onCallOfState } from "../../../readiness/on-call/state.ts";
import schema from "../../../readiness/on-call/state-report.schema.json" with { type: "json" };
import { runCommand } from "../../../readiness/run-command.ts";
import { inProcess } from "../in-process.ts";
import { run } from "../project.ts";
import { emptyFolder, type Program, stateOf, textOf } from "../selection/foreign.ts";

const valid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

async function asked(state: string, options: object = {}) {
  const { status, stdout, stderr } = await inProcess(() =>
    runCommand(() =>
      onCallOfState(state, { stack: undefined, format: "json", at: "2026-12-01T03:00", ...options }),
    ),
  );
  const report = () => {
    const json = JSON.parse(stdout);
    valid(json);
    expect(valid.errors).toBeNull();
    return json;
  };
  return { status, stderr, stdout, report };
}

function changed(program: Program, from: string, to: string): string {
  const text = textOf(program);
  expect(text).toContain(from);
  const file = join(emptyFolder(), "state.json");
  writeFileSync(file, text.replaceAll(from, to));
  return file;
}

describe("who is told", () => {
  it("is known by ids: a service's policy, its schedules, their people by name", async () => {
    const { report, status } = await asked(stateOf("shop-typescript"));
    expect(report()).toMatchObject({
      stack: "production",
      timeZone: "Europe/Berlin",
      services: [{ service: "Shop", policy: "Storefront", rings: null, unanswered: [] }],
      schedules: [{ name: "Storefront on call", person: "Tom Okafor", uncovered: [] }],
    });
    expect(status).toBe(0);
  });

  it("passes over a level of nobody, and tells the next at once", async () => {
    const { report, status } = await asked(stateOf("ledger-python"));
    expect(report().services[0].levels).toMatchObject([
      { afterSeconds: 0, targets: [{ told: "ledger-primary: nobody", is: "nobody" }] },
      { afterSeconds: 0, targets: [{ is: "somebody" }] },
    ]);
    expect(status).toBe(0);
    const { report: byDay } = await asked(stateOf("ledger-python"), { at: "2026-12-01T12:00" });
    expect(byDay().services[0].levels).toMatchObject([
      { afterSeconds: 0, targets: [{ is: "somebody" }] },
      { afterSeconds: 600 },
    ]);
  });

  it("is nobody where every level has a gap at the same time", async () => {
    const restricted =
      '"restrictions":[{"type":"daily_restriction","startTimeOfDay":"08:00:00","durationSeconds":50400}]';
    const both = changed("ledger-python", `"users":["P`, `${restricted},"users":["P`);
    const { report, status } = await asked(both);
    expect(report().services[0].unanswered.length).toBeGreaterThan(300);
    expect(status).toBe(1);
  });

  it("is not known where the policy names what is not in the state", async () => {
    const { report, status } = await asked(
      changed("shop-typescript", '"id":"PSTORE1","type":"schedule', '"id":"PELSEWH","type":"schedule'),
    );
    expect(report().services[0]).toMatchObject({
      unanswered: null,
      levels: [{ targets: [{ told: "the schedule PELSEWH, which is not in the state", is: "not known" }] }],
    });
    expect(status).toBe(3);
  });

  it("takes the urgency that PagerDuty has filled in, and tells of weekends that nobody has", async () => {
    const { status, stdout } = await asked(stateOf("booking-python"), { format: "text" });
    expect(stdout).toMatch(/Booking, by Booking\n {2}\+0 min .* level 1: Booking: \w+/);
    expect(stdout).toMatch(/no level has anybody for 10\d days, first from Sat /);
    expect(status).toBe(1);
  });

  it("is told as text, with what does not ring", async () => {
    const { stdout } = await asked(stateOf("intranet-yaml"), { format: "text" });
    expect(stdout).toMatch(/Intranet, by IT\n {2}! its urgency is low: an e-mail, no call/);
  });
});

it.each([
  [{ service: "Shp" }, /no PagerDuty service "Shp"; did you mean "Shop"\?/],
  [{ severity: "SEV1" }, /--severity cannot be used with --state/],
  [{ svg: "x.svg" }, /--svg cannot be used with --state/],
  [{ at: "yesterday" }, /--at yesterday is no time/],
  [{ stack: "staging" }, /must be "staging"/],
])("%j is refused in a line", async (options, message) => {
  const { status, stderr, stdout } = await asked(stateOf("shop-typescript"), options);
  expect(stderr).toMatch(message);
  expect([status, stdout, stderr.trimEnd().split("\n").length]).toEqual([2, "", 1]);
});

it("is asked by the command line without any project, and without the stack that is taken otherwise", async () => {
  const args = ["oncall", "--state", stateOf("shop-typescript"), "--format", "json"];
  const { status, stdout, stderr } = await run(args, { cwd: emptyFolder() });
  expect([status, stderr, JSON.parse(stdout).stack]).toEqual([0, "", "production"]);
});

it("a schedule whose times nobody can read is said, and not taken for covered", async () => {
  const odd = changed(
    "shop-typescript",
    '"name":"Storefront on call","timeZone":"Europe/Berlin"',
    '"name":"Storefront on call","timeZone":"Mars/Base"',
  );
  const { status, stdout } = await asked(odd, { format: "text", at: undefined });
  expect(stdout).toContain("1 schedule says no times that can be read");
  expect(status).toBe(3);
});
