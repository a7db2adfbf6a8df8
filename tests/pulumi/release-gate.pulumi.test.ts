/** Production that is not ready is not updated, however the update is started: nothing is created, changed, deleted. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bringProject, createTestStack, policies, projectProgram, type TestStack } from "./workspace.ts";

let target: TestStack;
beforeAll(async () => {
  target = await createTestStack("prod", projectProgram);
});
afterAll(() => target.dispose());

const pack = ["--policy-pack", policies];

/** Lifts both policies of the pack, as Pulumi's own config can. */
function lifted(): string[] {
  const file = join(target.directory, "policy-config.json");
  const disabled = { enforcementLevel: "disabled" };
  writeFileSync(file, JSON.stringify({ "readiness-resource": disabled, "readiness-stack": disabled }));
  return [...pack, "--policy-pack-config", file];
}

describe("production without GO", () => {
  it("can be previewed", async () => {
    await expect(target.pulumi("preview", ...pack)).resolves.toContain("production-readiness@");
  });

  it.each<[string, () => readonly string[]]>([
    ["plainly", () => []],
    ["with the pack", () => pack],
    ["without a preview", () => ["--skip-preview", ...pack]],
    ["in a part", () => ["--skip-preview", "--target", "**backup**", ...pack]],
    ["with errors passed over", () => ["--skip-preview", "--continue-on-error"]],
    ["with a pack that is lifted", lifted],
  ])("is not updated %s", async (_, options) => {
    const update = target.pulumi("up", "--yes", ...options());
    await expect(update).rejects.toThrow(
      /prod is not updated: its verdict is NO-GO\. .*--stack prod says what to change/s,
    );
    expect(target.clouds.events()).toEqual([]);
  });

  it("is not judged by a file that Pulumi does not take", async () => {
    const project = join(target.directory, "project");
    const other = join(project, "other.yaml");
    const text = readFileSync(join(project, "Pulumi.prod.yaml"), "utf8");
    writeFileSync(other, text.replace(/^( *readiness:product: ).*$/m, "$1another"));
    const update = target.pulumi("up", "--yes", "--skip-preview", "--config-file", other, ...pack);
    await expect(update).rejects.toThrow(
      /Pulumi was given another readiness:product than Pulumi\.prod\.yaml/,
    );
    expect(target.clouds.events()).toEqual([]);
  });
});

describe("production whose program does not ask", () => {
  let own: readonly string[];
  beforeAll(() => {
    own = ["--policy-pack", bringProject(target)];
    const project = join(target.directory, "project", "Pulumi.yaml");
    writeFileSync(project, readFileSync(project, "utf8").replace(/^ *nodeargs: .*$/m, ""));
  });

  it.each<[string, readonly string[]]>([
    ["with errors passed over", ["--continue-on-error"]],
    ["in a part", ["--target", "**backup**"]],
  ])("is stopped by the pack, %s", async (_, options) => {
    const update = target.pulumi("up", "--yes", "--skip-preview", ...options, ...own);
    await expect(update).rejects.toThrow(/its verdict is NO-GO.*\[release-gate\]/s);
    expect(target.clouds.events()).toEqual([]);
  });
});
