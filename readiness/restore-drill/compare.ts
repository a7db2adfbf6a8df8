/** What differs between an original and what was restored of it, each by name. */
import { digest, type Facts, type Part } from "./facts.ts";

/** One thing that was looked up; as the record of a restore test has it. */
export interface Check {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

const one: Readonly<Record<Part, string>> = {
  rows: "rows of",
  data: "data of",
  columns: "column",
  sequences: "sequence",
  constraints: "constraint",
  indexes: "index",
  definitions: "",
  grants: "owner and grants of",
  extensions: "extension",
  roles: "role",
};
/** Told one by one where they agree too: they are what a person asks about. */
const told: ReadonlySet<Part> = new Set(["rows", "data", "sequences"]);
const shown = (value: string | undefined) => (value === undefined ? "missing" : value || "nothing special");

/**
 * Every check, those that hold among them: of parts with many small pieces these are told together.
 * @param fromWal it was brought forward by its WAL
 */
export function compare(expected: Facts, found: Facts, fromWal = false): readonly Check[] {
  const checks = (Object.keys(one) as Part[]).flatMap((part) => compared(part, expected[part], found[part]));
  return fromWal ? checks.map(ahead) : checks;
}

/** The WAL has a sequence's values in advance, 32 at a time: after a crash some are skipped (SEQ_LOG_VALS). */
function ahead(check: Check): Check {
  const numbers = [check.expected, check.found].map((value) => /^(-?\d+)(?: by (-?\d+))?$/.exec(value));
  const [expected, found] = numbers;
  if (!check.what.startsWith(`${one.sequences} `) || !expected || !found || expected[2] !== found[2])
    return check;
  const steps = (BigInt(found[1] ?? 0) - BigInt(expected[1] ?? 0)) / BigInt(expected[2] ?? 1);
  const said = `${check.expected}, or 32 steps ahead at most`;
  return steps >= 0n && steps <= 32n ? { ...check, expected: said, found: said } : check;
}

function compared(
  part: Part,
  expected: Record<string, string>,
  found: Record<string, string>,
): readonly Check[] {
  const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])].sort();
  const checks = names.map((name) => ({
    what: `${one[part]} ${name}`.trim(),
    expected: shown(expected[name]),
    found: shown(found[name]),
  }));
  const differing = checks.filter(differs);
  if (told.has(part)) return checks;
  const same = checks.filter((check) => !differs(check));
  if (same.length === 0) return differing;
  const sum = digest(JSON.stringify(same));
  const together = differing.length > 0 ? `the other ${part}` : part;
  const value = `${same.length}, ${sum}`;
  return [...differing, { what: together, expected: value, found: value }];
}

export function differs({ expected, found }: Check): boolean {
  return expected !== found;
}
