import { FileAsset } from "@pulumi/pulumi/asset/index.js";
import { expect, test } from "vitest";
import { plainProperties, secret, type WireObject } from "../../../readiness/engine/wire.ts";
import { unknown } from "./run.ts";

// The protocol's marks: sdk/go/common/resource/sig/sig.go in pulumi/pulumi.
const sigKey = "4dabf18193072939515e22adb298388d";
const resource = (id: string | undefined): WireObject => ({
  [sigKey]: "5cf8f73096256a8f31e491e813e4eb8e",
  urn: "urn:x",
  ...(id !== undefined && { id }),
});
const output = (rest: WireObject): WireObject => ({ [sigKey]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", ...rest });

test("secrets are opened at any depth, and their paths told", () => {
  expect(
    plainProperties({ a: secret("x"), b: [{ c: secret({ d: secret(1) }) }], e: { f: null, g: true } }),
  ).toEqual({
    props: { a: "x", b: [{ c: { d: 1 } }], e: { f: null, g: true } },
    secretPaths: ["a", "b.0.c", "b.0.c.d"],
  });
});

test.each([
  [undefined, "urn:x"],
  ["i-1", "i-1"],
  ["", unknown],
  [unknown, unknown],
])("a resource with id %j stands as %j", (id, plain) => {
  expect(plainProperties({ a: resource(id) }).props).toEqual({ a: plain });
});

test("an output stands for its value", () => {
  const { props, secretPaths } = plainProperties({
    a: output({ value: 1 }),
    b: output({}),
    c: output({ value: "x", secret: true }),
  });
  expect(props).toEqual({ a: 1, b: unknown, c: "x" });
  expect(secretPaths).toEqual(["c"]);
});

test("assets stay assets", () => {
  const asset = { [sigKey]: "c44067f5952c0a294b673a41bacd8c17", path: "./a" };
  expect(plainProperties({ asset }).props["asset"]).toBeInstanceOf(FileAsset);
});
