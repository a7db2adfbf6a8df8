/** What people, rotations and announced work can be wrong about together. */
import { type Clash, escalationLevels, firstClash, type Role } from "../on-call/escalation.ts";
import { platform } from "../on-call/routing.ts";
import { fillTheDay, minutesOf, overlap } from "../on-call/shifts.ts";
import { didYouMean } from "../suggest.ts";
import type { Keys } from "./error.ts";
import { wantedOfNumber } from "./phone.ts";
import { type CrossCheck, repeated, type WrittenConfig } from "./written-config.ts";

const dayMinutes = 24 * 60;
/** Who answers for more of a day sleeps on call. */
const longestDayMinutes = 16 * 60;

/** A night: who plans for longer wants the alerts back in between. */
const maintenanceHours = 8;

export const onCallChecks: readonly CrossCheck[] = [
  function* peopleAreDistinct({ people }) {
    yield* repeated(
      people.map((p) => p.id),
      (i) => ["people", i, "id"],
      "id",
    );
  },

  function* addressesAreDistinct({ people }) {
    // PagerDuty knows a person by the address, in any case.
    yield* repeated(
      people.map((p) => p.email.toLowerCase()),
      (i) => ["people", i, "email"],
      "address",
    );
  },

  function* numbersAreOfTheirCountry({ people }) {
    for (const [i, { phone }] of people.entries()) {
      const wanted = phone && wantedOfNumber(phone);
      if (wanted) yield [["people", i, "phone", "number"], `found "${phone?.number}", must be ${wanted}`];
    }
  },

  function* rolesAreDistinct({ people }) {
    for (const [i, { roles }] of people.entries()) {
      yield* repeated(roles, (j) => ["people", i, "roles", j], "role of this person");
    }
  },

  function* rolesAreHeld({ people }) {
    const held = new Set<Role>(people.flatMap((p) => p.roles));
    const targets = Object.values(escalationLevels).flatMap((levels) => levels.flatMap((l) => l.targets));
    const needed = new Set(targets.flatMap((target) => ("role" in target ? [target.role] : [])));
    for (const role of needed.difference(held)) {
      yield [["people"], `found nobody with role "${role}", must be one or more: incidents escalate to it`];
    }
  },

  function* rotationsNamePeople({ people, onCall }) {
    const ids = [...new Set(people.map((p) => p.id))];
    for (const [at, members] of rotations(onCall)) {
      for (const [i, id] of members.entries()) {
        if (ids.includes(id)) continue;
        const question = didYouMean(id, ids);
        yield [[...at, i], `found "${id}", must be an id of people: ${ids.join(", ")}${question}`];
      }
    }
  },

  function* rotationsAreDistinct({ onCall }) {
    for (const [at, members] of rotations(onCall)) {
      yield* repeated(members, (i) => [...at, i], "person in this rotation");
    }
  },

  function* backupIsSomebodyElse({ onCall }) {
    for (const [at, { primary, backup = onCall.backup }] of crews(onCall)) {
      const clash = firstClash(primary, backup);
      if (!clash) continue;
      yield [
        [...at, "backup"],
        `found "${clash.person}" on call in both rotations in turn ${clash.turn + 1}, must be two people; ` +
          "give both rotations the same length and shift one against the other",
      ];
    }
  },

  function* crewsRest({ onCall }) {
    const { shifts = [] } = onCall;
    const rest = dayMinutes - shifts.reduce((sum, hours) => sum + minutesOf(hours), 0);
    const all = [{ ...onCall, minutes: rest }, ...shifts.map((s) => ({ ...s, minutes: minutesOf(s) }))];
    for (const [i, shift] of shifts.entries()) {
      const clash = all
        .slice(0, i + 1)
        .filter(({ minutes }) => minutes + minutesOf(shift) > longestDayMinutes)
        .flatMap((other) => bothIn(shift, other))[0];
      if (!clash) continue;
      yield [
        ["onCall", "shifts", i],
        `found "${clash.person}" on call in two crews in turn ${clash.turn + 1}, must be in one: ` +
          "nobody can answer day and night",
      ];
    }
  },

  function* shiftsHaveHours({ onCall: { shifts = [] } }) {
    for (const [i, hours] of shifts.entries()) {
      if (minutesOf(hours) > 0) continue;
      yield [
        ["onCall", "shifts", i, "to"],
        `found "${hours.to}", must be another time than from; hours of no shift are onCall.primary's`,
      ];
    }
  },

  function* shiftsDoNotOverlap({ onCall: { shifts = [], timeZone } }) {
    for (const [i, later] of shifts.entries()) {
      const earlier = shifts.slice(0, i).find((shift) => overlap(shift, later));
      if (!earlier) continue;
      const taken = `${earlier.from} to ${earlier.to} ${timeZone}`;
      yield [
        ["onCall", "shifts", i],
        `found ${later.from} to ${later.to}, must be other hours than the shift from ${taken}`,
      ];
    }
  },

  function* shiftsLeaveHours({ onCall: { shifts = [] } }) {
    if (!fillTheDay(shifts)) return;
    yield [
      ["onCall", "shifts"],
      "found every hour of the day, must be fewer: onCall.primary and onCall.backup would never be on call; " +
        "give them the hours of one shift and leave that shift out",
    ];
  },

  function* supportHoursEnd({ onCall: { supportHours } }) {
    if (!supportHours || supportHours.from < supportHours.to) return;
    yield [
      ["onCall", "supportHours", "to"],
      `found "${supportHours.to}", must be later than from, on the same day`,
    ];
  },

  function* maintenanceEnds({ onCall: { maintenance = [] } }) {
    for (const [i, { from, to }] of maintenance.entries()) {
      const hours = (Date.parse(to) - Date.parse(from)) / 3_600_000;
      if (hours > 0 && hours <= maintenanceHours) continue;
      yield [
        ["onCall", "maintenance", i, "to"],
        `found "${to}", must be later than from (${from}), by at most ${maintenanceHours} hours`,
      ];
    }
  },

  function* maintenanceIsDistinct({ onCall: { maintenance = [] } }) {
    yield* repeated(
      maintenance.map(({ from }) => from),
      (i) => ["onCall", "maintenance", i, "from"],
      "time; work at the same time is one entry",
    );
  },

  function* maintenanceNamesServices({ onCall: { maintenance = [] }, services }) {
    const names = [...services.map(({ name }) => name), platform];
    for (const [i, work] of maintenance.entries()) {
      for (const [j, name] of work.services.entries()) {
        if (names.includes(name)) continue;
        const question = didYouMean(name, names);
        yield [
          ["onCall", "maintenance", i, "services", j],
          `found "${name}", must be a service: ${names.join(", ")}${question}`,
        ];
      }
    }
  },
];

type OnCall = WrittenConfig["onCall"];
interface Crew {
  readonly primary: readonly string[];
  /** Of a shift, nobody where the backup of all hours goes on. */
  readonly backup?: readonly string[] | undefined;
}

/** The first turns in which somebody is in both crews, as primary or backup. */
function bothIn(one: Crew, other: Crew): readonly Clash[] {
  return [one.primary, one.backup ?? []].flatMap((mine) =>
    [other.primary, other.backup ?? []].flatMap((theirs) => firstClash(mine, theirs) ?? []),
  );
}

/** Who is on call at most hours, and who has each shift, with where it stands. */
function crews(onCall: OnCall): readonly (readonly [at: Keys, crew: Crew])[] {
  const shifts = (onCall.shifts ?? []).map((crew, i) => [["onCall", "shifts", i], crew] as const);
  return [[["onCall"], onCall], ...shifts];
}

/** Every list of people who take turns. */
function* rotations(onCall: OnCall): Iterable<readonly [at: Keys, members: readonly string[]]> {
  for (const [at, crew] of crews(onCall)) {
    yield [[...at, "primary"], crew.primary];
    if (crew.backup) yield [[...at, "backup"], crew.backup];
  }
}
