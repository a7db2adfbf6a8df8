import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { run } from "../project.ts";
import { temporary } from "./support.ts";

const program = `
  import * as aws from "@pulumi/aws";
  import * as vercel from "@pulumiverse/vercel";
  new aws.s3.Bucket("logs", { forceDestroy: false });
  new vercel.Project("site", {});
`;

it("a Terraform plan holds what is declared, and standard error tells what it does not hold", async () => {
  const cwd = temporary(program);
  const { stdout, stderr, status } = await run(["check", "--format", "terraform-plan"], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({
    resource_changes: [{ address: "aws_s3_bucket.logs", change: { after: { force_destroy: false } } }],
  });
  expect(stderr).toBe(
    "staging: the Terraform plan leaves out resources whose Terraform names are not known here: 1 of vercel\n",
  );
  expect(status).toBe(1);
});

it("a Terraform plan may stand beside a report", async () => {
  const cwd = temporary(program);
  const asked = ["--format", "terraform-plan", "--out", "plan.json", "--format", "json"];
  const { stdout } = await run(["check", ...asked], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: expect.any(String) });
  expect(JSON.parse(readFileSync(join(cwd, "plan.json"), "utf8"))).toMatchObject({ format_version: "1.2" });
});

it("there is no Terraform plan of a stack that cannot be evaluated", async () => {
  const cwd = temporary("throw new Error('broken')");
  const { stdout, stderr, status } = await run(["check", "--format", "terraform-plan"], { cwd });
  expect(stdout).toBe("");
  expect(stderr).toContain("broken");
  expect(status).not.toBe(0);
});

it.each([
  [["--all"], "--format terraform-plan tells of one stack: name one with --stack"],
  [["--state", "state.json"], "--format terraform-plan tells what is declared: leave --state out"],
])("a Terraform plan is refused with %j", async (options, message) => {
  const { stderr, status } = await run(["check", ...options, "--format", "terraform-plan"]);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
