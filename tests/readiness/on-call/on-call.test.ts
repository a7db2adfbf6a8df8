import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { edit, makeProject, run } from "../project.ts";

const folder = mkdtempSync(join(tmpdir(), "oncall-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("oncall", () => {
  it("says who is on call at a moment, whom next, and draws the year", async () => {
    const svg = join(folder, "year.svg");
    const { status, stdout, stderr } = await run([
      "oncall",
      "--at",
      "2027-03-28T01:30",
      "--severity",
      "SEV2",
      "--svg",
      svg,
    ]);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("prod, SEV2, Sun 28 Mar 2027, 02:30 Europe/London (01:30 UTC)");
    expect(stdout).toContain("the clocks of Europe/London skip 01:30 on that day: 02:30 is meant");
    expect(stdout).toMatch(/primary +\S+ \S+, until Mon 29 Mar 2027, 09:00/);
    expect(stdout).toMatch(/\+2 min +02:32 \(01:32 UTC\) +level 2: backup: \S+ \S+, tech-lead: Priya Raman/);
    expect(stdout.match(/somebody at every moment/g)).toHaveLength(2);
    expect(stdout).toContain("a total outage of portal makes 1 call, for portal-uptime-homepage; 50 alerts");
    expect(stdout).not.toContain("\u001b");
    expect(readFileSync(svg, "utf8")).toContain("</svg>");
  });

  it("counts no call where nobody's phone rings", async () => {
    const { stdout } = await run(["oncall", "--stack", "staging"]);
    expect(stdout).toContain("a total outage of portal makes 0 calls; 50 alerts tell of it");
  });

  it("is no fault of the tool where the program declares nobody", async () => {
    const cwd = makeProject("");
    const { status, stderr } = await run(["oncall", "--stack", "prod"], { cwd });
    rmSync(cwd, { recursive: true });
    expect(stderr).toBe("error: the stack declares no primary schedule\n");
    expect(status).toBe(2);
  });

  it("says which announced work is over, and so do check and preview", async () => {
    const cwd = makeProject();
    const work =
      '{ from: "2026-01-10T01:00:00Z", to: "2026-01-10T05:00:00Z", services: [platform], reason: move }';
    edit(join(cwd, "Pulumi.prod.yaml"), /\n( +)turnDays:/, `\n$1maintenance: [${work}]\n$1turnDays:`);
    const [onCall, check] = await Promise.all([
      run(["oncall"], { cwd }),
      run(["check", "--stack", "prod", "--format", "json"], { cwd }),
    ]);
    rmSync(cwd, { recursive: true });
    const over = "onCall.maintenance[0] (move) is over since Sat 10 Jan 2026, 05:00 Europe/London";
    expect([onCall.status, onCall.stdout.replaceAll(/\s+/g, " ")]).toEqual([
      0,
      expect.stringContaining(`! ${over}`),
    ]);
    expect(JSON.parse(check.stdout).stacks[0].warnings).toEqual([expect.stringContaining(over)]);
  });

  it("says at a moment of announced work that nobody is paged, and why", async () => {
    const cwd = makeProject();
    const work =
      '{ from: "2027-03-06T01:00:00Z", to: "2027-03-06T05:00:00Z", services: [platform], reason: move }';
    edit(join(cwd, "Pulumi.prod.yaml"), /\n( +)turnDays:/, `\n$1maintenance: [${work}]\n$1turnDays:`);
    const at = (time: string) => run(["oncall", "--at", time, "--severity", "SEV2"], { cwd });
    const [inside, after, drill] = await Promise.all([
      at("2027-03-06T04:59"),
      at("2027-03-06T05:00"),
      run(["drill", "--alert", "cache-memory-high", "--at", "2027-03-06T02:00"], { cwd }),
    ]);
    rmSync(cwd, { recursive: true });
    const warning = "portal-platform-prod-sev2 until Sat 6 Mar 2027, 05:00: maintenance, move";
    expect([inside.status, inside.stderr]).toEqual([0, ""]);
    expect(inside.stdout).toContain(`  ! nobody is paged by ${warning}`);
    expect(inside.stdout).toContain("Sat 6 Mar 2027, 01:00 to Sat 6 Mar 2027, 05:00 Europe/London (4 h):");
    expect(inside.stdout).not.toContain("-sev1 until");
    expect(after.stdout).not.toContain("nobody is paged");
    expect(drill.stdout).toContain("  ! nobody is paged by portal-platform-prod-sev");
  });

  it.each([
    [["oncall", "--at", "soon"], "error: --at soon is no time, must be one such as"],
    [["oncall", "--stack", "porod"], 'there is no stack "porod"; did you mean "prod"?'],
    [["oncall", "--svg", "/nowhere/year.svg"], "--svg /nowhere/year.svg: there is no folder /nowhere"],
    [
      ["drill", "--alert", "uptime-hompage"],
      'no alert of prod is named "uptime-hompage"; did you mean "uptime-homepage"?',
    ],
    [
      ["drill", "--alert", "uptime-page"],
      'prod has 3 alerts "uptime-page": name one of portal-uptime-page-admin',
    ],
    [["drill", "--alert", "uptime-homepage", "--send"], "needs PAGERDUTY_ROUTING_KEY"],
    [["drill"], "required option '--alert <name>' not specified"],
  ])("%j is refused", async (args, message) => {
    const { status, stdout, stderr } = await run(args);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect([status, stdout]).toEqual([2, ""]);
  });
});

describe("drill", () => {
  it("walks an alert from its fault to people", async () => {
    const { status, stdout } = await run(["drill", "--alert", "uptime-homepage", "--at", "2027-03-28T12:00"]);
    expect(status).toBe(0);
    expect(stdout).toContain("pages portal-prod-sev1, which escalates by portal-prod-sev1");
    const text = stdout.replaceAll(/\s+/g, " ");
    expect(text).toContain(
      "hangs a phone rings at 12:01:42, after 102 s: 77 s at the latest (60 s interval + 17 s attempts) " +
        "and 25 s assumed (5 s result + 20 s delivery); 0.78 % of the month's error budget at 99.5 % is gone",
    );
    expect(text).toContain("fails at once a phone rings at 12:01:30, after 90 s");
    expect(text).toMatch(
      /is told where the service hangs .* \+2 min 12:03:42 \(11:03 UTC\) level 2: backup:/,
    );
    expect(text).toContain(
      "12:01:42 portal-prod-sev1, portal-prod-sev2, portal-prod-sev3 ring together for portal-uptime-homepage, " +
        "and no more for portal-uptime-health",
    );
    expect(text).toContain("50 alerts may tell of it, and 1 call is made");
  });

  it("says at night that a SEV3 waits for the morning, and an outage does not", async () => {
    const at = ["--at", "2027-03-28T03:00"];
    const [drill, onCall] = await Promise.all([
      run(["drill", "--alert", "error-rate", ...at]),
      run(["oncall", "--severity", "SEV3", ...at]),
    ]);
    const text = drill.stdout.replaceAll(/\s+/g, " ");
    const waits =
      "! its urgency is low until Sun 28 Mar 2027, 08:00: an e-mail, no call; what is open then rings";
    expect(text).toContain(waits);
    expect(text).toContain("fails at once an e-mail is sent at 03:05:10");
    expect(text).toContain("+0 min 08:00 (07:00 UTC) level 1: primary:");
    expect(text).toContain("portal-prod-sev1, portal-prod-sev2 ring together for portal-uptime-homepage");
    expect(text).toContain("e-mail portal-prod-sev3, 1 incident of portal-uptime-homepage");
    expect(onCall.stdout.replaceAll(/\s+/g, " ")).toContain(waits);
    expect(onCall.stdout).toContain("+0 min   08:00 (07:00 UTC)");
  });

  it("says of staging that nobody's phone rings", async () => {
    const { stdout } = await run(["drill", "--stack", "staging", "--alert", "uptime-homepage"]);
    expect(stdout).toContain("its urgency is low: an e-mail, no call, and nobody else is told");
    expect(stdout).not.toMatch(/a phone rings|Who is told/);
  });

  it("sends a marked event, says who was told, resolves it, and shows no secret", async () => {
    const actions: string[] = [];
    const server = createServer(async (request, response) => {
      const body = (await Array.fromAsync(request)).join("");
      const say = (status: number, answer: object) => response.writeHead(status).end(JSON.stringify(answer));
      if (request.url === "/v2/enqueue") {
        const event = JSON.parse(body);
        actions.push(event.event_action);
        say(202, { status: "success", dedup_key: event.dedup_key });
      } else if (request.url?.startsWith("/incidents?")) say(200, { incidents: [{ id: "PINC" }] });
      else {
        const told = {
          type: "notify_log_entry",
          created_at: new Date().toISOString(),
          user: { summary: "Somebody Else" },
        };
        say(200, { log_entries: [told] });
      }
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const env = {
      PAGERDUTY_ROUTING_KEY: "R-secret",
      PAGERDUTY_TOKEN: "T-secret",
      PAGERDUTY_EVENTS_URL: url,
      PAGERDUTY_API_URL: url,
    };
    const args = ["drill", "--alert", "uptime-homepage", "--send"];
    const unasked = await run(args, { env });
    expect([unasked.status, actions]).toEqual([2, []]);
    expect(unasked.stderr).toContain("without a terminal, add --yes");
    const { status, stdout, stderr } = await run([...args, "--yes"], { env });
    server.close();
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain('Sent "[DRILL] [portal prod] portal: the homepage does not answer"');
    expect(stdout).toMatch(/Somebody Else was told by notification after \d+ s/);
    expect(stdout).toMatch(
      /expected primary: .*: an override, or PAGERDUTY_ROUTING_KEY is not of portal-prod-sev1/,
    );
    expect(actions).toEqual(["trigger", "resolve"]);
    expect(stdout + stderr).not.toMatch(/[RT]-secret/);
  });
});
