/**
 * Measures which properties rules read, over stacks in which every rule holds: `npm run closed-world` writes the tables
 * that rules consult, `-- --print` prints them.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { leavesOf } from "../../policies/closed-world/paths.ts";
import { evaluate } from "../../policies/evaluate.ts";
import type { Stack } from "../../policies/resource.ts";
import { rules } from "../../policies/rules.ts";
import { Reads, RecordedStack } from "./record.ts";
import { variantStack, variants } from "./stacks.ts";

const folder = join(import.meta.dirname, "../../policies/closed-world");

/** By type, the paths in one text. */
type Table = Readonly<Record<string, string>>;

interface Measured {
  readonly read: Table;
  /** Where all that stands there are other resources' outputs. */
  readonly references: Table;
}

async function measure(now: Date): Promise<Measured> {
  const reads = new Reads();
  const known = new Map<string, Set<string>>();
  const unknown = new Map<string, Set<string>>();
  for (const variant of variants) {
    const stack = await variantStack(variant, now);
    readAll(stack, reads, now);
    for (const { type, props } of stack.resources) {
      for (const { path, value } of leavesOf(props)) {
        const seen = value === undefined ? unknown : known;
        seen.set(type, (seen.get(type) ?? new Set()).add(path));
      }
    }
  }
  const references = [...unknown].map(
    ([type, paths]) => [type, paths.difference(known.get(type) ?? new Set())] as const,
  );
  return { read: table(reads.byType), references: table(references.filter(([, paths]) => paths.size > 0)) };
}

function readAll(stack: Stack, reads: Reads, now: Date): void {
  const recorded = new RecordedStack(stack, reads);
  for (const rule of rules) {
    reads.turn += 1;
    evaluate([rule], recorded, now);
  }
}

function table(paths: Iterable<readonly [string, ReadonlySet<string>]>): Table {
  const rows = [...paths].map(([type, of]) => [type, [...of].toSorted().join(" ")] as const);
  return Object.fromEntries(rows.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const measured = await measure(new Date());
if (process.argv.includes("--print")) {
  process.stdout.write(JSON.stringify(measured));
} else {
  for (const [name, rows] of Object.entries(measured)) {
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify(rows, null, 2)}\n`);
  }
}
