/** Who holds which role. */
import type { Role } from "./escalation.ts";

interface Holder {
  readonly roles: readonly Role[];
}

export function holds({ roles }: Holder, role: Role): boolean {
  return roles.includes(role);
}

export function holdersOf<P extends Holder>(role: Role, people: readonly P[]): readonly P[] {
  return people.filter((person) => holds(person, role));
}
