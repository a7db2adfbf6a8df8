/** Outputs that are made when they are read are those that the SDK would have made. */
import type { OutputInstance } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import "../../../readiness/engine/lazy-outputs.ts";
import { rpc } from "../../../readiness/engine/sdk.ts";

type Resolve = (value: unknown, isKnown: boolean, isSecret: boolean) => void;
interface Told {
  promise(): Promise<unknown>;
  isKnown: Promise<boolean>;
  isSecret: Promise<boolean>;
}

function resource(...keys: string[]) {
  const made: Record<string, unknown> = {};
  const props = Object.fromEntries(keys.map((key) => [key, undefined]));
  const resolvers = rpc.transferProperties(made, "resource", props) as Readonly<Record<string, Resolve>>;
  const told = async (key: string) => {
    const output = made[key] as Told;
    return [await output.promise(), await output.isKnown, await output.isSecret];
  };
  return { made, resolvers, told };
}

test("an output read before the engine's answer waits for it", async () => {
  const { resolvers, told } = resource("size");
  const waiting = told("size");
  resolvers["size"]?.(3, true, false);
  expect(await waiting).toEqual([3, true, false]);
});

test("an output read after the answer has it", async () => {
  const { resolvers, told } = resource("size", "token", "arn");
  resolvers["size"]?.(3, true, false);
  resolvers["token"]?.("x", true, true);
  resolvers["arn"]?.(undefined, false, false);
  expect(await told("size")).toEqual([3, true, false]);
  expect(await told("token")).toEqual(["x", true, true]);
  expect(await told("arn")).toEqual([undefined, false, false]);
});

test("a property is the same output each time", () => {
  const { made } = resource("size");
  const output = made["size"] as OutputInstance<unknown>;
  expect(made["size"]).toBe(output);
});

test("properties are enumerable, can be set, and are given once", () => {
  const { made } = resource("size", "id", "urn");
  expect(Object.keys(made)).toEqual(["size"]);
  made["size"] = 4;
  expect(made["size"]).toBe(4);
  expect(() => rpc.transferProperties(made, "pet", { size: 1 })).toThrow("already initialized");
});
