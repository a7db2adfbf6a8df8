import { buildEngine } from "../../engine/build.ts";

/** Builds the engine before any test asks for it. */
export function setup(): void {
  buildEngine();
}
