import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import { onCallSchemaVersion } from "../../../readiness/on-call/json.ts";
import schema from "../../../readiness/on-call/report.schema.json" with { type: "json" };
import { edit, makeProject, run } from "../project.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const folder = mkdtempSync(join(tmpdir(), "oncall-json-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const document = JSON.parse(text);
  valid(document);
  expect(valid.errors).toBeNull();
  return document;
}

const skipped = ["oncall", "--at", "2027-03-28T01:30", "--severity", "SEV2"];

describe("oncall --format json", () => {
  it("is as its schema says, and tells what the text tells", async () => {
    const [text, json] = await Promise.all([run(skipped), run([...skipped, "--format", "json"])]);
    expect([json.status, json.stderr]).toEqual([0, ""]);
    const report = read(json.stdout);
    expect(report).toMatchObject({
      schemaVersion: onCallSchemaVersion,
      stack: "prod",
      severity: "SEV2",
      at: "2027-03-28T01:30:00.000Z",
      note: expect.stringContaining("02:30 is meant"),
      rings: "2027-03-28T01:30:00.000Z",
    });
    const [primary] = report.rotations;
    expect(text.stdout).toContain(`primary  ${primary.person}, until Mon 29 Mar 2027, 09:00`);
    expect(primary).toMatchObject({ until: "2027-03-29T08:00:00.000Z", uncoveredSeconds: 0 });
    expect(primary.days.length).toBeGreaterThanOrEqual(365);
    expect(primary.days[0]).toEqual({ date: "2027-03-28", covered: 1, person: primary.person });
    expect(report.escalation.levels[1]).toMatchObject({ afterSeconds: 120, at: "2027-03-28T01:32:00.000Z" });
    for (const { told } of report.escalation.levels) {
      for (const one of told) expect(text.stdout).toContain(one);
    }
  });

  it("writes to a file and prints nothing", async () => {
    const out = join(folder, "oncall.json");
    const { status, stdout } = await run([...skipped, "--format", "json", "--out", out]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(read(readFileSync(out, "utf8")).stack).toBe("prod");
    const text = await run([...skipped, "--out", out]);
    expect(text.stdout).toBe("");
    expect(readFileSync(out, "utf8")).toContain("Twelve months of");
  });

  it("tells of announced work, and of work that is over", async () => {
    const cwd = makeProject();
    const work = (year: number) =>
      `{ from: "${year}-03-06T01:00:00Z", to: "${year}-03-06T05:00:00Z", services: [platform], reason: move }`;
    edit(
      join(cwd, "Pulumi.prod.yaml"),
      /\n( +)turnDays:/,
      `\n$1maintenance: [${work(2026)}, ${work(2027)}]\n$1turnDays:`,
    );
    const { stdout } = await run(["oncall", "--format", "json", "--at", "2027-03-06T02:00"], { cwd });
    rmSync(cwd, { recursive: true });
    const { maintenance, over } = read(stdout);
    expect(over).toEqual([expect.stringContaining("(move) is over")]);
    expect(maintenance).toMatchObject([
      { from: "2027-03-06T01:00:00.000Z", to: "2027-03-06T05:00:00.000Z", reason: "move" },
    ]);
  });

  it.each([
    [["--format", "yaml"], /--format <format>.*text, json/],
    [["--format", "json", "--out", "no/such/folder.json"], /there is no folder no\/such/],
    [["--out", "."], /is a folder/],
  ])("refuses %j", async (args, reason) => {
    const { status, stdout, stderr } = await run(["oncall", ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(reason);
  });

  it("names its schema's version", () => {
    expect(schema.properties.schemaVersion.const).toBe(onCallSchemaVersion);
    expect(schema.$id).toContain(onCallSchemaVersion);
  });
});
