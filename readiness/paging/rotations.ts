/** Who is on call in a stack: the declared schedules, with the people whom the config gives their turns. */
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { onCallAt, type Schedule, type Shift, shifts } from "../../model/on-call/calendar/schedule.ts";
import { yearFrom } from "../../model/on-call/calendar/zone.ts";
import { crewsOf } from "../../model/on-call/shifts.ts";
import { scheduleOf } from "../../policies/declared/coverage.ts";
import { schedule, user } from "../../policies/declared/on-call.ts";
import { linked, type Resource, type Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";

export const rotations = ["primary", "backup"] as const;
export type Rotation = (typeof rotations)[number];

/** A rotation with names in it. */
export interface Rota {
  readonly rotation: Rotation;
  /** Its name in PagerDuty. */
  readonly name: string;
  readonly schedule: Schedule;
}

/**
 * The rotations of a stack. Layers, times and restrictions are the declared ones; ids of users are not known
 * before the deployment, so the order of names is the config's, and must agree with what is declared.
 * @throws UsageError where it does not
 */
export function rotasOf(
  stack: Stack,
  { people, onCall }: Pick<StackSpec, "people" | "onCall">,
): readonly Rota[] {
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return rotations.map((rotation) => {
    const declared = stack.ofType(schedule).find(({ props }) => props.name?.endsWith(`-${rotation}`));
    if (!declared) throw new UsageError(`the stack declares no ${rotation} schedule`);
    const name = declared.props.name ?? declared.name;
    const crews = [onCall[rotation], ...crewsOf(rotation, onCall.shifts).map((c) => c.members)].map((ids) =>
      ids.map((id) => nameOf.get(id) ?? id),
    );
    const counts = declared.props.layers.map(({ users }) => users.length);
    const users = linked(declared as Resource, "layers", user).map(({ props }) => props.name ?? "");
    const same =
      counts.join() === crews.map((crew) => crew.length).join() &&
      new Set(users).symmetricDifference(new Set(crews.flat())).size === 0;
    if (!same) throw new UsageError(`${name} is declared with other people than onCall.${rotation} names`);
    return { rotation, name, schedule: scheduleOf(declared, crews) };
  });
}

/** Who has the shift, and until when. */
export interface Duty {
  readonly person: string | undefined;
  /** Nothing where it does not end within a year. */
  readonly until: number | undefined;
}

export function dutyAt({ schedule: of }: Rota, instant: number): Duty {
  const [current, next] = shifts(of, yearFrom(new Date(instant)));
  return { person: current?.person, until: next?.from };
}

export function personAt({ schedule: of }: Rota, instant: number): string | undefined {
  return onCallAt(of, instant);
}

/** The shifts of the twelve months from an instant on. */
export function yearOf({ schedule: of }: Rota, instant: number): readonly Shift[] {
  return shifts(of, yearFrom(new Date(instant)));
}
