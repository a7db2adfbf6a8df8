/** The stack of a state, whoever's it is, for the commands that ask who is told. */
import type { Stack } from "../../policies/resource.ts";
import { UsageError } from "../errors.ts";
import { deployed } from "../inputs/deployed-stack.ts";
import { readState } from "../inputs/state-file.ts";

/**
 * @param stack the name that it has to be of; whichever where absent
 * @throws UsageError where the state cannot be used
 */
export async function stackOfState(file: string, stack: string | undefined): Promise<Stack> {
  return deployed(await readState(file), file, { project: undefined, stack, filledIn: true });
}

/** @throws UsageError for options that a state makes no use of: what is passed over in silence misleads */
export function refuseWithState(options: Readonly<Record<string, boolean>>): void {
  const [option] = Object.entries(options).find(([, given]) => given) ?? [];
  if (option !== undefined) throw new UsageError(`${option} cannot be used with --state`);
}
