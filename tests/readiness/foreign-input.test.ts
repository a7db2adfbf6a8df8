import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { evaluate } from "../../policies/evaluate.ts";
import { present } from "../../policies/expect.ts";
import { resourceType } from "../../policies/resource.ts";
import { resourceRule } from "../../policies/rule.ts";
import { located } from "../../readiness/errors.ts";
import { parseJson } from "../../readiness/foreign-json.ts";
import { deployed } from "../../readiness/inputs/deployed-stack.ts";
import { parseState } from "../../readiness/inputs/state-file.ts";
import { parseYaml } from "../../readiness/inputs/yaml-file.ts";
import { deployedResource, exported, secretOf } from "./exports.ts";
import { makeProject, run } from "./project.ts";

const secret = "hunter2";
const deep = (levels: number) => "[".repeat(levels) + "]".repeat(levels);

describe("a secret that is no JSON", () => {
  const instance = resourceType<{ readonly password: object }>("aws:rds/instance:Instance");
  const rule = resourceRule({
    id: "needs-a-password",
    item: "DB-01",
    type: instance,
    check: ({ props }) => present(props, "password"),
  });

  it.each([secret, `{"password": ${secret}}`, `"${secret}`, deep(200_000)])(
    "is unknown, and no word of it is told: %.20s",
    (plaintext) => {
      const password = secretOf({ plaintext });
      const state = exported([deployedResource(instance.token, "db", { password })]);
      const stack = deployed(parseState("s", JSON.stringify(state)), "s", {
        project: "readiness",
        stack: undefined,
      });
      const findings = evaluate([rule], stack);
      expect(findings.map((f) => f.outcome)).toEqual(["unknown"]);
      expect(JSON.stringify(findings)).not.toContain(secret);
    },
  );

  it("is not in an error of whatever place", () => {
    const error = (() => {
      try {
        return JSON.parse(secret);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(String(error)).toContain(secret);
    expect(located(error)).not.toContain(secret);
  });
});

describe("JSON that others wrote", () => {
  it.each([
    [secret, "is not JSON"],
    [`{"a": ${secret}}`, "is not JSON"],
    [`{"a": "${secret}`, "ends in the middle"],
    [`{"a": "${secret}"} ${secret}`, "is not JSON from line 1, column 18 on"],
    [deep(200_000), "is nested more than 1000 levels deep"],
    [`{"a":`.repeat(200_000), "is nested more than 1000 levels deep"],
  ])("%.20s %s", (text, said) => {
    expect(() => parseJson(text)).toThrow(new RegExp(`^${said}$`));
  });

  it("is what it is", () => {
    expect(parseJson('{"a": ["[[[[", {"b": null}]}')).toEqual({ a: ["[[[[", { b: null }] });
  });
});

describe("YAML that others wrote", () => {
  const laughs = Array.from(
    { length: 12 },
    (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}*a${i}]`,
  );

  it.each([
    ["an alias of what it stands in", "a: &a [*a]\n", "an alias of what it stands in"],
    ["a map that holds itself", "a: &a { b: { c: *a } }\n", "an alias of what it stands in"],
    ["a billion laughs", ["a0: &a0 ha", ...laughs].join("\n"), "its aliases multiply beyond all bounds"],
    ["lists in lists", deep(200_000), "nested too deep"],
    ["lists in lists that the parser follows", deep(500), "nested too deep"],
    ["maps in maps", `${"{a: ".repeat(100_000)}`, "not valid YAML"],
  ])("%s is told in one line", (_, text, said) => {
    for (const dialect of ["pulumi", "plain"] as const) {
      const file = parseYaml(text, dialect);
      expect(file).toMatchObject({ fault: { message: expect.stringContaining(said) } });
      expect("fault" in file && file.fault.message).not.toContain("\n");
    }
  });
});

describe("a command with a foreign file", () => {
  let cwd: string;
  beforeAll(() => {
    cwd = makeProject();
  });

  const state = (inputs: string) =>
    `{"version":3,"deployment":{"manifest":{"time":"t"},"resources":[{"urn":"urn:pulumi:prod::readiness::a::b","type":"a","inputs":{"x":${inputs}}}]}}`;
  const report = (stacks: unknown) => JSON.stringify({ schemaVersion: "2.0", stacks, notEvaluated: [] });
  const check = ["check", "--state"];
  const comment = ["comment", "--report"];
  const backtest = ["backtest", "--stack", "prod", "--trace"];

  it.each<[what: string, args: readonly string[], content: string, said: string]>([
    ["a state that nests", check, state(deep(200_000)), "nested more than 1000 levels deep"],
    ["a state that is no JSON", check, secret, "it is not JSON"],
    ["a list for a report", comment, "[]", "is no report"],
    ["other JSON for a report", comment, '{"stacks": 1}', "is no report"],
    ["a report of numbers", comment, report([1]), "is no report"],
    ["a report of nothing", comment, report([{ stack: "prod", verdict: "GO" }]), "is no report"],
    [
      "another verdict",
      comment,
      report([{ stack: "x", verdict: "[GO](javascript:alert(1))" }]),
      "is no report",
    ],
    [
      "a report that nests",
      comment,
      report([{ stack: "prod", verdict: "GO", x: 0 }]).replace("0}", `${deep(9_999)}}`),
      "is no report",
    ],
    [
      "a trace of maps",
      backtest,
      '[{"time": {"a": 1}, "x": {"b": 2}}, {"time": [], "x": []}]',
      "cannot be used",
    ],
    ["a trace that nests", backtest, deep(200_000), "nested more than 1000 levels deep"],
    ["a trace that is no JSON", backtest, `[${secret}`, "is not JSON"],
  ])("%s is told plainly, with 2", async (_, args, content, said) => {
    const file = join(cwd, "foreign.json");
    writeFileSync(file, content);
    const { status, stdout, stderr } = await run([...args, file], { cwd });
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/internal error|\n {4}at |hunter2|javascript/);
    expect(stderr.split("\n").length).toBeLessThan(12);
    expect(stdout).toBe("");
    expect(status).toBe(2);
  });
});
