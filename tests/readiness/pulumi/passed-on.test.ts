/** What reaches Pulumi through a command, however it is written. */
import { Command } from "commander";
import { expect, it } from "vitest";
import { UsageError } from "../../../readiness/errors.ts";
import { acts, pulumiCommand } from "../../../readiness/pulumi/command.ts";

/** The stack that a command acts on, and the words that it has for Pulumi. */
async function told(...args: readonly string[]) {
  const program = new Command().exitOverride().configureOutput({ outputError: () => {} });
  const command = pulumiCommand(program, "up", "An update").option("-y, --yes", "do not ask", false);
  let heard: { readonly stack: string; readonly words: readonly string[] } | undefined;
  const run = async (act: () => Promise<number>) => {
    await act();
  };
  acts<{ readonly stack: string }>(command, run, async ({ stack }, words) => {
    heard = { stack, words };
    return 0;
  });
  await program.parseAsync(["up", "--stack", "staging", ...args], { from: "user" });
  return heard;
}

it.each<[string[], string[]]>([
  [["--yes"], []],
  [
    ["--diff", "-y", "-p", "4"],
    ["--diff", "--parallel=4"],
  ],
  [
    ["-p4", "-de", "--color", "never"],
    ["--emoji", "--color=never", "--parallel=4", "--debug"],
  ],
  [
    ["--verbose=3", "--logtostderr"],
    ["--verbose=3", "--logtostderr"],
  ],
  [["--message", "--stack=prod"], ["--message=--stack=prod"]],
  [["-m", "--target urn"], ["--message=--target urn"]],
  [
    ["--expect-no-changes", "--non-interactive"],
    ["--non-interactive", "--expect-no-changes"],
  ],
])("%j is passed on as %j", async (args, words) => {
  expect(await told(...args)).toEqual({ stack: "staging", words });
});

const elsewhere = ["prod", "../other", "https://example.com/template"];
const others = [
  ["--config", "readiness:product=x"],
  ["--config=a=b"],
  ["-c", "a=b"],
  ["-ca=b"],
  ["--config-file", "other.yaml"],
  ["--config-file=other.yaml"],
  ["--config-path"],
  ["--cwd", ".."],
  ["--cwd=.."],
  ["-C", ".."],
  ["-C.."],
  ["-dC.."],
  ["--target", "urn"],
  ["-t", "urn"],
  ["-turn"],
  ["-dt", "urn"],
  ["--target-dependents"],
  ["--target-replace=urn"],
  ["--replace", "urn"],
  ["--exclude", "urn"],
  ["-xurn"],
  ["--exclude-dependents"],
  ["--plan=plan.json"],
  ["--save-plan", "plan.json"],
  ["--strict"],
  ["--policy-pack", "other"],
  ["--policy-pack-config=x.json"],
  ["--refresh"],
  ["--refresh=false"],
  ["-r"],
  ["-dr"],
  ["--run-program"],
  ["--skip-preview"],
  ["-f"],
  ["-df"],
  ["--continue-on-error"],
  ["--show-secrets"],
  ["--json"],
  ["--secrets-provider", "passphrase"],
  ["--disable-integrity-checking"],
  ["--attach-debugger"],
  ["--tracing", "file:x"],
  ["--event-log", "x"],
  ["--import-file", "x"],
  ["--invented"],
  ["--tar", "urn"],
  ["-"],
  ["--", "--stack", "prod"],
  ["--", "--stack=prod"],
  ["--", "-s", "prod"],
  ["--", "-sprod"],
  ["--", "--diff"],
  ["--diff", "--", "--target", "urn"],
  ...elsewhere.map((word) => [word]),
  ["--", ""],
];
it.each(others.map((args) => [args]))("%j is not", async (args) => {
  await expect(told(...args)).rejects.toThrow(UsageError);
});

it.each([[["--stack", "prod"]], [["--stack=prod"]], [["-s", "prod"]], [["-sprod"]], [["-ysprod"]]])(
  "%j does not name another stack",
  async (args) => {
    await expect(told(...args)).rejects.toThrow("--stack can be given once");
  },
);

it.each([
  [["--parallel", "-1"]],
  [["--parallel"]],
  [["--color", "red"]],
  [["--verbose", "12"]],
  [["--diff=false"]],
])("%j has a value that is none", async (args) => {
  await expect(told(...args)).rejects.toThrow();
});

it.each([
  [["--target=urn"], "--target is not passed on to Pulumi: a part of the stack has no verdict"],
  [["-dt"], "-t is not passed on to Pulumi: a part of the stack has no verdict"],
  [["--colour", "never"], 'did you mean "--color"?'],
  [["prod"], "prod is no option"],
])("%j is told why", async (args, reason) => {
  await expect(told(...args)).rejects.toThrow(reason);
});
