/** A small self-managed backend, with whatever may lie in one. */
import { mkdirSync, mkdtempSync, realpathSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { canary, exported, type Json, secretOf, urnOf } from "../exports.ts";

/** A bucket with a secret, in an export. */
export function stateOf(project: string, stack: string, more: Json = {}): Json {
  const type = "aws:s3/bucket:Bucket";
  const inputs = { tags: { owner: "web", token: secretOf({ plaintext: `"${canary}"` }) } };
  const urn = urnOf(type, "static", stack, project);
  return exported([{ urn, type, custom: true, id: "static-1", inputs, outputs: inputs }], more);
}

/** The same as a backend keeps it. */
export function checkpointOf(project: string, stack: string): Json {
  const { deployment } = stateOf(project, stack);
  return { version: 3, checkpoint: { stack: `organization/${project}/${stack}`, latest: deployment } };
}

/** A folder with these files, by path; a Buffer as it is, anything else as JSON. */
export function folderOf(files: Readonly<Record<string, Json | Buffer | string>>): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "readiness-stacks-"));
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    const asIs = typeof content === "string" || Buffer.isBuffer(content);
    writeFileSync(file, asIs ? content : JSON.stringify(content));
  }
  return folder;
}

/** Makes a file older than all others. */
export function age(file: string): void {
  utimesSync(file, 1_600_000_000, 1_600_000_000);
}

export const gzipped = (content: Json): Buffer => gzipSync(JSON.stringify(content));

/** Two stacks of a project, one of them locked; one that is damaged, one that is empty, one out of its place. */
export const backendFiles = {
  ".pulumi/meta.yaml": "version: 1\n",
  ".pulumi/stacks/shop/prod.json": checkpointOf("shop", "prod"),
  ".pulumi/stacks/shop/prod.json.bak": canary,
  ".pulumi/stacks/shop/prod.json.attrs": canary,
  ".pulumi/stacks/shop/dev.json.gz": gzipped(checkpointOf("shop", "dev")),
  ".pulumi/stacks/billing/prod.json": `{"version": 3, "checkpoint": {"latest": {"x": "${canary}`,
  ".pulumi/stacks/new/dev.json": { version: 3, checkpoint: { stack: "organization/new/dev" } },
  ".pulumi/stacks/left.json": checkpointOf("shop", "left"),
  ".pulumi/locks/organization/shop/prod/4f2c.json": {
    pid: 4711,
    username: "mei",
    hostname: "laptop",
    timestamp: "2026-03-02T09:20:30.123456+01:00",
  },
  ".pulumi/history/shop/prod/prod-1.checkpoint.json": canary,
  ".pulumi/backups/shop/prod/prod.1.json": canary,
} as const;
