import { describe, expect, it } from "vitest";
import type { OnCallArgs } from "../../../components/on-call.ts";
import { escalationLevels } from "../../../model/on-call/escalation.ts";
import { severities } from "../../../model/on-call/severities.ts";
import { among, args, declare, type Inputs, person } from "../support/declare-on-call.ts";

const declared = await declare();
const { one } = among(declared);

describe("Escalation", () => {
  it("rotates people in the order of the config", () => {
    expect(one("Schedule", "on-call-primary")).toMatchObject({
      name: "portal-prod-primary",
      timeZone: "Europe/Zagreb",
      layers: [
        {
          start: "2026-01-05T09:00:00Z",
          rotationVirtualStart: "2026-01-05T09:00:00Z",
          rotationTurnLengthSeconds: 604_800,
          users: ["User on-call-bruno", "User on-call-ana", "User on-call-cvita"],
        },
      ],
    });
    expect(one("Schedule", "on-call-backup")).toMatchObject({
      layers: [{ users: ["User on-call-cvita", "User on-call-dino"] }],
    });
  });

  it("lays a shift's crew over the rotation, which keeps all other hours", async () => {
    const shift = { from: "20:00", to: "06:30", primary: ["dino", "ema"], backup: ["ema", "dino"] };
    const followTheSun = await declare({ onCall: { ...args.onCall, shifts: [shift] } });
    const [base, over, ...more] = among(followTheSun).one("Schedule", "on-call-primary")[
      "layers"
    ] as Inputs[];
    expect(more).toEqual([]);
    expect(base).toMatchObject({ name: "primary, all other hours" });
    expect(base).not.toHaveProperty("restrictions");
    expect(over).toMatchObject({
      name: "primary, 20:00 to 06:30",
      start: "2026-01-05T09:00:00Z",
      rotationTurnLengthSeconds: 604_800,
      users: ["User on-call-dino", "User on-call-ema"],
      restrictions: [{ type: "daily_restriction", startTimeOfDay: "20:00:00", durationSeconds: 37_800 }],
    });
    expect(among(followTheSun).one("Schedule", "on-call-backup")["layers"]).toMatchObject([
      { users: ["User on-call-cvita", "User on-call-dino"] },
      { users: ["User on-call-ema", "User on-call-dino"] },
    ]);
  });

  it.each(severities)("escalates %s to the rotations and roles of its levels", (severity) => {
    const holders: Readonly<Record<string, string>> = {
      "tech-lead": "User on-call-cvita",
      "devops-lead": "User on-call-dino",
      cto: "User on-call-ema",
    };
    const levels = escalationLevels[severity].map(({ targets, waitMinutes }) => ({
      escalationDelayInMinutes: waitMinutes,
      targets: targets.map((target) =>
        "schedule" in target
          ? { type: "schedule_reference", id: `Schedule on-call-${target.schedule}` }
          : { type: "user_reference", id: holders[target.role] },
      ),
    }));
    const policy = one("EscalationPolicy", `on-call-${severity.toLowerCase()}`);
    expect(policy).toMatchObject({ name: `portal-prod-${severity.toLowerCase()}`, rules: levels });
  });

  it("tells everybody who holds a role, and leaves a level empty that nobody holds", async () => {
    const targets = async (people: OnCallArgs["people"]) =>
      JSON.stringify(among(await declare({ people })).one("EscalationPolicy", "on-call-sev2")["rules"]);
    const two = await targets([...args.people, person("fran", "devops-lead", "915550106")]);
    expect(two).toContain("User on-call-dino");
    expect(two).toContain("User on-call-fran");
    const leaderless = { ...args.onCall, backup: ["cvita", "ana"] };
    const people = args.people.filter(({ roles }) => !roles.includes("devops-lead"));
    const none = among(await declare({ people, onCall: leaderless })).one("EscalationPolicy", "on-call-sev2");
    expect(JSON.stringify(none["rules"])).toContain('"targets":[]');
  });

  it("tells somebody once who holds several roles, as who decides and may manage the team", async () => {
    const roles = ["on-call-engineer", "tech-lead", "devops-lead", "cto"] as const;
    const people = [...args.people.slice(0, 2), { ...person("cvita", "cto", "915550103"), roles }];
    const { one } = among(await declare({ people, onCall: { ...args.onCall, backup: ["cvita", "ana"] } }));
    const [, , leads] = one("EscalationPolicy", "on-call-sev1")["rules"] as { targets: unknown }[];
    expect(leads?.targets).toEqual([{ type: "user_reference", id: "User on-call-cvita" }]);
    expect(one("User", "on-call-cvita")).toMatchObject({
      role: "user",
      jobTitle: "On-call engineer, Tech lead, DevOps lead, CTO",
    });
    expect(one("TeamMembership", "on-call-cvita")).toMatchObject({ role: "manager" });
  });

  it("names somebody in a rotation who is not among the people", async () => {
    const onCall = { ...args.onCall, primary: ["ana", "zoran"] };
    await expect(declare({ onCall })).rejects.toThrow("onCall names zoran, who is not among people");
  });
});
