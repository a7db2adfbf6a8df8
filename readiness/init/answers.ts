/** What is answered before anybody is asked: by flags, by a file, by what was found. */
import { readFileSync } from "node:fs";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { parseYaml } from "../inputs/yaml-file.ts";
import type { Found } from "./look.ts";
import { type Answers, flagOf, lines, type Question, questions } from "./questions.ts";

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
  const [first = "", ...others] = all;
  if (question.list) return all;
  if (others.length > 0) throw new UsageError(`${flag} stands ${all.length} times, must stand once`);
  if (question.choices && !question.choices.includes(first)) {
    const hint = didYouMean(first, question.choices) || ":";
    throw new UsageError(`${flag}: found "${first}"${hint} It must be one of ${question.choices.join(", ")}`);
  }
  return first;
}

export type Ask = (
  question: Question,
  proposal: string | readonly string[] | undefined,
) => Promise<string | readonly string[]>;

/**
 * Every answer that the stack files take.
 * @param ask asks a person; nothing where there is none, who then takes what is proposed
 * @throws UsageError that names the flags of what nobody has answered
 */
export async function complete(given: Answers, found: Found, ask?: Ask): Promise<Answers> {
  let answers = given;
  const gaps: string[] = [];
  for (const question of questions) {
    if (question.key in answers || question.when?.(answers) === false) continue;
    const proposal = question.propose?.(found, answers);
    const answer = ask ? await ask(question, proposal) : proposal;
    if (answer === undefined) gaps.push(`${flagOf(question)} "${question.example}"`);
    else answers = { ...answers, [question.key]: answer };
  }
  if (gaps.length > 0) {
    throw new UsageError(
      `nobody can be asked, and nothing was found that answers these: ${gaps.join(", ")}; give them, or --from FILE with their keys`,
    );
  }
  // Whatever it is called, what lies at / is the homepage.
  const isFound = lines(answers, "pages").some((line) => /^[\w-]+=\/$/.test(line));
  assertNamed(answers, "pages", isFound ? [] : ["homepage"]);
  assertNamed(answers, "routes", ["list", "read", "write", "analytics", "search"]);
  return answers;
}

/** @throws UsageError where a line has no name, or one is missing that every service has */
function assertNamed(answers: Answers, key: string, names: readonly string[]): void {
  const flag = flagOf({ key });
  const all = lines(answers, key);
  const wrong = all.find((line) => !/^[a-z][\w-]*=\//.test(line));
  if (wrong !== undefined)
    throw new UsageError(`${flag}: found "${wrong}", must be a name and a path, such as login=/sign-in`);
  const missing = names.filter((name) => !all.some((line) => line.startsWith(`${name}=`)));
  if (missing.length > 0) {
    throw new UsageError(
      `${flag}: ${missing.join(", ")} missing, must each have a path: ${flag} ${missing[0]}=/…`,
    );
  }
}
