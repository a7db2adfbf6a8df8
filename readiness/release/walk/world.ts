/** The world around a release. */
import type { assess } from "../../assess.ts";
import type { Execute } from "./execute.ts";

/** What tests put in the place of processes, reports and the clock. */
export interface World {
  readonly assess: typeof assess;
  readonly execute: Execute;
  readonly clock: () => Date;
  readonly env: NodeJS.ProcessEnv;
}
