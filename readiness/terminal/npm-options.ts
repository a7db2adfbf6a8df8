/**
 * Options that npm has taken for its own. Of `npm run check --all`, where `--` is missing, the command sees nothing,
 * and would answer another question. npm leaves a trace: `npm_config_<name>` for whatever it was given.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Option } from "commander";
import { UsageError } from "../errors.ts";

/** npm's own too, and often in its settings; a command without `--yes` asks, and without the others does the same. */
const shared: readonly string[] = ["yes", "color", "message"];

/**
 * @param options what the command takes
 * @param args what reached it
 * @throws UsageError with the command as it was meant, where npm has kept an option of it
 */
export function assertPassedOn(
  options: readonly Option[],
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): void {
  const script = env["npm_lifecycle_event"];
  if (script === undefined) return;
  const firstOption = args.findIndex((arg) => arg.startsWith("-"));
  const words = firstOption < 0 ? args : args.slice(0, firstOption);
  const kept = options
    .filter((option) => !shared.includes(option.name()) && !args.some((arg) => isOption(arg, option)))
    .flatMap((option) => valuesOf(option, env).map((value) => ({ option, value })));
  // npm reads --format as one of its own options that begin so, and leaves the word behind it.
  const named = kept.length > 0 ? undefined : options.find((o) => o.argChoices?.includes(words[0] ?? ""));
  if (named) kept.push({ option: named, value: undefined });
  if (kept.length === 0) return;

  const open = kept.filter(({ option, value }) => !option.isBoolean() && value === undefined);
  // Whose value a word is, only one option can tell.
  const free = new Set(open.map(({ option }) => option)).size === 1 ? [...words] : [];
  const meant = kept.map(({ option, value }) => {
    if (option.isBoolean()) return option.long;
    return `${option.long} ${quoted(value ?? free.shift() ?? placeholder(option))}`;
  });
  const others = [...(open.length > 0 ? free : words), ...args.slice(words.length)].map(quoted);
  const names = [...new Set(kept.map(({ option }) => option.long))].join(", ");
  const command = ["npm run", script, "--", ...meant, ...others].join(" ");
  throw new UsageError(`npm kept ${names} for itself, write ${command}`);
}

/** What to add to a usage error where npm may be the reason: it keeps `-s` for itself, and leaves no trace of it. */
export function npmHint(args: readonly string[], env: NodeJS.ProcessEnv): string {
  const script = env["npm_lifecycle_event"];
  const keptSome = script !== undefined && args.length > 0 && !args[0]?.startsWith("-");
  return keptSome ? `npm run passes on what stands after --: npm run ${script} -- [options]` : "";
}

/** What npm was given for an option; undefined stands for a value that it passed on as a word. */
function valuesOf(option: Option, env: NodeJS.ProcessEnv): readonly (string | undefined)[] {
  const key = `npm_config_${option.name().replaceAll("-", "_")}`;
  const value = env[key];
  if (!value || isSetting(option.name(), key, env)) return [];
  if (option.isBoolean()) return value === "true" ? [undefined] : [];
  return value.split("\n\n").map((one) => (one === "true" ? undefined : one));
}

/** Whether it comes from the settings of npm that outlast a command. */
function isSetting(name: string, key: string, env: NodeJS.ProcessEnv): boolean {
  // Where the environment knows no case, npm's own spelling is what it lists.
  if (Object.keys(env).includes(key.toUpperCase())) return true;
  const project = env["npm_config_local_prefix"];
  const files = [
    env["npm_config_userconfig"],
    env["npm_config_globalconfig"],
    project && join(project, ".npmrc"),
  ];
  const line = new RegExp(`^\\s*${name}(\\[\\])?\\s*(=|$)`, "m");
  return files.some((file) => file && line.test(textOf(file)));
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function isOption(arg: string, { long, short }: Option): boolean {
  return arg === long || arg === short || arg.startsWith(`${long}=`);
}

/** `<name>`, as the command's help has it. */
function placeholder({ flags }: Option): string {
  return /<.+>/.exec(flags)?.[0] ?? "";
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w@%+=:,./<>-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
