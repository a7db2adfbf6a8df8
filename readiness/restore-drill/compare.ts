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

/** Every check, those that hold among them: of parts with many small pieces these are told together. */
export function compare(expected: Facts, found: Facts): readonly Check[] {
  return (Object.keys(one) as Part[]).flatMap((part) => compared(part, expected[part], found[part]));
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
