/** Facts in pages of prose: what stands between `<!-- facts: NAME -->` and `<!-- /facts -->` is written, the rest is kept. */
import { didYouMean } from "../../model/suggest.ts";

/** Fact to its text: a line stands in its sentence, several lines by themselves. */
export type Facts = ReadonlyMap<string, string>;

export interface Filled {
  readonly text: string;
  /** What was not what the facts say, each with its line. */
  readonly drift: readonly string[];
  /** What keeps the page from being written, each with its line. */
  readonly problems: readonly string[];
}

const opening = "<!-- facts: ";
const closing = "<!-- /facts -->";

/** @param page its path, for messages */
export function fill(page: string, text: string, facts: Facts): Filled {
  const [drift, problems, parts]: [string[], string[], string[]] = [[], [], []];
  let at = 0;
  for (let start = text.indexOf(opening); start !== -1; start = text.indexOf(opening, at)) {
    const where = `${page}:${text.slice(0, start).split("\n").length}`;
    const nameEnd = text.indexOf(" -->", start);
    const name = text.slice(start + opening.length, nameEnd);
    const end = text.indexOf(closing, start);
    const next = text.indexOf(opening, start + 1);
    if (nameEnd === -1 || end === -1 || (next !== -1 && next < end)) {
      problems.push(`${where}: ${opening}… is not closed, must be by ${closing}`);
      break;
    }
    const from = nameEnd + " -->".length;
    const fact = facts.get(name);
    if (fact === undefined) {
      problems.push(`${where}: there are no facts "${name}"${didYouMean(name, [...facts.keys()]) || "."}`);
    }
    const now = text.slice(from, end);
    const wanted = fact === undefined ? now : fact.includes("\n") ? `\n${fact}\n` : fact;
    if (now !== wanted) drift.push(`${where}: ${name} is not what the stack says`);
    parts.push(text.slice(at, from), wanted, closing);
    at = end + closing.length;
  }
  return { text: parts.join("") + text.slice(at), drift, problems };
}
