/** The junit reporter of node:test. Tests that `--test-only`, a name pattern or a shard left out are not in it. */
import type { Format } from "../../reading.ts";
import { junit } from "./junit.ts";

export const nodeTestJunit: Format = {
  name: "node-test-junit",
  kind: "tests",
  made: "node --test --test-reporter=junit --test-reporter-destination=FILE",
  read(file) {
    const reading = junit.read(file);
    if ("problem" in reading || reading.tool === "node:test") return reading;
    return {
      problem:
        "it lacks the totals that node:test writes at its end: give it as junit if another tool wrote it",
    };
  },
};
