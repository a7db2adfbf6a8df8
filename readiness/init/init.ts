/** `init`: a project of a team's own, begun by what its app tells and about ten questions. */
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { writeNew } from "../terminal/out-file.ts";
import { answered, complete } from "./answers.ts";
import { leftByHand } from "./by-hand.ts";
import { look } from "./look.ts";
import { type Files, pageFiles, projectFiles } from "./project-files.ts";
import { tryOut } from "./trial.ts";

export interface InitOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly from?: string;
  /** Folder of the new project, where it is not the app's. */
  readonly out: string;
  /** Answers by the keys of questions. */
  readonly [key: string]: unknown;
}

/** What a project is: where one of these is there, it has begun already. */
const own = ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.prod.yaml", "index.ts"];

const say = (line: string) => process.stdout.write(`${line}\n`);

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
  const begun = own.filter((path) => existsSync(join(out, path)));
  if (begun.length > 0) {
    throw new UsageError(
      `${begun.join(", ")} is there already: init begins a project, and overwrites nothing; --out names another folder`,
    );
  }
  const found = look(folder);
  for (const line of found.said) say(`Found  ${line}`);
  const given = answered(options, options.from);
  const ask = terminal && !options.yes ? (await import("./prompts.ts")).ask : undefined;
  const answers = await complete(given, found, ask);
  const project = projectFiles(answers, { now, crons: found.crons });
  const trial = await tryOut(project);
  try {
    const files: Files = new Map([...project, ...pageFiles(trial.spec)]);
    say("");
    say(trial.cost);
    say("");
    if (options.dryRun) for (const path of files.keys()) say(`Would write  ${path}`);
    else write(out, files);
    say("");
    const status = await trial.check();
    say("");
    say("By hand, once:");
    for (const step of leftByHand(answers)) say(`- ${step}`);
    return status;
  } finally {
    trial.dispose();
  }
}

function write(out: string, files: Files): void {
  const kept: string[] = [];
  for (const [path, content] of files) {
    const to = join(out, path);
    if (existsSync(to)) {
      kept.push(path);
      continue;
    }
    mkdirSync(dirname(to), { recursive: true });
    writeNew(to, content);
  }
  say(`Written: ${files.size - kept.length} files.`);
  for (const path of kept)
    say(`Kept     ${path}, which is there already: \`init --out FOLDER\` shows what init would have`);
}
