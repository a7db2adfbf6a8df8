import { describe, expect, it } from "vitest";
import { unknownSecret } from "../../../policies/unknown-value.ts";
import { listStacks, loadStack, readStackFile } from "../../../readiness/inputs/stack-file.ts";
import { edited, errorIn, errorOf, folder, lineOf } from "../check/wrong-config-support.ts";
import { fixtures } from "../project.ts";

/** The fixtures' `Pulumi.prod.yaml` with more keys. */
const withKeys = (...lines: readonly string[]) =>
  edited(["config:\n", `config:\n${lines.map((l) => `  ${l}\n`).join("")}`]);

it("a stack file gives the settings of a stack", () => {
  const { spec, secretKeys } = loadStack(fixtures, "prod");
  expect(spec).toMatchObject({ stack: "prod", product: "portal", region: "eu-central-1" });
  expect(spec.services.map((s) => s.name)).toEqual(["portal"]);
  expect(secretKeys).toEqual([]);
});

it("the stacks are those that have a stack file", () => {
  expect(listStacks(fixtures)).toEqual(["prod", "staging"]);
});

describe("a stack file", () => {
  /** What `pulumi config --json` of Pulumi 3.250 says of the same file. */
  it.each([
    ["5", "5"],
    ["8.0", "8"],
    ["1e3", "1000"],
    ["1_000", "1000"],
    ["0777", "511"],
    ["0o17", "15"],
    ["0x1F", "31"],
    ["0b11", "3"],
    ["true", "true"],
    ["yes", "yes"],
    ["on", "on"],
    ["null", ""],
    ["", ""],
    ["2025-01-06T08:00:00Z", "2025-01-06 08:00:00 +0000 UTC"],
    ["2025-01-06", "2025-01-06 00:00:00 +0000 UTC"],
    ["1:30", "1:30"],
    ['"7"', "7"],
    ["[1, a, null]", '[1,"a",null]'],
    ["{}", "{}"],
    ["{ f: 8.0, t: 2025-01-06, y: yes }", '{"f":8,"t":"2025-01-06 00:00:00 +0000 UTC","y":"yes"}'],
    ["{ a: &a { b: 1 }, c: *a, d: { <<: *a, e: 2 } }", '{"a":{"b":1},"c":{"b":1},"d":{"b":1,"e":2}}'],
  ])("with %s is read as Pulumi reads it", (yaml, value) => {
    const dir = folder({ "Pulumi.dev.yaml": `config:\n  x:y: ${yaml}\n` });
    expect(readStackFile(dir, "dev").config).toEqual({ "x:y": value });
  });

  it("knows the line of each setting, or of what is around it", () => {
    const text = "# head\nconfig:\n  a:b:\n    - c: 1\n      d: &d\n        e: 1\n    - *d\n  f:g: {h: 1}\n";
    const { locate } = readStackFile(folder({ "Pulumi.dev.yaml": text }), "dev");
    expect(locate(["a:b"])).toBe(3);
    expect(locate(["a:b", 0, "c"])).toBe(4);
    expect(locate(["a:b", 0, "d", "e"])).toBe(6);
    expect(locate(["a:b", 1, "e"])).toBe(6);
    expect(locate(["a:b", 7])).toBe(3);
    expect(locate(["f:g", "h", "i"])).toBe(8);
    expect(locate(["x:y"])).toBe(2);
  });

  it.each(["", "# nothing yet\n", "config:\n", "config: {}\n"])(
    "without settings (%j) lacks them all",
    (text) => {
      const paths = errorOf(text).issues.map((i) => i.path);
      expect(paths).toContain("aws:region");
      expect(paths).toContain("readiness:people");
    },
  );

  it.each([
    ["# head\nconfg: {}", "did you mean it by `confg:`?", 2],
    ["# head\n\nconfig: [a]", "found no map under `config:`", 3],
    ["encryptionsalt: v1", "found no map under `config:`", 1],
    ["- a", "found no map under `config:`", 1],
    ["hello", "found no map under `config:`", 1],
  ])("that is %j says so, with the line", (text, message, line) => {
    const [issue, ...others] = errorOf(text).issues;
    expect(issue?.message).toContain(message);
    expect(issue?.place).toBe(`Pulumi.prod.yaml:${line}`);
    expect(others).toEqual([]);
  });

  it.each(["product", "readiness:config:product"])("with the key %s asks for a namespace", (key) => {
    const [issue] = errorOf(withKeys(`${key}: x`)).issues;
    expect(issue?.path).toBe(key);
    expect(issue?.message).toContain("must be one such as readiness:product");
  });
});

describe("a missing stack file", () => {
  it("tells which there are, and which was meant", () => {
    const dir = folder({ "Pulumi.prod.yaml": "", "Pulumi.staging.yaml": "" });
    const { message } = errorIn(dir, "prd");
    expect(message).toContain("Pulumi.prd.yaml cannot be used");
    expect(message).toContain('stack files for prod, staging; did you mean "prod"?');
  });

  it.each(["prod", "../prod"])("in a folder without any is an error that can be read: %s", (stack) => {
    expect(errorIn(folder({}), stack).message).toContain("there is no stack file");
    expect(errorIn("/nowhere/at/all", stack).message).toContain("there is no stack file");
  });

  it("is not one that cannot be read", () => {
    const dir = folder({});
    expect(errorIn(dir, "/..").message).toMatch(/no such file|cannot be read/);
  });
});

describe("secrets", () => {
  const encrypted = "{ secure: v1:Q2lwaGVydGV4dA==:abc }";

  it("stay unknown, and their keys are named", () => {
    const file = withKeys(`secrets:API_KEY: ${encrypted}`, `x:y: { z: [1, ${encrypted}] }`);
    const { config, secretKeys } = loadStack(folder({ "Pulumi.prod.yaml": file }), "prod");
    expect(secretKeys).toEqual(["secrets:API_KEY", "x:y"]);
    expect(config["secrets:API_KEY"]).toBe(unknownSecret);
    expect(config["x:y"]).toBe(JSON.stringify({ z: [1, unknownSecret] }));
    expect(JSON.stringify(config)).not.toContain("Q2lwaGVydGV4dA");
  });

  it("in plain text are refused, and never shown", () => {
    const file = withKeys("secrets:API_KEY: hunter2");
    const { issues, message } = errorOf(file);
    expect(issues.map((i) => [i.path, i.place])).toEqual([
      ["secrets:API_KEY", `Pulumi.prod.yaml:${lineOf("secrets:API_KEY", file)}`],
    ]);
    expect(message).toContain("pulumi config set --secret secrets:API_KEY");
    expect(message).not.toContain("hunter2");
  });

  it("do not belong among the settings", () => {
    const { issues } = errorOf(edited(["teamSlug: example", `teamSlug: ${encrypted}`]));
    expect(issues.map((i) => i.path)).toEqual(["readiness:vercel"]);
    expect(issues.map((i) => i.message).join()).not.toContain("Q2lwaGVydGV4dA");
  });

  it("of a service must have a value", () => {
    const wanted = edited(["      path: /\n", "      path: /\n      secrets: [API_KEY]\n"]);
    expect(errorOf(wanted).issues).toMatchObject([
      {
        path: "readiness:services[0].secrets[0]",
        message: expect.stringContaining("pulumi config set --secret secrets:API_KEY"),
      },
    ]);
    const given = wanted.replace("config:\n", `config:\n  secrets:API_KEY: ${encrypted}\n`);
    expect(loadStack(folder({ "Pulumi.prod.yaml": given }), "prod").secretKeys).toEqual(["secrets:API_KEY"]);
  });
});
