/**
 * Regular expressions read what others wrote: none may take the square of a text's length. Each one of the source is
 * run over texts that repeat what it looks for and then do not end as it wants.
 */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import { cpuTime } from "./support/cpu-time.ts";
import { trackedFiles } from "./support/project-files.ts";

/** Not of texts that others wrote: the SDK's types, the runtime's words, a digest, the options of this program. */
const ownTexts = [
  "readiness/mutate/",
  "readiness/proofs/evidence/json.ts",
  "readiness/proofs/signatures/ssh-key.ts",
  "readiness/terminal/npm-options.ts",
];

const literal =
  /(?<=[=(,:!&|?[{;]\s{0,40}|return\s|^\s{0,40})\/(?![*/])((?:\[(?:\\.|[^\]\\\n])*\]|\\.|[^/\\\n[])+)\/([dgimsuvy]*)(?=\s*[,.;)\]:}?&|\n])/gm;

function expressions(): Map<string, { readonly expression: RegExp; readonly file: string }> {
  const files = trackedFiles().filter((f) =>
    /^(policies|readiness|model|components)\/.*\.[mc]?[jt]s$/.test(f),
  );
  const found = files
    .filter((file) => !ownTexts.some((own) => file.startsWith(own)))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(literal)].map(([, source = "", flags = ""]) => {
        const expression = new RegExp(source, flags.replace(/[gy]/g, ""));
        return [String(expression), { expression, file }] as const;
      }),
    );
  return new Map(found);
}

const anywhere = [
  "a",
  "A",
  "0",
  " ",
  ".",
  "-",
  "/",
  "@",
  ":",
  '"',
  "[",
  "(",
  "<",
  "\n",
  "a.",
  "a-",
  "a:",
  "a ",
  "<a",
  "-a",
];

/** What to repeat, and what to begin with: the literal parts of an expression. */
function attacks({ source }: RegExp): readonly (readonly [begin: string, repeated: string])[] {
  const parts = [...source.matchAll(/(?:\\\W|[\w :"=<{!-])+/g)].map(([part]) => part.replace(/\\/g, ""));
  const pieces = [...new Set(parts)].filter(Boolean).slice(0, 8);
  const begins = ["", ...pieces.slice(0, 2)];
  const repeated = [...anywhere, ...pieces, ...pieces.map((piece) => `${piece}a`)];
  return begins.flatMap((begin) => repeated.map((one) => [begin, one] as const));
}

const context = createContext({});
const characters = 4_000;
/** For a text of that length; a square of it takes longer, and what is linear a hundredth. */
const mostMilliseconds = 8;

function slow(expression: RegExp, text: string): boolean {
  Object.assign(context, { expression, text });
  // What grows with a power beyond the square is stopped.
  const run = () => {
    try {
      runInContext("expression.test(text)", context, { timeout: 200 });
    } catch {
      // Slow, which the time says.
    }
  };
  return [1, 2, 3].every(() => cpuTime(run) > mostMilliseconds);
}

it("take a time that grows with the text's length alone", { timeout: 120_000 }, () => {
  const all = expressions();
  expect(all.size).toBeGreaterThan(300);
  const bad = [...all.values()].flatMap(({ expression, file }) => {
    const attack = attacks(expression).find(([begin, one]) =>
      slow(expression, `${begin}${one.repeat(Math.floor(characters / one.length))}\u0000!\n`),
    );
    return attack ? [`${file}: ${expression} on ${JSON.stringify(attack)}`] : [];
  });
  expect(bad).toEqual([]);
});

it("would be noticed", () => {
  expect(slow(/^(\w+-?)+$/, `${"a".repeat(characters)}!`)).toBe(true);
  expect(slow(/[.]+$/, `${".".repeat(characters)}!`)).toBe(true);
  expect(slow(/(?<![.])[.]+$/, `${".".repeat(characters)}!`)).toBe(false);
});
