/** The rules judge what is deployed as they judge what is declared. */

import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finding, messageOf } from "../../model/finding.ts";
import { evaluate } from "../../policies/evaluate.ts";
import { rules } from "../../policies/rules.ts";
import { toStack } from "../../readiness/engine/registration.ts";
import { deployed } from "../../readiness/inputs/deployed-stack.ts";
import { parseState, readState } from "../../readiness/inputs/state-file.ts";
import { fixtureStacks } from "../policies/support/fixture-stacks.ts";
import { undecidable } from "../readiness/exports.ts";
import { makeReady } from "../readiness/proofs/ready-project.ts";
import { bringProject, createTestStack, projectProgram, type TestStack } from "./workspace.ts";

const closed = "which the export does not show";

const sentence = (f: Finding) => `${f.outcome} ${f.by} ${f.urn ?? ""} ${messageOf(f, "prod")}`;

describe.each(["staging", "prod"] as const)("%s, deployed", (name) => {
  let test: TestStack;
  beforeAll(async () => {
    test = await createTestStack(name, projectProgram);
    if (name === "prod") {
      bringProject(test);
      await makeReady(join(test.directory, "project"), new Date());
    }
    await test.stack.up();
  });
  afterAll(() => test?.dispose());

  const expected = { project: "readiness", stack: name };
  const judge = (state: ReturnType<typeof parseState>) => {
    const { stack, warnings } = deployed(state, "state", expected);
    expect(warnings).toEqual([]);
    return evaluate(rules, stack).map(sentence).toSorted();
  };

  const declared = evaluate(rules, toStack(name, fixtureStacks[name])).map(sentence).toSorted();

  it("gives the findings of what is declared, but for what secrets hide, from an export and from its backend", async () => {
    const findings = judge(parseState("export", await test.pulumi("stack", "export")));
    expect(findings).toHaveLength(declared.length);
    const different = findings.filter((f) => !declared.includes(f));
    expect(different.filter((f) => !f.includes(closed))).toEqual([]);
    expect(different.map((f) => f.split(" ")[1])).toEqual(undecidable);
    const checkpoint = join(test.directory, "backend", ".pulumi", "stacks", "readiness", `${name}.json`);
    expect(judge(await readState(checkpoint))).toEqual(findings);
  });

  it("gives the findings of what is declared with its secrets shown", async () => {
    const shown = await test.pulumi("stack", "export", "--show-secrets");
    expect(judge(parseState("export", shown))).toEqual(declared);
  });
});
