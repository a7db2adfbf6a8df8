import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UsageError } from "../../../readiness/errors.ts";
import { parseState, readState } from "../../../readiness/inputs/state-file.ts";
import { canary, deployedResource, exported, type Json } from "../exports.ts";

const db = deployedResource("aws:rds/instance:Instance", "db", { password: canary });
const hint = "; must be what `pulumi stack export` writes";

function messageOf(text: string): string {
  try {
    parseState("state.json", text);
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    if (error instanceof UsageError) return error.message;
  }
  throw new Error("the state is not refused");
}

/** The export of one resource with a part of it replaced; undefined takes the part away. */
function spoilt(path: string, value: unknown): string {
  const state: Record<string, unknown> = JSON.parse(
    JSON.stringify(exported([db, db], { pending_operations: [] })),
  );
  const keys = path.split(".");
  const owner = keys.slice(0, -1).reduce<Record<string, unknown>>((o, k) => o[k] as never, state);
  owner[keys.at(-1) ?? ""] = value;
  return JSON.stringify(state);
}

describe("parseState", () => {
  it.each([3, 4])("reads an export of version %i", (version) => {
    const state = parseState("-", JSON.stringify({ ...exported([db]), version, features: ["taint"] }));
    expect(state.resources).toMatchObject([
      { urn: db["urn"], custom: true, delete: false, dependencies: [] },
    ]);
  });

  it("reads the checkpoint of a self-managed backend", () => {
    const checkpoint = { stack: "organization/readiness/prod", latest: exported([db])["deployment"] };
    expect(parseState("-", JSON.stringify({ version: 3, checkpoint })).resources).toHaveLength(1);
  });

  it("takes null for what is not there, as older exports have it", () => {
    const empty = { dependencies: null, propertyDependencies: null, initErrors: null, inputs: null };
    const { resources } = parseState("-", JSON.stringify(exported([{ ...db, ...empty }])));
    expect(resources).toMatchObject([
      { dependencies: [], propertyDependencies: {}, initErrors: [], inputs: {} },
    ]);
  });

  it("takes a deployment that has nothing", () => {
    const { manifest } = exported([])["deployment"] as { manifest: Json };
    const state = parseState("-", JSON.stringify({ version: 3, deployment: { manifest } }));
    expect([state.resources, state.pending_operations]).toEqual([[], []]);
  });

  it.each<[string, unknown, string]>([
    ["version", 2, "version: found 2, must be 3 or 4: an older Pulumi wrote it"],
    ["version", 5, "version: found 5, must be 3 or 4: a newer Pulumi wrote it"],
    ["version", "3", "version: found a text, must be 3 or 4"],
    ["version", undefined, "version: found nothing, must be 3 or 4"],
    ["deployment", undefined, "deployment: found nothing, must be a map"],
    ["deployment", [], "deployment: found a list, must be a map"],
    ["deployment.manifest", undefined, "deployment.manifest: found nothing, must be a map"],
    ["deployment.resources", {}, "deployment.resources: found a map, must be a list"],
    ["deployment.resources.1", null, "deployment.resources[1]: found nothing, must be a map"],
    ["deployment.resources.1.urn", 7, "deployment.resources[1].urn: found a number, must be a text"],
    ["deployment.resources.1.urn", canary, "deployment.resources[1].urn: found a text, must be a URN"],
    ["deployment.resources.1.type", undefined, "deployment.resources[1].type: found nothing, must be a text"],
    [
      "deployment.resources.0.delete",
      "yes",
      "deployment.resources[0].delete: found a text, must be true or false",
    ],
    [
      "deployment.resources.0.inputs",
      [canary],
      "deployment.resources[0].inputs: found a list, must be a map",
    ],
    [
      "deployment.resources.0.propertyDependencies",
      { kmsKeyId: [true] },
      "deployment.resources[0].propertyDependencies.kmsKeyId[0]: found true, must be a text",
    ],
    [
      "deployment.pending_operations",
      [{ type: "creating" }],
      "deployment.pending_operations[0].resource: found nothing, must be a map",
    ],
  ])("says where %s is wrong, what was found and what must be there: %j", (path, value, message) => {
    expect(messageOf(spoilt(path, value))).toBe(`--state state.json: ${message}${hint}`);
  });

  it("counts the mistakes that it does not name", () => {
    const state = exported([
      { ...db, urn: 1 },
      { ...db, urn: 2 },
      { ...db, type: 3 },
    ]);
    expect(messageOf(JSON.stringify(state))).toBe(
      `--state state.json: deployment.resources[0].urn: found a number, must be a text (and 2 more)${hint}`,
    );
  });

  it.each([
    ["", "it is empty"],
    [" \n", "it is empty"],
    ["null", "found nothing, must be a map"],
    ["[]", "found a list, must be a map"],
    ["config:\n  aws:region: eu-central-1\n", "it is not JSON"],
    [`{"version": 3,\n "deployment": ${canary}}`, "it is not JSON"],
    [`{"version": 3,\n "deployment": {"a": 1 "b"}}`, "it is not JSON from line 2, column 24 on"],
  ])("is not fooled by %j", (text, message) => {
    expect(messageOf(text)).toContain(`--state state.json: ${message}`);
  });

  it("sees an export that ends in the middle, wherever that is, and shows no part of it", () => {
    const whole = JSON.stringify(exported([db, db]), undefined, 4);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length - 1 }), (length) => {
        const message = messageOf(whole.slice(0, length));
        expect(message).not.toContain("canary");
        expect(message).toMatch(/it ends in the middle|not JSON/);
      }),
    );
    expect(messageOf(whole.slice(0, whole.length / 2))).toContain("it ends in the middle");
  });

  it("takes any JSON for a state or refuses it in one line", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const text = `{"version":3,"deployment":${json}}`;
        expect(messageOf(text)).not.toContain("\n");
      }),
    );
  });
});

describe("readState", () => {
  it("says what is wrong with a file that cannot be read", async () => {
    const folder = mkdtempSync(join(tmpdir(), "state-"));
    await expect(readState(join(folder, "none.json"))).rejects.toThrow(/none\.json: there is no such file$/);
    await expect(readState(folder)).rejects.toThrow(/is a folder, must be a file$/);
    writeFileSync(join(folder, "state.json"), JSON.stringify(exported([db])));
    expect((await readState(join(folder, "state.json"))).resources).toHaveLength(1);
    const packed = gzipSync(JSON.stringify(exported([db])));
    writeFileSync(join(folder, "prod.json.gz"), packed);
    expect((await readState(join(folder, "prod.json.gz"))).resources).toHaveLength(1);
    writeFileSync(join(folder, "prod.json.gz"), packed.subarray(0, 50));
    await expect(readState(join(folder, "prod.json.gz"))).rejects.toThrow(
      /it is compressed, and damaged or too large; must be/,
    );
    rmSync(folder, { recursive: true });
  });
});
