/** The policy pack as the Pulumi engine starts it: `pulumi preview --policy-pack policies`. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { PolicyPack } from "@pulumi/policy";
import { Config, getStack, runtime } from "@pulumi/pulumi";
import { declarationOf } from "../model/declaration.ts";
import type { TeamRow } from "./closed-world/review.ts";
import { policiesOf } from "./crossguard.ts";
import { objectionTo, waivedIn } from "./release-verdict.ts";
import { rules } from "./rules.ts";

const stack = getStack();
/** The engine starts a pack in the pack's own folder, wherever its code lies. */
const project = dirname(process.cwd());

new PolicyPack("production-readiness", {
  policies: policiesOf(rules, {
    stack,
    declared: declarationOf((name) => new Config("readiness").get(name)),
    preview: runtime.isDryRun(),
    objection: () => objectionTo(project, stack),
    waived: waivedIn(project, stack),
    reviewed: await reviewedRows(),
  }),
});

/** Read where there is such a file alone: the libraries that it takes cost time. */
async function reviewedRows(): Promise<readonly TeamRow[]> {
  const file = join(project, "reviewed.yaml");
  if (!existsSync(file)) return [];
  const [{ parse }, { rowsOf }] = await Promise.all([import("yaml"), import("./closed-world/team-file.ts")]);
  return rowsOf(parse(readFileSync(file, "utf8")));
}
