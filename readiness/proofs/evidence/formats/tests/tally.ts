/** Tests by how they ended, as every format of tests counts them. */
import type { Shard, TestsMeasure, Unreadable } from "../../reading.ts";

export type Ending = "passed" | "failed" | "skipped";

/** Why a report with skipped tests may hide more than it shows: vitest and jest write the three alike. */
export const skippedSomehow = "`.skip`, `.only` or a name filter, which the report does not tell apart";

/** @param endings of each test once */
export function countedTests(
  endings: readonly Ending[],
  {
    flaky = 0,
    shard = null,
    narrowedBy = null,
  }: { readonly flaky?: number; readonly shard?: Shard | null; readonly narrowedBy?: string | null },
): TestsMeasure | Unreadable {
  const ended = (how: Ending) => endings.filter((ending) => ending === how).length;
  const total = endings.length;
  const skipped = ended("skipped");
  if (total === 0 && shard) {
    return { problem: `part ${shard.index} of ${shard.total} has no test: split the run into fewer parts` };
  }
  if (total === 0) return { problem: "it has no test: run the whole suite, at least one test has to run" };
  if (skipped === total) {
    return { problem: `all ${total} tests in it were skipped, at least one has to run` };
  }
  return {
    kind: "tests",
    total,
    passed: ended("passed"),
    failed: ended("failed"),
    skipped,
    flaky,
    shard,
    narrowedBy,
  };
}

/** The first total of a report that is not what its list of tests adds up to, as a problem. */
export function contradiction(
  totals: readonly (readonly [name: string, said: number, counted: number])[],
): Unreadable | null {
  const wrong = totals.find(([, said, counted]) => said !== counted);
  if (!wrong) return null;
  const [name, said, counted] = wrong;
  return { problem: `it contradicts itself: ${name} is ${said}, the tests that it lists make ${counted}` };
}
