import { builtCli } from "../../tools/pulumi-cli/build.ts";

/** Builds the engine before any test asks for it. */
export function setup(): void {
  builtCli();
}
