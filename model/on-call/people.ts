/** Who holds which role. */
import type { Person } from "../config/stack-spec.ts";
import type { Role } from "./escalation.ts";

type Holder = Pick<Person, "roles">;

export function holds({ roles }: Holder, role: Role): boolean {
  return roles.includes(role);
}

export function holdersOf<P extends Holder>(role: Role, people: readonly P[]): readonly P[] {
  return people.filter((person) => holds(person, role));
}
