import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, run } from "../project.ts";
import { reportIn, temporary, trace } from "./support.ts";

describe("bad config", () => {
  it.each<[string, string | RegExp, string, RegExp]>([
    ["a misspelled key", "readiness:product:", "readiness:prodct:", /prodct.*did you mean.*product/],
    ["a wrong type", /^ +multiAz: .*$/m, "    multiAz: sometimes", /database\.multiAz/],
    ["invalid YAML", /^/, "config: [\n", /Pulumi\.prod\.yaml/],
  ])("%s exits 2 and says what to mend", async (_, from, to, message) => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), from, to);
    const { status, stdout, stderr } = await run(["check", "--stack", "prod"], { cwd });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(trace);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });

  it("is reported beside the stacks that can be evaluated", async () => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:product:", "readiness:prodct:");
    const result = await run(["check", "--all", "--format", "json"], { cwd });
    const { stacks, notEvaluated } = reportIn(result);
    expect(stacks.map((s) => s.stack)).toEqual(["staging"]);
    expect(notEvaluated).toMatchObject([{ stack: "prod", issues: expect.any(Array) }]);
    expect(notEvaluated[0]?.issues).not.toEqual([]);
    expect(result.stderr).toContain("Pulumi.prod.yaml");
    expect(result.status).toBe(2);
  });

  it("is reported where no stack can be evaluated", async () => {
    const cwd = temporary("");
    edit(join(cwd, "Pulumi.prod.yaml"), "readiness:product:", "readiness:prodct:");
    const result = await run(["check", "--stack", "prod", "--format", "json"], { cwd });
    expect(reportIn(result)).toMatchObject({ stacks: [], notEvaluated: [{ stack: "prod" }] });
    expect(result.status).toBe(2);
  });
});
