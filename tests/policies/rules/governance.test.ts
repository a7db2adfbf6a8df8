import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { messageOf } from "../../../model/finding.ts";
import { evaluate } from "../../../policies/evaluate.ts";
import {
  storesOfCustomerData,
  typesWithoutTags,
  typesWithState,
} from "../../../policies/rules/governance/types.ts";
import { governanceRules } from "../../../policies/rules/governance.ts";
import type { Registration } from "../../../readiness/engine/registration.ts";
import { declared, stackOf, unknown } from "../support/stack.ts";

const tags = { product: "portal", environment: "prod", owner: "web", "managed-by": "pulumi" };
const provider = (name: string, props: object) => declared("pulumi:providers:aws", { ...props }, { name });
const home = provider("aws-home", { region: "eu-central-1" });
const copies = provider("aws-copies", { region: "eu-west-1" });
const component = declared("readiness:index:Database", {}, { name: "portal-db" });
const inside = { parent: component.urn, provider: home.urn, protect: true, retainOnDelete: true };
const instance = declared("aws:rds/instance:Instance", { tags }, { ...inside, name: "db" });
const vault = declared("aws:backup/vault:Vault", { tags }, { ...inside, name: "copy", provider: copies.urn });
const team = declared("pagerduty:index/team:Team", { name: "portal-prod" }, { ...inside, name: "team" });
const compliant = [home, copies, component, instance, vault, team];

/** What the rule says of the compliant stack in which `changed` replace their namesakes or are added. */
function findings(rule: string, changed: readonly Registration[] = [], stack = "prod") {
  const names = new Set(changed.map(({ name }) => name));
  const registrations = [...compliant.filter(({ name }) => !names.has(name)), ...changed];
  const of = governanceRules.filter(({ id }) => id === rule);
  return evaluate(of, stackOf(registrations, stack)).map((f) => [
    f.outcome,
    messageOf(f, stack).split(" (GOV")[0],
  ]);
}

// A stack that has nothing has nothing that it is said to do without.
const ofPrograms = governanceRules.filter(({ deployed, id }) => !deployed && id !== "parts-as-chosen");

it.each(ofPrograms.map(({ id }) => id))("%s passes the compliant stack and fails an empty one", (id) => {
  expect(findings(id)).toEqual([["pass", ""]]);
  const empty = evaluate(
    governanceRules.filter((rule) => rule.id === id),
    stackOf([home]),
  );
  expect(empty.map((f) => f.outcome)).toEqual(["fail"]);
});

it("deployment-settled looks at what is deployed alone, and tells each flaw of its resource", () => {
  const settled = (name: string, flaws: Registration["flaws"]) => ({ ...instance, name, flaws });
  const id = "deployment-settled";
  expect(findings(id)).toEqual([["not-applicable", expect.stringContaining("nothing is deployed")]]);
  expect(findings(id, [settled("db", [])])).toEqual([["pass", ""]]);
  expect(findings(id, [settled("db", [{ observed: "half made", wanted: "whole" }])])).toEqual([
    ["fail", "db: half made, must be whole"],
  ]);
  expect(findings(id, [settled("db", [{ doubt: "without an id" }])])).toEqual([
    ["unknown", "db: without an id"],
  ]);
});

it("aws-resources-tagged names every tag that is missing", () => {
  const untagged = {
    ...instance,
    props: { tags: { product: "portal", environment: "", "managed-by": "pulumi" } },
  };
  expect(findings("aws-resources-tagged", [untagged])).toEqual([
    ["fail", "db: tags lack environment, owner, must be complete"],
  ]);
  const newType = declared("aws:new/thing:Thing", {}, { name: "thing" });
  expect(findings("aws-resources-tagged", [newType])).toEqual([
    ["fail", expect.stringContaining("thing: tags lack")],
  ]);
  expect(findings("aws-resources-tagged", [{ ...instance, props: { tags: unknown } }])).toEqual([
    ["unknown", expect.stringContaining("tags")],
  ]);
});

it.each(Object.keys(tags))("aws-resources-tagged misses %s", (tag) => {
  const lacking = { ...instance, props: { tags: { ...tags, [tag]: undefined } } };
  expect(findings("aws-resources-tagged", [lacking])).toEqual([
    ["fail", `db: tags lack ${tag}, must be complete`],
  ]);
});

it("environment-tag-names-stack compares with the stack's name", () => {
  expect(findings("environment-tag-names-stack", [], "staging").map(([, message]) => message)).toEqual([
    "db: tags.environment is prod, must be staging",
    "copy: tags.environment is prod, must be staging",
  ]);
});

it.each([
  ["portal-prod", "pass"],
  ["portal.prod.request.duration", "pass"],
  ["[portal PROD] portal: slow", "pass"],
  ["portal-product", "fail"],
  ["portal", "fail"],
  [undefined, "fail"],
  [unknown, "unknown"],
])("shared-names-tell-stack takes %s: %s", (name, expected) => {
  const renamed = { ...team, props: { name } } as Registration;
  expect(findings("shared-names-tell-stack", [renamed]).map(([outcome]) => outcome)).toEqual([expected]);
});

it("stateful-resources-protected holds in production alone", () => {
  const loose = { ...vault, protect: false };
  expect(findings("stateful-resources-protected", [loose])).toEqual([
    ["fail", "copy: protect is false, must be true"],
  ]);
  expect(findings("stateful-resources-protected", [loose], "staging")).toEqual([
    ["not-applicable", "not required of a staging stack"],
  ]);
});

it.each([
  ["its data go with it", { retainOnDelete: false }, "retainOnDelete is false, must be true"],
  [
    "it goes with another resource",
    { deletedWith: vault.urn },
    "deletedWith names another resource, must be not set",
  ],
])("stateful-resources-protected fails where %s", (_, more, message) => {
  expect(findings("stateful-resources-protected", [{ ...instance, ...more }])).toContainEqual([
    "fail",
    `db: ${message}`,
  ]);
});

it("resources-inside-components wants a component of this project as the parent", () => {
  const root = declared("pulumi:pulumi:Stack", {}, { name: "root" });
  for (const parent of [undefined, root.urn, vault.urn]) {
    const found = findings("resources-inside-components", [root, { ...instance, parent }]);
    expect(found).toEqual([["fail", expect.stringContaining("db: it stands outside")]]);
  }
});

it.each([
  "aws:waf/webAcl:WebAcl",
  "aws:wafregional/webAcl:WebAcl",
  "aws:s3/bucketV2:BucketV2",
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
  "aws:ec2/launchConfiguration:LaunchConfiguration",
  "pagerduty:index/eventRule:EventRule",
  "pagerduty:index/serviceEventRule:ServiceEventRule",
  "datadog:index/downtime:Downtime",
])("resource-types-supported refuses %s", (type) => {
  expect(existsSync(sdkFile(type)), "a type of the SDK").toBe(true);
  const found = findings("resource-types-supported", [declared(type, {}, { name: "old" })]);
  expect(found).toEqual([["fail", expect.stringContaining(`old: its type is ${type}`)]]);
});

describe("customer-data-in-one-geography", () => {
  it("compares a store's own region, or its provider's, with the database's", () => {
    expect(
      findings("customer-data-in-one-geography", [{ ...vault, props: { region: "us-west-2" } }]),
    ).toEqual([["fail", "copy: its region is us-west-2, must be in eu"]]);
    const abroad = provider("aws-copies", { region: "ap-southeast-2" });
    expect(findings("customer-data-in-one-geography", [abroad])).toEqual([
      ["fail", "copy: its region is ap-southeast-2, must be in eu"],
    ]);
  });

  it("does not take a missing region for the right one", () => {
    const found = findings("customer-data-in-one-geography", [
      provider("aws-home", {}),
      provider("aws-copies", {}),
    ]);
    expect(found.map(([outcome]) => outcome)).toEqual(["fail", "fail"]);
  });
});

it("aws-provider-explicit refuses the default provider and a provider without a region", () => {
  const implicit = provider("default_7_48_0", { region: "eu-central-1" });
  for (const [provider, extra] of [
    [undefined, []],
    [implicit.urn, [implicit]],
  ] as const) {
    expect(findings("aws-provider-explicit", [...extra, { ...instance, provider }])).toEqual([
      ["fail", "db: its provider is the default one, must be one of the stack's own"],
    ]);
  }
  expect(findings("aws-provider-explicit", [provider("aws-copies", {})])).toEqual([
    ["fail", "copy: region is not set, must be set"],
  ]);
});

describe("what is known of the types", () => {
  it.each([...typesWithoutTags])("%s takes no tags", (type) => {
    expect(inputsOf(type)).not.toMatch(/^ {4}tags\?:/m);
  });

  it.each([...typesWithState].filter((type) => type.startsWith("aws:") && !typesWithoutTags.has(type)))(
    "%s takes tags and exists",
    (type) => {
      expect(inputsOf(type)).toMatch(/^ {4}tags\?:/m);
    },
  );

  it("everything that stores customer data holds state", () => {
    expect([...storesOfCustomerData].filter((type) => !typesWithState.has(type))).toEqual([]);
  });
});

/** The SDK's declaration of a type's inputs. */
function inputsOf(type: string): string {
  const text = readFileSync(sdkFile(type), "utf8");
  const start = text.indexOf(`export interface ${type.split(":").at(-1)}Args {`);
  expect(start, `${type} has inputs`).toBeGreaterThan(0);
  return text.slice(start);
}

function sdkFile(type: string): string {
  const [sdk = "", path = ""] = type.split(":");
  return join(
    import.meta.dirname,
    "../../../node_modules/@pulumi",
    sdk,
    `${path.replace("index/", "")}.d.ts`,
  );
}
