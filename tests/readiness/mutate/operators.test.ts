import { describe, expect, it } from "vitest";
import { unknownValue } from "../../../readiness/engine/wire.ts";
import { changesOf, type Standing } from "../../../readiness/mutate/operators.ts";
import { nothing } from "../../../readiness/mutate/places.ts";

function changes(value: unknown, over: Partial<Standing> = {}): Readonly<Record<string, unknown>> {
  return Object.fromEntries(changesOf(value, { key: "value", element: false, required: false, ...over }));
}

describe("a value is weakened by its shape:", () => {
  it("a switch is turned", () => {
    expect(changes(true)).toEqual({ deleted: nothing, flipped: false });
  });

  it("a number goes to its extremes", () => {
    expect(changes(35)).toEqual({ deleted: nothing, zero: 0, "very large": 1e9, "very small": 1 });
    expect(changes(0)).toEqual({ "very large": 1e9, "very small": 1 });
  });

  it("a text goes, or comes to be nothing", () => {
    expect(changes("portal")).toEqual({ deleted: nothing, emptied: "" });
  });

  it.each([
    ["10.0.0.0/16", "0.0.0.0/0"],
    ["fd00::/8", "::/0"],
    ["arn:aws:iam::123456789012:policy/bounds", "arn:aws:iam::aws:policy/AdministratorAccess"],
    ["arn:aws:kms:eu-central-1:123456789012:key/1", "arn:aws:kms:eu-central-1:999999999999:foreign"],
    ["https://portal.example.com/api", "http://elsewhere.example.org/"],
    ["portal.example.com", "elsewhere.example.org"],
    ["somebody@example.com", "somebody@elsewhere.example.org"],
  ])("%s becomes somebody else's %s", (text, other) => {
    expect(changes(text)["foreign"]).toBe(other);
  });

  it.each(["cache.r7g.large", "incident.resolved", "urn:a:b", "portal"])("%s is nobody's", (text) => {
    expect(changes(text)).not.toHaveProperty("foreign");
  });

  it.each([
    ["Enabled", "Disabled"],
    ["off", "on"],
    ["low", "high"],
  ])("%s becomes its opposite, %s", (text, other) => {
    expect(changes(text)["reversed"]).toBe(other);
  });

  it("a number that is text stays text", () => {
    expect(changes("2000")).toMatchObject({ zero: "0", "very large": "1000000000", "very small": "1" });
  });

  it("a reference becomes a literal of the kind that its key names", () => {
    expect(changes(unknownValue, { key: "kmsKeyId" })).toEqual({
      deleted: nothing,
      foreign: "foreign-0a1b2c3d4e",
    });
    expect(changes(unknownValue, { key: "permissionsBoundary" })["foreign"]).toContain("AdministratorAccess");
    expect(changes(unknownValue, { key: "roleArn" })["foreign"]).toMatch(/^arn:aws:sts::999999999999:/);
    expect(changes(unknownValue, { key: "policy" })["foreign"]).toMatchObject({
      Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "*" }],
    });
  });

  it.each<[string, readonly unknown[], unknown]>([
    ["cidrBlocks", ["10.0.0.0/16"], "0.0.0.0/0"],
    ["cidrBlocks", [], "0.0.0.0/0"],
    ["actions", ["s3:GetObject"], "*"],
    ["securityGroupIds", [unknownValue], "foreign-0a1b2c3d4e"],
    ["ports", [443], 1e9],
    ["grants", [{ public: false, to: "10.0.0.0/8" }], { public: true, to: "0.0.0.0/0" }],
  ])("a list %s gets one more element as lax as its siblings' shape allows", (key, list, more) => {
    expect(changes(list, { key })["widened"]).toEqual([...list, more]);
  });

  it.each<[string, readonly unknown[]]>([
    ["events", ["created", "deleted"]],
    ["actions", ["*"]],
    ["grants", [{ to: "everybody" }]],
  ])("a list %s gets none that its vendor does not know, or that is there", (key, list) => {
    expect(changes(list, { key })).not.toHaveProperty("widened");
  });

  it("a list of statements is widened by one that allows everything", () => {
    const list = [{ Effect: "Deny", Action: "s3:*" }];
    expect(changes(list)["widened"]).toEqual([
      ...list,
      { Effect: "Allow", Principal: { AWS: "*" }, Action: "*", Resource: "*" },
    ]);
  });

  it("a list and a group of values are emptied, once", () => {
    expect(changes(["a"])["emptied"]).toEqual([]);
    expect(changes({ a: 1 })["emptied"]).toEqual({});
    expect(changes([])).not.toHaveProperty("emptied");
    expect(changes({})).not.toHaveProperty("emptied");
  });
});

describe("what nobody can deploy, or what comes to the same, is left out:", () => {
  it("a deletion without which the program does not compile", () => {
    expect(changes(true, { required: true })).toEqual({ flipped: false });
  });

  it("a group that has to hold something, and is empty", () => {
    expect(changes({ from: 1 }, { filled: true })).toEqual({ deleted: nothing });
  });

  it("a deletion that leaves the default in place", () => {
    expect(changes(false, { standard: "false" })).toEqual({ flipped: true });
    expect(changes(false)).toEqual({ flipped: true });
    expect(changes(false, { standard: "true" })).toHaveProperty("deleted");
    expect(changes(7, { standard: "7" })).not.toHaveProperty("deleted");
    expect(changes(8, { standard: "7" })).toHaveProperty("deleted");
  });

  it("a word that has to stand and is empty, though not a text", () => {
    expect(changes("portal", { required: true })).toEqual({});
    expect(changes("portal", { element: true })).toEqual({ dropped: nothing });
    expect(changes("portal is down", { required: true })).toEqual({ emptied: "" });
  });
});
