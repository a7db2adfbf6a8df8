/** States of programs that were made for something else, as `pulumi stack export` writes them. */
import { mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckOptions, check } from "../../../readiness/check/check.ts";
import type { StackReport } from "../../../readiness/report.ts";
import { runCommand } from "../../../readiness/run-command.ts";
import { type SelectionOptions, selected } from "../../../readiness/selection/options.ts";
import { inProcess } from "../in-process.ts";

const folder = join(import.meta.dirname, "../../fixtures/foreign");

export const programs = [
  "shop-typescript",
  "ledger-python",
  "intranet-yaml",
  "orders-typescript",
  "booking-python",
  "notes-yaml",
] as const;
export type Program = (typeof programs)[number];

export const stateOf = (program: Program) => join(folder, `${program}.json`);

/** Its text, without the spaces that a person needs. */
export const textOf = (program: Program) =>
  JSON.stringify(JSON.parse(readFileSync(stateOf(program), "utf8")));

/** A folder without any project. */
export const emptyFolder = () => mkdtempSync(join(realpathSync(tmpdir()), "foreign-"));

/** What `check --state … --format json` tells of a state, and how it ends. */
export async function checkState(
  state: string,
  options: SelectionOptions = {},
  {
    cwd = emptyFolder(),
    now = new Date(),
    ...more
  }: Partial<CheckOptions> & { cwd?: string; now?: Date } = {},
) {
  const { status, stdout, stderr } = await inProcess(() =>
    runCommand(async () =>
      check(
        {
          stack: [],
          all: false,
          state: [state],
          purpose: "release",
          quiet: false,
          conditional: false,
          outputs: [{ format: "json", out: undefined }],
          ...more,
          selected: await selected(options, now),
        },
        cwd,
      ),
    ),
  );
  return { status, stdout, stderr, report: () => JSON.parse(stdout).stacks[0] as StackReport };
}
