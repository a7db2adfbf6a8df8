/** Reports that `check --since` compares with: of other versions, cut, damaged, with what nobody expects. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { check } from "../../readiness/check/check.ts";
import { deployedStacks, exportOf } from "../../tests/readiness/exports.ts";
import type { Kind } from "./kind.ts";
import { changedText, changedTree, nested } from "./mutations.ts";
import { carried, faultOf } from "./oracle.ts";

interface EarlierReport {
  readonly text: string;
  readonly format: "text" | "markdown" | "html" | "json";
}

type Tree = Readonly<Record<string, unknown>>;

/** What is compared with them is small, so that reading them is most of the work. */
const resources = 3;

export async function reports(): Promise<Kind<EarlierReport>> {
  const folder = mkdtempSync(join(tmpdir(), "fuzz-reports-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: readiness\nruntime: nodejs\n");
  const state = join(folder, "state.json");
  writeFileSync(state, JSON.stringify(smallState()));
  const options = {
    stack: [],
    all: false,
    state: [state],
    purpose: "release",
    quiet: false,
    conditional: false,
  } as const;
  const told = (format: EarlierReport["format"], since?: string) =>
    carried(() =>
      check({ ...options, outputs: [{ format, out: undefined }], ...(since && { since }) }, folder),
    );
  const whole: Tree = JSON.parse((await told("json")).stdout);
  const shaped = fc.tuple(part, version).map(([cut, schemaVersion]) => ({ ...cut(whole), schemaVersion }));
  const trees = changedTree(shaped).map((tree) => nested(JSON.stringify(tree)));
  const texts = changedText(shaped.map((tree) => JSON.stringify(tree)));
  return {
    inputs: fc.record({
      text: fc.oneof(
        { weight: 3, arbitrary: trees },
        { weight: 1, arbitrary: texts },
        { weight: 1, arbitrary: shaped.map((tree) => JSON.stringify(tree)) },
      ),
      format: fc.constantFrom("text", "markdown", "html", "json"),
    }),
    async judge({ text, format }) {
      const path = join(folder, "earlier.json");
      writeFileSync(path, text);
      return faultOf(await told(format, path), /^error: --since \S+earlier\.json/);
    },
  };
}

function smallState(): unknown {
  const [registrations] = Object.values(deployedStacks);
  const { deployment, ...rest } = exportOf(registrations ?? []) as unknown as {
    readonly deployment: { readonly resources: readonly unknown[] };
  };
  return { ...rest, deployment: { ...deployment, resources: deployment.resources.slice(0, resources) } };
}

/** Of its stack some items, findings and alerts; a comparison looks at those that are on one side alone. */
const part: fc.Arbitrary<(report: Tree) => Tree> = fc
  .tuple(fc.nat(300), fc.integer({ min: 1, max: 40 }))
  .map(([from, length]) => (report: Tree) => {
    const some = (list: unknown) => (list as readonly unknown[]).slice(from, from + length);
    const [stack] = report["stacks"] as readonly Tree[];
    const quietness = stack?.["quietness"] as Tree;
    const cut = {
      ...stack,
      checklist: some(stack?.["checklist"]),
      findings: some(stack?.["findings"]),
      quietness: { ...quietness, alerts: some(quietness["alerts"]) },
    };
    return { ...report, stacks: [cut] };
  });

const version = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom("2.0", "2.1", "2.3", "2.4", "2.99") },
  fc.constantFrom("1.0", "3.0", "2", "", 2.4, null),
);
