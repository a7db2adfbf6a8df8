/** What measures are held against, and how it is told that they fall short. */
import type { RecoveryLevel } from "../service-levels/recovery.ts";
import type { ServiceLevels } from "../service-levels/targets.ts";

/** What a service, or the platform, has to meet. */
export interface Scope {
  readonly levels: ServiceLevels;
  /** Paths of every page that must answer. */
  readonly pages: readonly string[];
  /** Host name that pages must be of; null where the environment has another one than the stack's. */
  readonly host: string | null;
  /** Names of the stack's that have to lead somewhere. */
  readonly hosts: readonly string[];
  /** Ids of the people in today's rotations. */
  readonly onCall: readonly string[];
  /** Names of the stack's backup vaults. */
  readonly vaults: readonly string[];
  readonly recovery: RecoveryLevel;
  /** E-mail addresses of who wrote what is released. */
  readonly authors: readonly string[];
}

/** Why a proof does not hold: what was found, and what it must be. */
export interface Fault {
  readonly observed: string;
  readonly wanted: string;
}

/** What is wrong with the runs of one kind in one proof; nothing where they hold. */
export type Judge<M> = (runs: readonly M[], scope: Scope) => Fault | undefined;

/** Five of them by name, and how many more there are. */
export function named(names: readonly string[]): string {
  const rest = names.length - 5;
  return names.slice(0, 5).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}

/** The first of several faults. */
export function firstOf(...checks: readonly (() => Fault | undefined)[]): Fault | undefined {
  for (const check of checks) {
    const fault = check();
    if (fault) return fault;
  }
  return undefined;
}

/** `1 test`, `2 tests`. */
export function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}
