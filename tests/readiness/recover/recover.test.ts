import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { serveVendors, type Thing } from "../../support/vendors.ts";
import { run } from "../project.ts";
import { onTerminal } from "../pulumi/terminal.ts";
import { credentials, makeWorld, type Script, type World } from "../pulumi/world.ts";

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

/** A project that declares a team, which an update has stored without knowing it. */
describe("what a failed update left at the vendors", () => {
  const team = "pagerduty:index/team:Team";
  const program = `import { Team, UserContactMethod } from "@pulumi/pagerduty";
const team = new Team("portal-team", { name: "portal" });
new UserContactMethod("portal-mail", { userId: team.id, type: "email_contact_method", label: "x", address: "a" });`;
  const urn = `urn:pulumi:staging::readiness::${team}::portal-team`;
  const stored = { type: team, id: "PT1", inputs: { name: "portal" } };
  let declaring: World;
  beforeAll(() => {
    declaring = makeWorld(program);
  });
  beforeEach(() => declaring.forget());
  afterAll(() => declaring.dispose());

  const look = async (args: readonly string[], things: readonly Thing[], script: Script = {}, more = {}) => {
    const vendors = await serveVendors(() => things);
    try {
      const env = declaring.env(script, { ...vendors.env, ...more });
      return {
        ...(await run(["recover", "--stack", "staging", ...args], { cwd: declaring.cwd, env })),
        vendors,
      };
    } finally {
      vendors.close();
    }
  };
  const imported = () => declaring.calls().find((call) => call.file)?.file;

  it("is found by its name, with where it is and the command that takes it over; nothing is changed", async () => {
    const { status, stdout, stderr, vendors } = await look([], [stored]);
    expect(stderr).toBe("");
    expect(stdout).toContain(`- portal-team (${team}): PT1, https://example.pagerduty.com/teams/PT1\n`);
    expect(stdout).toContain(`npm run recover -- --stack staging \\\n  --adopt '${urn}=PT1'\n`);
    expect(stdout).toContain("delete it at the vendor, by hand");
    for (const value of Object.values(credentials)) expect(stdout).not.toContain(value);
    expect(vendors.asked).toEqual(["GET /teams"]);
    expect(declaring.commands().map(([name]) => name)).toEqual(["stack"]);
    expect(status).toBe(1);
  });

  it("is told with each of several of one name, of which a person has to choose", async () => {
    const { stdout } = await look([], [stored, { ...stored, id: "PT2" }]);
    expect(stdout).toMatch(/: PT1, .*\n- .*: PT2, /);
    expect(stdout).toContain(`  --adopt '${urn}=<ID>'\n`);
    expect(stdout.match(/--adopt/g)).toHaveLength(1);
  });

  it("is taken over by Pulumi itself where that is said", async () => {
    const adopt = ["--adopt", `${urn}=PT1`];
    expect((await look(adopt, [stored])).stderr).toMatch(/nobody to ask/);
    const { status } = await look([...adopt, "--yes"], [stored]);
    expect(imported()).toMatchObject({ resources: [{ type: team, name: "portal-team", id: "PT1" }] });
    expect(status).toBe(0);
  });

  it("is asked about on a terminal, each by itself, and then the whole", async () => {
    const vendors = await serveVendors(() => [stored]);
    const args = ["recover", "--stack", "staging"];
    const { child, ended, shows } = onTerminal(declaring, args, declaring.env({}, vendors.env));
    await shows("Adopt PT1 as portal-team (pagerduty:index/team:Team)? y, or");
    expect(declaring.commands().map(([name]) => name)).toEqual(["stack"]);
    child.stdin.write("y\n");
    await shows("Type yes to change the state of staging: ");
    child.stdin.write("yes\n");
    expect(await ended).toBe(0);
    vendors.close();
    expect(imported()).toMatchObject({ resources: [{ name: "portal-team", id: "PT1" }] });
  });

  it("is nothing where nothing has the name, or the state has what has it", async () => {
    const own = { urn: urn, type: team, id: "PT1" };
    const others = ["portal-mail"].map((name) => ({
      urn: own.urn.replace(
        `${team}::portal-team`,
        `pagerduty:index/userContactMethod:UserContactMethod::${name}`,
      ),
      type: "pagerduty:index/userContactMethod:UserContactMethod",
      id: "PC1",
    }));
    const settled = await look([], [stored], { export: { deployment: { resources: [own, ...others] } } });
    expect(settled.stdout).toBe("Nothing of staging is open.\n");
    expect((await look([], [])).stdout).toBe("Nothing of staging is open.\n");
    expect(settled.status).toBe(0);
  });

  it("is found too where Pulumi knows that it was being created, so that its id is told", async () => {
    const creates = [stored, { ...stored, id: "PT2", inputs: { name: "another" } }].map(({ inputs }) => ({
      type: "creating",
      resource: { urn: `${urn}-${inputs.name}`, type: team, inputs },
    }));
    const pending = { export: { deployment: { pending_operations: creates } } };
    const { stdout, status } = await look([], [stored], pending);
    expect(stdout).toContain(`--adopt '${urn}-portal=PT1' \\\n  --adopt '${urn}-another=<ID>'`);
    expect(status).toBe(1);
  });

  it("is not known where the vendor does not answer", async () => {
    const { status, stdout } = await look([], [], {}, { PAGERDUTY_API_URL: "http://127.0.0.1:1" });
    expect(stdout).toMatch(
      /^Nothing that could be found is open\.\n\nNot looked for:\n- .*Team: .*cannot be reached/,
    );
    expect(status).toBe(3);
  });
});
