import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../../readiness/run-command.ts";
import { stacks } from "../../../readiness/stacks/stacks.ts";
import { canary } from "../exports.ts";
import { inProcess } from "../in-process.ts";
import { backendFiles } from "./backend.ts";
import { accessKey, type FakeS3, fakeS3 } from "./fake-s3.ts";

const credentials = {
  AWS_ACCESS_KEY_ID: accessKey,
  AWS_SECRET_ACCESS_KEY: canary,
  AWS_REGION: "eu-central-1",
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
};

const objects = Object.fromEntries(
  Object.entries(backendFiles).map(([path, content]) => {
    const asIs = typeof content === "string" || Buffer.isBuffer(content);
    return [`teams/web/${path}`, asIs ? content : JSON.stringify(content)] as const;
  }),
);

describe("check of a backend in S3", () => {
  let s3: FakeS3;
  beforeAll(async () => {
    const denied = { "teams/web/.pulumi/stacks/shop/audit.json": null };
    s3 = await fakeS3("acme-state", { ...objects, ...denied, "elsewhere/.pulumi/stacks/a/b.json": "" });
  });
  afterAll(() => s3.stop());

  const checked = (backend: string, env: Readonly<Record<string, string>> = {}) => {
    const outputs = [{ format: "json", out: undefined }] as const;
    const options = { state: [], stack: [], purpose: undefined, quiet: false, conditional: false };
    return inProcess(() => runCommand(() => stacks({ ...options, outputs, backend }, "/")), {
      ...credentials,
      AWS_ENDPOINT_URL: s3.url,
      ...env,
    });
  };

  it("finds the stacks of a prefix, page by page, with the credentials of the environment", async () => {
    const { status, stdout, stderr } = await checked("s3://acme-state/teams/web");
    expect(stderr).toBe("");
    const table = JSON.parse(stdout);
    expect(table.source).toBe("s3://acme-state/teams/web");
    expect(table.counts).toMatchObject({ "NO-GO": 2, "not judged": 4 });
    const row = (stack: string) => table.stacks.find((r: { file: string }) => r.file.endsWith(stack));
    expect(row("shop/prod.json")).toMatchObject({ verdict: "NO-GO", locks: [{ by: "mei@laptop" }] });
    expect(row("shop/dev.json.gz")).toMatchObject({ verdict: "NO-GO" });
    expect(row("shop/audit.json")).toMatchObject({
      verdict: null,
      reason: "it cannot be read: AccessDenied: AccessDenied. (it takes s3:GetObject)",
    });
    expect(stdout).not.toContain(canary);
    expect(status).toBe(1);
    const strange = s3.asked.filter((line) => /history|backups|elsewhere|\.bak|\.attrs/.test(line));
    expect(strange).toEqual([]);
  });

  it("reads what the address says, before the environment", async () => {
    const query = `endpoint=${new URL(s3.url).host}&disableSSL=true&s3ForcePathStyle=true&region=us-east-1`;
    const { stdout } = await checked(`s3://acme-state/teams/web?${query}`, {
      AWS_ENDPOINT_URL: "http://127.0.0.1:9",
    });
    expect(JSON.parse(stdout).counts).toMatchObject({ "NO-GO": 2 });
  });

  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ["s3://acme-state", { AWS_ACCESS_KEY_ID: "AKIDOTHER" }, /cannot be listed: .*InvalidAccessKeyId/],
    ["s3://acme-other", {}, /cannot be listed: NoSuchBucket/],
    ["s3://acme-state/nowhere", {}, /has no states/],
  ])("%s with %j exits 2 with one line", async (backend, env, message) => {
    const { status, stdout, stderr } = await checked(backend, env);
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(stderr).not.toContain(canary);
    expect([status, stdout]).toEqual([2, ""]);
  });
});
