/** What is answered before anybody is asked: by flags, by a file, by what was found. */
import { readFileSync } from "node:fs";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { parseYaml } from "../inputs/yaml-file.ts";
import { wrongForm } from "./forms.ts";
import type { Found } from "./look.ts";
import { type Answers, flagOf, lines, type Question } from "./question.ts";
import { questions } from "./questions.ts";

type Given = Readonly<Record<string, unknown>>;

/**
 * @param flags by the keys of questions; they count more than a file
 * @throws UsageError where a file cannot be read, or has what no question asks for
 */
export function answered(flags: Given, from: string | undefined): Answers {
  const file = from === undefined ? {} : read(from);
  const known = questions.map(({ key }) => key);
  for (const key of Object.keys(file)) {
    if (known.includes(key)) continue;
    throw new UsageError(`--from ${from}: there is no question "${key}"${didYouMean(key, known) || "."}`);
  }
  const answers: Record<string, string | readonly string[]> = {};
  for (const question of questions) {
    const given = flags[question.key] ?? file[question.key];
    if (given !== undefined) answers[question.key] = answerTo(question, given);
  }
  return answers;
}

function read(from: string): Given {
  let written: string;
  try {
    written = readFileSync(from, "utf8");
  } catch (error) {
    throw new UsageError(`--from ${from}: ${error instanceof Error ? error.message : error}`);
  }
  const file = parseYaml(written, "plain");
  if ("fault" in file) throw new UsageError(`--from ${from}:${file.fault.line}: ${file.fault.message}`);
  if (typeof file.content !== "object" || file.content === null || Array.isArray(file.content)) {
    throw new UsageError(`--from ${from}: found no map, must be one of questions' keys to answers`);
  }
  return file.content as Given;
}

/** @throws UsageError where it is no answer to that */
export function answerTo(question: Question, given: unknown): string | readonly string[] {
  const flag = flagOf(question);
  const all = (Array.isArray(given) ? given : [given]).map((one: unknown) => {
    if (typeof one === "string" || typeof one === "number") return `${one}`.trim();
    throw new UsageError(`${flag}: found no text, must be such as "${question.example}"`);
  });
  if (all.length === 0 || all.some((one) => one === "" || /[\p{C}]/u.test(one))) {
    throw new UsageError(`${flag} is empty or no line of text, must be such as "${question.example}"`);
  }
  for (const one of all) {
    const wrong =
      question.choices?.includes(one) === false
        ? noChoice(question.choices, one)
        : wrongForm(question.key, one);
    if (wrong !== undefined) throw new UsageError(`${flag}: ${wrong}`);
  }
  const [first = "", ...others] = all;
  if (question.list) return all;
  if (others.length > 0) throw new UsageError(`${flag} stands ${all.length} times, must stand once`);
  return first;
}

function noChoice(choices: readonly string[], answer: string): string {
  return `found "${answer}"${didYouMean(answer, choices) || ":"} It must be one of ${choices.join(", ")}`;
}

/** Who can be asked. */
export interface Person {
  readonly ask: (question: Question, proposal: Proposal, answers: Answers) => Promise<Answer>;
  /** @returns keys of what is not as it should be; none where all is right */
  readonly review: (answers: Answers) => Promise<readonly string[]>;
}
type Answer = string | readonly string[];
type Proposal = Answer | undefined;

/**
 * Every answer that the stack files take.
 * @param person is asked; where there is none, what is proposed is taken
 * @param again keys of what is asked in any case, with what is answered so far as the proposal
 * @throws UsageError that names the flags of what nobody has answered
 */
export async function complete(
  given: Answers,
  found: Found,
  person?: Person,
  again: readonly string[] = [],
): Promise<Answers> {
  const gaps: string[] = [];
  let [decided, answers] = [given, given];
  for (const question of questions) {
    const { key } = question;
    const anew = again.includes(key);
    if ((key in decided && !anew) || question.when?.(answers) === false) continue;
    const proposal = anew ? answers[key] : question.propose?.(found, answers);
    const asked = person && (anew || question.guess?.(found) || proposal === undefined);
    const answer = asked ? await person.ask(question, proposal, answers) : proposal;
    if (answer === undefined) gaps.push(`${flagOf(question)} "${question.example}"`);
    else answers = { ...answers, [key]: answer };
    if (asked && answer !== undefined) decided = { ...decided, [key]: answer };
  }
  if (gaps.length > 0) {
    throw new UsageError(
      `nobody can be asked, and nothing was found that answers these: ${gaps.join(", ")}; give them, or --from FILE with their keys`,
    );
  }
  if (!person) return answers;
  const wrong = await person.review(answers);
  return wrong.length === 0
    ? answers
    : complete({ ...decided, ...only(answers, wrong) }, found, person, wrong);
}

function only(answers: Answers, keys: readonly string[]): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.includes(key)));
}

/** Names of a list's lines that every service has, and this one has not. */
export function missingNames(key: string, all: readonly string[]): readonly string[] {
  // Whatever it is called, what lies at / is the homepage.
  if (key === "pages" && all.some((line) => /^[\w-]+=\/$/.test(line))) return [];
  return (needed[key] ?? []).filter((name) => !all.some((line) => line.startsWith(`${name}=`)));
}

const needed: Readonly<Record<string, readonly string[]>> = {
  pages: ["homepage"],
  routes: ["list", "read", "write", "analytics", "search"],
};

/** @throws UsageError where a page or route is missing that every service has */
export function assertNamed(answers: Answers): void {
  for (const key of Object.keys(needed)) {
    const [flag, missing] = [flagOf({ key }), missingNames(key, lines(answers, key))];
    if (missing.length === 0) continue;
    throw new UsageError(
      `${flag}: ${missing.join(", ")} missing, must each have a path: ${flag} ${missing[0]}=/…`,
    );
  }
}
