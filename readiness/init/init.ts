/** `init`: a project of a team's own, begun by what its app tells and about ten questions. */
import { resolve } from "node:path";
import { ConfigError } from "../../model/config/error.ts";
import { describe, UsageError } from "../errors.ts";
import { answered, assertNamed, complete, type Person } from "./answers.ts";
import { leftByHand } from "./by-hand.ts";
import { look } from "./look.ts";
import { type Files, pageFiles, projectFiles } from "./project-files.ts";
import { type Answers, text } from "./question.ts";
import { questions } from "./questions.ts";
import { tryOut } from "./trial.ts";
import { assertNotBegun, begunIn, type Writing, writing } from "./writing.ts";

export interface InitOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly from?: string;
  /** Folder of the new project, where it is not the app's. */
  readonly out: string;
  /** Files that may be there already, and are written all the same. */
  readonly overwrite: readonly string[];
  /** Answers by the keys of questions. */
  readonly [key: string]: unknown;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

const introduction = `
About a dozen questions. What was found, and what is usual, you see at the end, to put it right.
Nothing is written before you agree; Ctrl-C ends it.
`;

/**
 * @param folder where it looks
 * @param terminal whether somebody can be asked
 * @returns staging's exit status, as `check` has it
 * @throws UsageError, ConfigError where the answers cannot be used; nothing is written then
 */
export async function init(
  options: InitOptions,
  folder: string,
  now: Date,
  terminal: boolean,
): Promise<number> {
  const out = resolve(folder, options.out);
  const prompts = terminal && !options.yes ? await import("./prompts.ts") : undefined;
  // Before anybody answers questions in vain.
  if (prompts) assertNotBegun(begunIn(out), options.overwrite);
  const first = answered(options, options.from);
  if (prompts) say(introduction);
  const given = prompts ? await whichApp(first, look(folder).apps, prompts.person) : first;
  const found = look(folder, text(given, "rootDirectory") || undefined);
  for (const line of found.said) say(`Found  ${line}`);
  const attempt = async (answers: Answers) => {
    assertNamed(answers);
    const project = projectFiles(answers, { now, crons: found.crons });
    return { project, trial: await tryOut(project) };
  };
  let tried: Awaited<ReturnType<typeof attempt>> | undefined;
  const person =
    prompts &&
    untilRight(prompts.person, async (all) => {
      tried = await attempt(all);
    });
  const answers = await complete(given, found, person);
  const { project, trial } = tried ?? (await attempt(answers));
  try {
    const files: Files = new Map([...project, ...pageFiles(trial.spec)]);
    const written = writing(out, files, options.overwrite);
    say("");
    say(trial.cost);
    say("");
    if (options.dryRun)
      tell(written, {
        new: "Would write",
        overwritten: "Would overwrite",
        kept: "Would keep",
        same: "Unchanged",
      });
    else {
      if (
        prompts &&
        written.count > 0 &&
        !(await prompts.agreed(`Write ${filesOf(written.count)} into ${out}?`))
      )
        throw new UsageError("given up: nothing was written");
      written.write();
      say(
        written.count === 0 ? "Nothing to write: all of it is there." : `Written: ${filesOf(written.count)}.`,
      );
      tell(written, { overwritten: "Overwritten", kept: "Kept" });
    }
    say("");
    const status = await trial.check();
    say("");
    say("By hand, once:");
    for (const step of [...written.lacks, ...leftByHand(answers)]) say(`- ${step}`);
    return status;
  } finally {
    trial.dispose();
  }
}

/** Asks which of several apps is meant: all that is found is found in that one. */
async function whichApp(given: Answers, apps: readonly string[], { ask }: Person): Promise<Answers> {
  const question = questions.find(({ key }) => key === "rootDirectory");
  if (question === undefined || apps.length < 2 || question.key in given) return given;
  return { ...given, [question.key]: await ask({ ...question, choices: apps }, apps[0], given) };
}

/** Shows somebody what is wrong with the answers until there is nothing. */
function untilRight(person: Person, attempt: (answers: Answers) => Promise<void>): Person {
  const review: Person["review"] = async (answers) => {
    const wrong = await person.review(answers);
    if (wrong.length > 0) return wrong;
    try {
      await attempt(answers);
      return [];
    } catch (error) {
      if (!(error instanceof UsageError || error instanceof ConfigError)) throw error;
      say(`\n${describe(error)}\n`);
      return review(answers);
    }
  };
  return { ...person, review };
}

function tell({ fates }: Writing, words: Readonly<Partial<Record<string, string>>>): void {
  for (const [path, fate] of fates) {
    const word = words[fate];
    if (word !== undefined) say(`${word}  ${path}`);
  }
}

const filesOf = (count: number) => (count === 1 ? "1 file" : `${count} files`);
