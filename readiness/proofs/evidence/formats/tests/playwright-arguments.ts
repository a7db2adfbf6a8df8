/** What of a command line of `playwright test` keeps tests from running. */

/** Options that leave every test in; an option that is not known here is taken to narrow. */
const flags: readonly string[] = [
  "--fail-on-flaky-tests",
  "--forbid-only",
  "--fully-parallel",
  "--headed",
  "--ignore-snapshots",
  "--pass-with-no-tests",
  "--quiet",
  "-x",
];
const withValue: readonly string[] = [
  "--add-reporter",
  "--browser",
  "--config",
  "-c",
  "--global-timeout",
  "--last-failed-file",
  "--max-failures",
  "--output",
  "--repeat-each",
  "--reporter",
  "--retries",
  "--shard",
  "--timeout",
  "--trace",
  "--tsconfig",
  "--update-source-method",
  "--workers",
  "-j",
];
const withOptionalValue: readonly string[] = ["--shuffle", "--update-snapshots", "-u"];

/**
 * The part of the command line that narrows, such as `-g works` or `login.spec.ts`; null where none does.
 * @param argv of the process, its program included
 */
export function narrowingArguments(argv: readonly string[]): string | null {
  const start = argv.indexOf("test");
  if (start === -1) return argv.join(" ");
  const args = argv.slice(start + 1);
  const narrowing: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const [option = arg] = arg.startsWith("--") ? arg.split("=", 1) : [];
    const hasValue = option !== arg;
    if (withValue.includes(option)) i += hasValue ? 0 : 1;
    else if (withOptionalValue.includes(option))
      i += hasValue || (args[i + 1] ?? "-").startsWith("-") ? 0 : 1;
    else if (!flags.includes(arg)) narrowing.push(arg);
  }
  return narrowing.length > 0 ? narrowing.join(" ") : null;
}
