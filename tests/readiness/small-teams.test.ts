/** Teams of three and four people in two time zones, each with several roles. */
import { expect, it } from "vitest";
import { type Config, writeChanged } from "./changed-stack.ts";
import { reportIn, temporary } from "./check/support.ts";
import { run } from "./project.ts";

const [europe, america] = ["Europe/London", "America/Los_Angeles"];

/** Everybody takes turns, and the roles that incidents go up to are theirs too. */
function person(id: string, i: number, timeZone: string, ...roles: readonly string[]) {
  return {
    id,
    name: `${id} Example`,
    phone: { countryCode: 44, number: `770090012${i}` },
    roles: ["on-call-engineer", ...roles],
    timeZone,
  };
}

const threePeople = [
  person("ana", 1, europe, "tech-lead"),
  person("bea", 2, europe, "devops-lead", "product-lead"),
  person("cai", 3, america, "cto"),
];
/** By day one, by night another, and the third as the backup of both: each of them in turn. */
const inThrees = {
  primary: ["ana", "bea", "cai"],
  backup: ["bea", "cai", "ana"],
  shifts: [{ from: "21:00", to: "09:00", primary: ["cai", "ana", "bea"] }],
};
const fourPeople = [
  ...threePeople.slice(0, 2),
  person("cai", 3, america, "cto"),
  person("dee", 4, america, "product-lead"),
];
/** Whoever is awake. */
const inCrews = {
  primary: ["ana", "bea"],
  backup: ["bea", "ana"],
  shifts: [{ from: "21:00", to: "09:00", primary: ["cai", "dee"], backup: ["dee", "cai"] }],
};
/** Whose app is all that wakes them. */
const withoutPhone = threePeople.map(({ phone, ...who }, i) =>
  i === 1 ? { ...who, device: "Pixel of Bea" } : { ...who, phone },
);

interface Team {
  readonly people: readonly object[];
  readonly turns: object;
  /** Rules that leave something open in production. */
  readonly open?: readonly string[];
}

async function checked({ people, turns }: Team) {
  const cwd = temporary();
  for (const stack of ["prod", "staging"]) {
    writeChanged(cwd, stack, (config: Config) => ({
      "readiness:people": people.map((who) => ({ ...who, email: `${Object(who).id}+${stack}@example.com` })),
      "readiness:onCall": { ...config["readiness:onCall"], ...turns },
    }));
  }
  const result = await run(["check", "--all", "--format", "json"], { cwd });
  expect(result.stderr).toBe("");
  return { cwd, stacks: reportIn(result).stacks };
}

it.each<[string, Team]>([
  ["three people, of whom each has every part in turn", { people: threePeople, turns: inThrees }],
  ["three people in one rotation", { people: threePeople, turns: { ...inThrees, shifts: [] } }],
  ["four people in two crews", { people: fourPeople, turns: inCrews }],
  [
    "a person without a phone",
    { people: withoutPhone, turns: inThrees, open: ["people-app-proven: unknown"] },
  ],
])("with %s staging is GO, and production holds", async (_, team) => {
  const { cwd, stacks } = await checked(team);
  for (const { stack, verdict, findings } of stacks) {
    const open = findings.filter(({ kind, outcome }) => kind === "policy" && !/pass|not-app/.test(outcome));
    const expected = stack === "prod" ? (team.open ?? []) : [];
    expect(open.map(({ by, outcome }) => `${by}: ${outcome}`)).toEqual(expected);
    expect(verdict).toBe(stack === "prod" ? "NO-GO" : "GO");
  }
  const onCall = await run(["oncall", "--stack", "prod", "--format", "json"], { cwd });
  expect(onCall.stderr).toBe("");
  expect(onCall.status).toBe(0);
});
