/** What the new files come to, before one of them is written: the same project in a folder of its own. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { check } from "../check/check.ts";
import { costOfStack } from "../cost/cost.ts";
import { budgetSentence, costSentence } from "../cost/text.ts";
import { declaredStack } from "../inputs/declared-stack.ts";
import { loadStack } from "../inputs/stack-file.ts";
import type { Files } from "./project-files.ts";

export interface Trial {
  /** Of production, as it will be once it is live. */
  readonly spec: StackSpec;
  /** What each stack costs a month, a line each. */
  readonly cost: string;
  /** Prints staging's verdict. @returns its exit status */
  readonly check: () => Promise<number>;
  readonly dispose: () => void;
}

/** The program's function, in the source and in the package. */
const composition = new URL(`../../components/from-config${extname(import.meta.filename)}`, import.meta.url)
  .href;

/** @throws ConfigError with all that is wrong with the answers, as the stack files say it */
export async function tryOut(files: Files): Promise<Trial> {
  const folder = mkdtempSync(join(tmpdir(), "readiness-init-"));
  const dispose = () => rmSync(folder, { recursive: true });
  try {
    for (const [path, content] of files) {
      // What it costs once it is live is the question.
      const live = content.replace(/^ {2}readiness:launch: pending\n/m, "");
      if (/^Pulumi\./.test(path)) writeFileSync(join(folder, path), live);
    }
    writeFileSync(
      join(folder, "index.ts"),
      `import { declareReadiness } from ${JSON.stringify(composition)};\ndeclareReadiness();\n`,
    );
    // What is wrong with either is told before a program runs.
    for (const stack of ["prod", "staging"]) loadStack(folder, stack);
    const [prod, staging] = [await declaredStack(folder, "prod"), await declaredStack(folder, "staging")];
    const costs = [prod, staging].map(({ stack, spec }) => ({ spec, cost: costOfStack(stack, spec) }));
    const { spec } = prod;
    return {
      spec,
      cost: costs
        .map(
          ({ spec: { stack }, cost }) =>
            `${stack} costs ${costSentence(cost)}. ${budgetSentence(cost.budget)}`,
        )
        .join("\n"),
      check: () =>
        check(
          {
            stack: ["staging"],
            all: false,
            state: [],
            purpose: "release",
            quiet: true,
            conditional: false,
            outputs: [{ format: "text", out: undefined }],
          },
          folder,
        ),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
