import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edit, run } from "../project.ts";
import { declaresNothing, reportIn, temporary, trace } from "./support.ts";

describe("a stack whose name tells no tier", () => {
  it.each([
    ["qa", "  readiness:tier: staging\n", "qa, staging tier by readiness:tier, "],
    ["qa", "", "qa, production tier (the name says none, and no readiness:tier), "],
    ["staging", "  readiness:tier: staging\n", "staging, staging tier, "],
  ])("%s with %j", async (stack, setting, said) => {
    const cwd = temporary(declaresNothing);
    const text = readFileSync(join(cwd, "Pulumi.staging.yaml"), "utf8");
    writeFileSync(join(cwd, `Pulumi.${stack}.yaml`), text.replace("config:\n", `config:\n${setting}`));
    expect((await run(["check", "--stack", stack, "--quiet"], { cwd })).stdout).toContain(said);
  });
});

describe("a copy of a stack", () => {
  it("fails for both where they collide, with the line of each", async () => {
    const cwd = temporary(declaresNothing);
    const text = readFileSync(join(cwd, "Pulumi.prod.yaml"), "utf8");
    writeFileSync(join(cwd, "Pulumi.prod-eu.yaml"), text);
    const { stacks } = reportIn(await run(["check", "--all", "--format", "json"], { cwd }));
    const line = text.split("\n").findIndex((part) => part.startsWith("  readiness:domain:")) + 1;
    const told = stacks.map(({ stack, findings }) => [
      stack,
      findings.filter((f) => f.by === "stacks-apart" && f.item === "EDGE-13"),
    ]);
    const collision = (stack: string, other: string) => [
      expect.objectContaining({
        outcome: "fail",
        source: { file: `Pulumi.${stack}.yaml`, line },
        message:
          `readiness:domain: ${other} has portal.example.com too, must be another domain: the edge serves it for ` +
          `one stack alone (EDGE-13). Change it in Pulumi.${stack}.yaml or in Pulumi.${other}.yaml.`,
      }),
    ];
    expect(told).toEqual([
      ["prod", collision("prod", "prod-eu")],
      ["prod-eu", collision("prod-eu", "prod")],
      ["staging", []],
    ]);
  });
});

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
