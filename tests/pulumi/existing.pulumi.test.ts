/** A stack whose database is there already, under the real engine: it is read and judged, and nothing of it is changed. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerOf, argsOf, existingConfig, read, writeFacts } from "../readiness/parts/existing-database.ts";
import { createTestStack, policies, projectProgram, type TestStack } from "./workspace.ts";

let target: TestStack;
beforeAll(async () => {
  target = await createTestStack("staging", projectProgram, () =>
    existingConfig({ kind: "static-ips", addresses: ["198.51.100.7"] }),
  );
  writeFacts(`${target.directory}/project`, "staging");
  for (const name of read) {
    const { token, args } = argsOf(name);
    const there = { type: token, id: String(args["id"]), urn: `somebody's ${name}` };
    target.clouds.bring({ ...there, inputs: {}, outputs: { ...answerOf(name), id: there.id } });
  }
});
afterAll(() => target.dispose());

it("is deployed beside it, and the database and its network stay as they are", async () => {
  const before = target.clouds.events().length;
  // The engine does not show the pack what is read, and nothing that is declared is refused.
  await target.stack.up({ policyPacks: [policies] });
  const made = target.clouds.events().slice(before);
  expect(made.filter(({ op }) => op !== "create")).toEqual([]);
  expect(made.filter(({ type }) => /^aws:(rds|ec2|vpc)\//.test(type))).toEqual([]);
  const { resources = [] } = target.readState();
  const reads = resources.filter(({ urn }) => urn.includes("readiness:index:ExistingDatabase$"));
  expect(reads.length).toBe(read.length);
});
