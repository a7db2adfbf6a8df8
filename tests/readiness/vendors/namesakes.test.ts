import { afterEach, describe, expect, it } from "vitest";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { kinds } from "../../../readiness/vendors/kinds.ts";
import { namesakes, parentOf, type Wanted } from "../../../readiness/vendors/namesakes.ts";
import { serveVendors, type Thing, type Vendors } from "../../support/vendors.ts";
import { fixtures } from "../project.ts";
import { credentials } from "../pulumi/world.ts";

const { spec, config } = loadStack(fixtures, "prod");
let vendors: Vendors | undefined;
afterEach(() => vendors?.close());

/** What is found, with everything that the test says the vendors have and the state knows. */
async function look(
  wanted: readonly Wanted[],
  things: readonly Thing[],
  { known = [] as string[], refused = {}, env = {} as NodeJS.ProcessEnv } = {},
) {
  vendors?.close();
  vendors = await serveVendors(() => things, refused);
  const where = { spec, config, env: { ...credentials, ...vendors.env, ...env } };
  return await namesakes(wanted, new Set(known), where);
}

/** The inputs by which each kind is told from others, under its usual parent. */
const example = (type: string): Record<string, unknown> => {
  const { marks, under } = kinds[type] ?? { marks: {} };
  return {
    ...Object.fromEntries(
      Object.keys(marks).map((mark) => [mark, mark === "targets" ? ["production"] : "x"]),
    ),
    ...(under && { [under]: "above" }),
  };
};
const wantedOf = (type: string, more: Partial<Wanted> = {}): Wanted => ({
  urn: `urn:${type}`,
  type,
  name: "mine",
  inputs: example(type),
  parent: kinds[type]?.under && "above",
  id: undefined,
  ...more,
});
const team = "pagerduty:index/team:Team";
const monitor = "datadog:index/monitor:Monitor";

/** Where its name is what its vendor calls it, that is its id. */
const idIn = (type: string, id: string) =>
  /LogsMetric|SpansMetric|LogsIndex|ProjectDomain/.test(type) ? "x" : id;

describe("every kind", () => {
  it.each(Object.keys(kinds))(
    "%s is found by its name, with its id, and is no namesake of itself",
    async (type) => {
      const thing = { type, id: "first", inputs: example(type) };
      const other = {
        type,
        id: "other",
        inputs: { ...example(type), [Object.keys(kinds[type]?.marks ?? {})[0] ?? ""]: "y" },
      };
      const found = await look([wantedOf(type)], [other, thing]);
      expect(found).toMatchObject({ unseen: [], namesakes: [{ id: idIn(type, "first") }] });
      expect(found.namesakes).toHaveLength(1);
      expect(vendors?.asked.every((request) => request.startsWith("GET "))).toBe(true);
      await vendors?.close();
      const known = [`${type} ${idIn(type, "first")}`];
      expect((await look([wantedOf(type)], [thing], { known })).namesakes).toEqual([]);
    },
  );
});

it.each([
  ["pagerduty:index/userContactMethod:UserContactMethod", "above:first"],
  ["pagerduty:index/serviceIntegration:ServiceIntegration", "above.first"],
  ["vercel:index/project:Project", `${spec.vercel.teamId}/first`],
  ["vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", `${spec.vercel.teamId}/above/first`],
  ["vercel:index/network:Network", undefined],
  [team, "first"],
])("tells what to import a %s as", async (type, importId) => {
  const found = await look([wantedOf(type)], [{ type, id: "first", inputs: example(type) }]);
  expect(found.namesakes).toMatchObject([{ importId }]);
});

it("tells where a person sees it", async () => {
  const things = [team, monitor].map((type) => ({ type, id: "12", inputs: { name: "x" } }));
  const { namesakes: found } = await look([wantedOf(team), wantedOf(monitor)], things);
  expect(found.map(({ place }) => place).sort()).toEqual([
    "https://app.datadoghq.eu/monitors/12",
    "https://example.pagerduty.com/teams/12",
  ]);
});

it("reads a list to its end", async () => {
  const others = Array.from({ length: 250 }, (_, i) => `${1000 + i}`);
  const things = [team, monitor].flatMap((type) => [
    ...others.map((id) => ({ type, id, inputs: { name: id } })),
    { type, id: "7", inputs: { name: "x" } },
  ]);
  const { namesakes: found } = await look([wantedOf(team), wantedOf(monitor)], things);
  expect(found).toHaveLength(2);
  expect(vendors?.asked).toHaveLength(6);
});

it("knows its own by what its provider imports, too", async () => {
  const type = "vercel:index/projectDomain:ProjectDomain";
  const id = `${spec.vercel.teamId}/above/x`;
  const found = await look([wantedOf(type, { id })], [{ type, id: "x", inputs: example(type) }], {
    known: [`${type} ${id}`],
  });
  expect(found).toEqual({ namesakes: [], unseen: [] });
});

it("takes a name as it is written, and an address as its vendor writes it", async () => {
  const user = "pagerduty:index/user:User";
  const wanted = [
    wantedOf(team, { inputs: { name: "Ops" } }),
    wantedOf(user, { inputs: { email: "A@x.org" } }),
  ];
  const found = await look(wanted, [
    { type: team, id: "1", inputs: { name: "ops" } },
    { type: user, id: "2", inputs: { email: "a@x.org" } },
  ]);
  expect(found.namesakes.map(({ id }) => id)).toEqual(["2"]);
});

it("does not take a synthetic test's own monitor for one", async () => {
  const own = { type: monitor, id: "1", inputs: { name: "x", type: "synthetics alert" } };
  expect((await look([wantedOf(monitor)], [own])).namesakes).toEqual([]);
});

describe("what cannot be looked for is said", () => {
  it.each<[string, Wanted[], object, RegExp]>([
    [
      "a kind without a list",
      [wantedOf("aws:s3/bucket:Bucket")],
      {},
      /no list by name here: aws:s3\/bucket:Bucket$/,
    ],
    [
      "a vendor without credentials",
      [wantedOf(monitor)],
      { env: { DD_APP_KEY: "" } },
      /^Datadog: DD_APP_KEY is not/,
    ],
    [
      "a refusal",
      [wantedOf(team)],
      { refused: { "/teams": 403 } },
      /answered 403: the credentials are not accepted/,
    ],
    [
      "an interface that has moved",
      [wantedOf(team)],
      { refused: { "/teams": 404 } },
      /\/teams answered 404$/,
    ],
    [
      "a secret name",
      [wantedOf(team, { inputs: { name: { ciphertext: "canary" } } })],
      {},
      /name of mine is not known$/,
    ],
    [
      "a list without what is there",
      [wantedOf(team, { id: "gone" })],
      {},
      /list lacks mine, which the state has$/,
    ],
  ])("%s", async (_, wanted, options, message) => {
    const found = await look(wanted, [], options);
    expect(found.namesakes).toEqual([]);
    expect(found.unseen).toEqual([expect.stringMatching(message)]);
    for (const value of Object.values(credentials)) expect(found.unseen[0]).not.toContain(value);
  });
});

describe("what a resource is a part of", () => {
  const type = "pagerduty:index/userContactMethod:UserContactMethod";
  const ids = new Map([["urn:user", "P1"]]);

  it.each([
    [type, { userId: "P2" }, {}, "P2"],
    [type, { userId: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, { userId: ["urn:user"] }, "P1"],
    [type, {}, { userId: ["urn:another"] }, false],
    [team, {}, {}, undefined],
  ])("of %s with %j is told by its value or its link", (kind, inputs, links, parent) => {
    expect(parentOf(kind, inputs, links, ids)).toBe(parent);
  });
});
