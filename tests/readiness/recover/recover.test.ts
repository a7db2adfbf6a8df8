import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { run } from "../project.ts";
import { makeWorld, type Script, type World } from "../pulumi/world.ts";

let world: World;
beforeAll(() => {
  world = makeWorld();
});
beforeEach(() => world.forget());
afterAll(() => world.dispose());

const parent = "urn:pulumi:staging::readiness::readiness:index:X::x";
const provider = "urn:pulumi:staging::readiness::pulumi:providers:aws::aws-home";
const urnOf = (name: string) =>
  `urn:pulumi:staging::readiness::readiness:index:X$aws:s3/bucket:Bucket::${name}`;
const creating = (name: string) => ({
  type: "creating",
  resource: {
    urn: urnOf(name),
    type: "aws:s3/bucket:Bucket",
    parent,
    provider: `${provider}::id`,
    inputs: {},
  },
});
const interrupted = {
  export: { deployment: { pending_operations: [creating("logs"), creating("static")] } },
};
const recover = (args: readonly string[], script: Script = interrupted) =>
  run(["recover", "--stack", "staging", ...args], { cwd: world.cwd, env: world.env(script) });
const ran = () => world.commands().map(([name]) => name);

it("has nothing to do after an update that came to its end", async () => {
  const { status, stdout } = await recover([], {});
  expect(stdout).toBe("Nothing of staging is open.\n");
  expect(ran()).toEqual(["stack"]);
  expect(status).toBe(0);
});

it("says what is open, and changes nothing unasked", async () => {
  const { status, stdout } = await recover(["--adopt", `${urnOf("logs")}=a`, "--yes"]);
  expect(stdout).toContain("- static (aws:s3/bucket:Bucket)");
  expect(stdout).not.toContain("- logs");
  expect(ran()).toEqual(["stack"]);
  expect(status).toBe(1);
});

it("adopts what exists and drops the rest", async () => {
  const { status } = await recover(["--adopt", `${urnOf("logs")}=an=id`, "--drop-others", "--yes"]);
  expect(ran()).toEqual(["stack", "import", "refresh"]);
  expect(world.calls().find((call) => call.file)?.file).toEqual({
    nameTable: { [parent]: parent, [provider]: provider },
    resources: [{ type: "aws:s3/bucket:Bucket", name: "logs", id: "an=id", parent, provider }],
  });
  expect(world.commands().at(-1)).toContain("--clear-pending-creates");
  expect(status).toBe(0);
});

it("only drops where nothing exists", async () => {
  await recover(["--drop-others", "--yes"]);
  expect(ran()).toEqual(["stack", "refresh"]);
});

it("drops nothing where the adoption fails, so that it can be tried again", async () => {
  const adopt = ["--adopt", `${urnOf("logs")}=a`, "--drop-others", "--yes"];
  const { status } = await recover(adopt, { ...interrupted, status: { import: 5 } });
  expect(ran()).toEqual(["stack", "import"]);
  expect(status).toBe(5);
});

it.each([
  ["another resource", ["--adopt", "urn:x=a"], /no such resource is open/],
  ["a resource without its ID", ["--adopt", `${urnOf("logs")}=<ID>`], /the ID is missing/],
  ["what nobody has agreed to", ["--drop-others"], /nobody to ask/],
])("refuses %s", async (_, args, message) => {
  const { status, stderr } = await recover(args);
  expect(stderr).toMatch(message);
  expect(ran()).toEqual(["stack"]);
  expect(status).toBe(2);
});
