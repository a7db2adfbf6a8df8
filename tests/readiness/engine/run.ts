/** Runs the fixture programs beside it. */
import { join } from "node:path";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { type ProgramOptions, type ProgramRun, runProgram } from "../../../readiness/engine/run-program.ts";

/** How Pulumi's protocol writes a value that is not known before the deployment. */
export const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function run(program: string, options: Partial<ProgramOptions> = {}): Promise<ProgramRun> {
  return runProgram({
    projectDir: join(import.meta.dirname, "programs", program),
    stack: "dev",
    config: {},
    secretKeys: [],
    ...options,
  });
}

/** The one registration of a name. */
export function named({ registrations }: ProgramRun, name: string): Registration {
  const [registration, ...more] = registrations.filter((r) => r.name === name);
  if (!registration || more.length > 0) throw new Error(`${more.length} more than one ${name}`);
  return registration;
}
