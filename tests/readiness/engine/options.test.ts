/** What the embedded engine makes of Pulumi's options, one program each. */
import { describe, expect, test } from "vitest";
import { named, run, unknown } from "./run.ts";

const uses = (stack: string) => run("options", { stack });

describe("providers", () => {
  test("named by a resource or its component, or the package's default", async () => {
    const result = await uses("explicit-provider");
    const { urn } = named(result, "ireland");
    expect(named(result, "names").provider).toBe(urn);
    expect(named(result, "inherits").provider).toBe(urn);
    expect(named(result, "neither").provider).toBe(named(result, "default_7_48_0").urn);
    expect(named(result, "parent").provider).toBeUndefined();
    expect(result.stack.resources.find((r) => r.name === "names")?.provider).toMatchObject({
      name: "ireland",
      props: { region: "eu-west-1" },
    });
  });

  test("written in the program itself", async () => {
    expect(named(await uses("dynamic-provider"), "dynamic").props).toMatchObject({ input: 1 });
  });
});

test("children have their parent's protection unless they say otherwise", async () => {
  const result = await uses("parent-options");
  expect(named(result, "child")).toMatchObject({ protect: true, retainOnDelete: true });
  expect(named(result, "own")).toMatchObject({ protect: false, retainOnDelete: false });
});

test("a resource that is only read has its id and no place in the stack", async () => {
  const result = await uses("get");
  expect(result.outputs).toEqual({ id: "Z123", name: unknown });
  expect(result.registrations.map((r) => r.name)).toEqual(["options-get", "default_7_48_0", "record"]);
  expect(named(result, "record").propertyDependencies["zoneId"]).toHaveLength(1);
  const [zone] = result.stack.resources.at(-1)?.propertyDependencies["zoneId"] ?? [];
  expect(zone).toMatchObject({ name: "zone", read: true });
  expect(result.stack.resources).not.toContain(zone);
  expect(() => zone?.props["comment"]).toThrow("comment was not read");
});

test("an imported resource has its id", async () => {
  expect((await uses("import")).outputs).toEqual({ id: "old" });
});

test("a resource given as an input stands for its id", async () => {
  const result = await uses("resource-as-input");
  expect(named(result, "profile").props).toEqual({ role: unknown });
  expect(named(result, "profile").propertyDependencies["role"]).toEqual([named(result, "role").urn]);
});

test("transformations change resources", async () => {
  const bucket = named(await uses("transformations"), "bucket");
  expect(bucket).toMatchObject({ protect: true, props: { tags: { owner: "team" } } });
});

test("transforms of the stack and of a parent change resources and keep secrets", async () => {
  const bucket = named(await uses("transforms"), "bucket");
  expect(bucket).toMatchObject({
    protect: true,
    props: { bucket: "name", forceDestroy: true, tags: { owner: "team" } },
    secretPaths: ["bucket"],
  });
});

test("hooks do not run", async () => {
  expect(named(await uses("hooks"), "bucket").type).toBe("aws:s3/bucket:Bucket");
});

test("resources that are declared after the program's last line count", async () => {
  expect(named(await uses("later"), "later").type).toBe("aws:s3/bucket:Bucket");
});
