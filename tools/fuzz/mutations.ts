/** Changes of texts, trees and bytes that somebody careless or hostile might make. */
import fc from "fast-check";

/** Stands for a nesting that no tree in memory could be written from. */
const deep = /"?@deep:(\d{1,5})@"?/g;

const odd: readonly string[] = [
  "",
  " ",
  "\t",
  "\n",
  "\r\n",
  "\0",
  "\u001b[31m",
  "\u009b2J",
  "\u202e",
  "\u2066",
  "\u2028",
  "\ufeff",
  "\ud800",
  "💥",
  "é".repeat(300),
  "a".repeat(100_000),
  "__proto__",
  "constructor",
  "toString",
  "-1",
  "0",
  "1.5",
  "1e309",
  "NaN",
  "0x10",
  "0777",
  "1_000",
  "99999999999999999999",
  "true",
  "yes",
  "null",
  "~",
  "{}",
  "[]",
  "{",
  "]",
  '"',
  "'",
  "*a",
  "&a ",
  "&a [*a]",
  "!!binary x",
  "!x ",
  "<<: ",
  "? ",
  "- ",
  "---\n",
  "...\n",
  "%YAML 9.9\n",
  "|",
  ">",
  "#",
  "@",
  "`",
  ": ",
  "../../etc/passwd",
  "http://[::1",
  "2026-02-30T25:61:00Z",
  "2026-01-05T09:00:00Z",
  "0000-00-00",
  "(a+)+$",
  "[Name]",
  "@deep:40@",
  "@deep:30000@",
];

export const oddText: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...odd) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 12 }) },
);

const oddValue: fc.Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, false, [], {}, [[]], 0, -1, 1e21, 0.1, Number.MAX_SAFE_INTEGER),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

const place = fc.nat(1_000_000);

/** A text with some changes: within lines, of whole lines, and of where it ends. */
export function changedText(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.array(textChange, { minLength: 1, maxLength: 4 }))
    .map(([whole, changes]) => nested(changes.reduce((now, change) => change(now), whole)));
}

type TextChange = (text: string) => string;

const textChange: fc.Arbitrary<TextChange> = fc.oneof(
  fc.tuple(place, oddText).map(([at, put]) => splice(at, () => 0, put)),
  fc
    .tuple(place, oddText)
    .map(([at, put]) => splice(at, (rest) => /^[\w.-]*/.exec(rest)?.[0].length ?? 0, put)),
  fc
    .tuple(place, fc.integer({ min: 1, max: 60 }), oddText)
    .map(([at, length, put]) => splice(at, () => length, put)),
  fc
    .tuple(place, place)
    .map(([from, to]) =>
      lines((all) => all.toSpliced(to % (all.length + 1), 0, all[from % all.length] ?? "")),
    ),
  fc
    .tuple(place, fc.integer({ min: 1, max: 5 }))
    .map(([at, count]) => lines((all) => all.toSpliced(at % all.length, count))),
  fc
    .tuple(place, fc.constantFrom("", " ", "  ", "\t", "      "))
    .map(([at, indent]) =>
      lines((all) => all.with(at % all.length, indent + (all[at % all.length] ?? "").trimStart())),
    ),
  place.map((at) => (text: string) => text.slice(0, at % (text.length + 1))),
  fc.constant((text: string) => text.replaceAll("\n", "\r\n")),
);

function splice(at: number, length: (rest: string) => number, put: string): TextChange {
  return (text) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + put + text.slice(start + length(text.slice(start)));
  };
}

function lines(change: (all: readonly string[]) => readonly string[]): TextChange {
  return (text) => change(text.split("\n")).join("\n");
}

/** Plain data with some changes, each somewhere in it. */
export function changedTree(
  tree: fc.Arbitrary<unknown>,
  isWhole: (value: object) => boolean = () => false,
): fc.Arbitrary<unknown> {
  return fc
    .tuple(
      tree,
      fc.array(fc.tuple(fc.array(place, { minLength: 1, maxLength: 7 }), entryChange), {
        minLength: 1,
        maxLength: 3,
      }),
    )
    .map(([whole, changes]) =>
      changes.reduce((now, [way, change]) => changed(now, way, change, isWhole), whole),
    );
}

type Entry = readonly [key: string, value: unknown];
type EntryChange = (entry: Entry) => readonly Entry[];

const entryChange: fc.Arbitrary<EntryChange> = fc.oneof(
  {
    weight: 4,
    arbitrary: oddValue.map((value) => ([key]: Entry) => [[key, value] as const]),
  },
  { weight: 2, arbitrary: fc.constant(() => []) },
  {
    weight: 1,
    arbitrary: oddText.map((name) => ([, value]: Entry) => [[name, value] as const]),
  },
  {
    weight: 1,
    arbitrary: oddText.map((name) => ([key, value]: Entry) => [
      [key, value] as const,
      [name, value] as const,
    ]),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(
        (value: unknown) => [value],
        (value: unknown) => ({ value }),
        (value: unknown) => `${JSON.stringify(value)}`,
        (value: unknown) => (typeof value === "object" ? 0 : Number(value)),
      )
      .map((wrap) => ([key, value]: Entry) => [[key, wrap(value)] as const]),
  },
);

function changed(
  value: unknown,
  [step = 0, ...further]: readonly number[],
  change: EntryChange,
  isWhole: (value: object) => boolean,
): unknown {
  if (typeof value !== "object" || value === null || isWhole(value)) return value;
  const entries: readonly Entry[] = Object.entries(value);
  const chosen = entries[step % entries.length];
  if (!chosen) return value;
  const [key, part] = chosen;
  const isLeaf = typeof part !== "object" || part === null || Object.keys(part).length === 0 || isWhole(part);
  const made: readonly Entry[] =
    further.length === 0 || isLeaf ? change(chosen) : [[key, changed(part, further, change, isWhole)]];
  const all = entries.flatMap((entry) => (entry === chosen ? made : [entry]));
  return Array.isArray(value) ? all.map(([, one]) => one) : Object.fromEntries(all);
}

/** With what stands for a nesting written out. */
export function nested(text: string): string {
  return text.replace(deep, (_, depth) => "[".repeat(Number(depth)) + "]".repeat(Number(depth)));
}
