/** `guide`: keeps the operator's guide and the runbooks true to a stack, and makes one page of it and the runbooks. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { partsOf, type StackSpec } from "../../model/config/stack-spec.ts";
import { tierOf } from "../../model/tier.ts";
import { StackError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { selectStacks } from "../inputs/selection.ts";
import { declarationIn, declaredTier, listStacks, loadStack } from "../inputs/stack-file.ts";
import { assertOutput, writeWhole } from "../terminal/out-file.ts";
import { factsOf } from "./facts.ts";
import { fill } from "./fill.ts";
import { guideFolder, pagesIn, runbookFolder } from "./pages.ts";
import { firstDifference, namesOf, render, runbookTexts } from "./runbooks.ts";

/** Pages that cannot be written, a line for each reason. */
class GuideError extends StackError {
  override readonly name = "GuideError";
  readonly exitStatus = exitStatus.unusable;
}

export interface GuideOptions {
  readonly stack: string;
  readonly check: boolean;
  readonly html?: string;
}

/**
 * Writes the facts of a stack into the pages of the guide, and its names into the runbooks.
 * @returns 0, or 1 where `--check` finds a page that says anything else
 * @throws UsageError for a stack without a stack file, ConfigError for one that cannot be used, GuideError with
 * everything that keeps a page from being written; none is written then
 */
export async function guide({ stack, check, html }: GuideOptions, projectDir: string): Promise<number> {
  const stacks = listStacks(projectDir);
  selectStacks([stack], false, stacks);
  if (html !== undefined) assertOutput(html, "--html");
  const { spec } = loadStack(projectDir, stack);
  const rehearsal = stacks.find((name) => tierOf(name, declaredTier(projectDir, name)) === "staging");
  const facts = factsOf({ spec, rehearsal });
  const pages = pagesIn(projectDir, guideFolder).map(({ name, text }) => {
    const path = `${guideFolder}/${name}`;
    return { path, name, before: text, ...fill(path, text, facts) };
  });
  const runbooks = runbooksOf(projectDir, spec, stacks);
  const problems = [...pages, ...runbooks].flatMap((page) => page.problems);
  if (problems.length > 0) throw new GuideError(problems.join("\n"));
  const drift = [...pages, ...runbooks].flatMap((page) => page.drift);
  if (check) for (const line of drift) process.stdout.write(`${line}\n`);
  else
    for (const { path, text, before } of [...pages, ...runbooks]) {
      if (text === undefined) {
        if (before !== undefined) process.stdout.write(`${leftOver(path)}\n`);
      } else if (text !== before) writeWhole(join(projectDir, path), text, path);
    }
  if (html !== undefined) {
    const { guidePage } = await import("./page.ts");
    writeWhole(html, guidePage(spec, pages, pagesIn(projectDir, runbookFolder)), "--html");
  }
  process.stdout.write(summary(stack, check, drift.length));
  return check && drift.length > 0 ? exitStatus.noGo : exitStatus.go;
}

/** What is to stand in the folder of runbooks; nothing in a project that has no texts for them. */
function runbooksOf(projectDir: string, spec: StackSpec, stacks: readonly string[]) {
  if (!existsSync(join(projectDir, runbookTexts))) return [];
  const parts = partsOf(spec);
  const others = stacks.filter((stack) => stack !== spec.stack);
  const all = [parts, ...others.map((stack) => declarationIn(projectDir, stack).parts)];
  const subject = { names: namesOf(spec), parts, all };
  return pagesIn(projectDir, runbookTexts).map(({ name, text: written }) => {
    const path = `${runbookFolder}/${name}`;
    const before = textIfThere(projectDir, path);
    const { text, problems } = render(`${runbookTexts}/${name}`, written, subject);
    const difference = text === undefined ? before && leftOver(path) : firstDifference(path, before, text);
    return { path, before, text, problems, drift: difference === undefined ? [] : [difference] };
  });
}

const leftOver = (path: string) => `${path} explains alerts that no stack declares: delete it`;

function summary(stack: string, check: boolean, drifted: number): string {
  if (drifted === 0) return `The guide says what the stack ${stack} says.\n`;
  const places = drifted === 1 ? "1 place" : `${drifted} places`;
  return check
    ? `The guide differs in ${places}. To write what the stack says: npm run guide -- --stack ${stack}\n`
    : `Written: ${places} of the guide.\n`;
}
