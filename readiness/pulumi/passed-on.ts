/**
 * What may be told to Pulumi through a command of ours: how it shows what it does, and how fast it works. What says what
 * is done, to which stack, with which config or rules, is the command's own to say.
 */
import { Option } from "commander";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { wholeNumber } from "../terminal/options.ts";

/** Options of `pulumi preview` and `pulumi up` alike. */
export function passedOnOptions(): readonly Option[] {
  return [
    new Option("--diff", "show each change whole"),
    new Option("--show-sames", "show what does not change, too"),
    new Option("--show-reads", "show what is only read, too"),
    new Option("--show-replacement-steps", "show both steps of a replacement"),
    new Option("--show-full-output", "show values in full length"),
    new Option("--show-policy-remediations", "show what a policy mends, a resource at a time"),
    new Option("--suppress-outputs", "do not show the stack's outputs"),
    new Option("--suppress-progress", "print no dots while it works"),
    new Option("--urns", "show whole URNs"),
    new Option("-e, --emoji", "show emojis"),
    new Option("-Q, --fully-qualify-stack-names", "show whole names of stacks"),
    new Option("--color <when>", "when to colour").choices(["always", "never", "raw", "auto"]),
    new Option("-m, --message <text>", "a message for the stack's history"),
    new Option("-p, --parallel <n>", "how many resources are worked on at once").argParser(wholeNumber),
    new Option("-d, --debug", "show debugging output"),
    new Option("-v, --verbose <level>", "how much is logged, 1 to 9").choices([..."123456789"]),
    new Option("--logtostderr", "log to standard error"),
    new Option("--logflow", "have plugins log as much"),
    new Option("--non-interactive", "no display that updates itself"),
    new Option("--expect-no-changes", "fail where anything would change"),
  ].map((option) => option.helpGroup("Passed on to Pulumi:"));
}

/** As Pulumi takes them: a word each, which can be read as nothing else. */
export function passedOn(values: Readonly<Record<string, unknown>>): readonly string[] {
  return passedOnOptions().flatMap((option) => {
    const value = values[option.attributeName()];
    if (value === undefined) return [];
    return option.isBoolean() ? [`${option.long}`] : [`${option.long}=${value}`];
  });
}

const otherConfig = "the stack's config is what its file says";
const part = "a part of the stack has no verdict";
const ownPack = "the policy pack is this project's";
const ownPlan = "the plan is the preview's own";
const previewed = "an update is always previewed first";
const hereAlone = "the project is the folder that the command runs in";
const ownState = "`npm run drift` compares with what is deployed, and the plan is of the state as it stands";
const secretsShown = "secrets would be shown";
const openDoor = "it would let others into the program, or out of it what it knows";

/** Why others are not, by their names. */
const reasons: Readonly<Record<string, string>> = {
  stack: "the stack is named once",
  s: "the stack is named once",
  config: otherConfig,
  c: otherConfig,
  "config-file": otherConfig,
  "config-path": otherConfig,
  "skip-config-validation": otherConfig,
  "secrets-provider": otherConfig,
  target: part,
  t: part,
  "target-dependents": part,
  "target-replace": part,
  replace: part,
  exclude: part,
  x: part,
  "exclude-dependents": part,
  "continue-on-error": "an update ends at its first failure",
  "policy-pack": ownPack,
  "policy-pack-config": ownPack,
  plan: ownPlan,
  "save-plan": ownPlan,
  strict: ownPlan,
  "skip-preview": previewed,
  f: previewed,
  refresh: ownState,
  r: ownState,
  "run-program": ownState,
  "import-file": "a preview writes nothing but its events (--events)",
  "event-log": "--events FILE of `npm run preview` writes them",
  json: "--events FILE of `npm run preview` writes what machines read",
  j: "--events FILE of `npm run preview` writes what machines read",
  cwd: hereAlone,
  C: hereAlone,
  "show-secrets": secretsShown,
  "show-config": secretsShown,
  "disable-integrity-checking": "a state that is not whole is not built on",
  "attach-debugger": openDoor,
  neo: openDoor,
  "otel-traces": openDoor,
  tracing: openDoor,
  "tracing-header": openDoor,
  profiling: openDoor,
};

/**
 * Refuses what a command does not know; nothing has run by then.
 * @param known names of the command's own options
 * @throws UsageError with the reason
 */
export function assertNothingElse(rest: readonly string[], command: string, known: readonly string[]): void {
  const [first] = rest;
  if (first === undefined) return;
  if (!/^-./.test(first)) {
    throw new UsageError(`${first} is no option: ${command} is of this project and takes nothing else`);
  }
  const [flag = ""] = first.split("=");
  const name = flag.replace(/^--?/, "");
  // Short options may be written together, with a value behind the last.
  const reason = reasons[name] ?? (flag.startsWith("--") ? undefined : shortReason(name));
  const why = reason ?? `it is not among those that change nothing of what is done${didYouMean(flag, known)}`;
  throw new UsageError(`${flag} is not passed on to Pulumi: ${why}; \`${command} --help\` lists what is`);
}

function shortReason(letters: string): string | undefined {
  return [...letters].map((letter) => reasons[letter]).find((reason) => reason !== undefined);
}
