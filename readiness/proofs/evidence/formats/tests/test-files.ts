/** Files of tests in the JSON of jest and of vitest, which follows it. */
import type { Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly status: string }[];
}

/** That files failed though none of their tests did, as a broken import makes them. */
export function failedOutsideTests(files: readonly TestFile[]): Unreadable | null {
  const broken = files.filter(
    (file) => file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  const [first] = broken;
  if (!first) return null;
  const why = oneLine(first.message) || "no reason is given";
  return {
    problem: `${broken.length} of its ${files.length} files failed outside their tests, such as ${oneLine(first.name)}: ${why}`,
  };
}

/** When the last file ended; null where there is none. */
export function lastEnd(files: readonly { readonly endTime: string }[]): string | null {
  return (
    files
      .map(({ endTime }) => endTime)
      .sort()
      .at(-1) ?? null
  );
}
