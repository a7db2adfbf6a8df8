import { expect, test } from "vitest";
import { type Declaration, Ledger } from "../../../readiness/engine/ledger.ts";

const ledger = () => new Ledger({ project: "p", stack: "s", config: {}, secretKeys: [] });
const declaration: Declaration = {
  type: "a:b:C",
  name: "c",
  parent: undefined,
  custom: true,
  inputs: {},
  id: "",
  protect: false,
  retainOnDelete: false,
  ignoreChanges: [],
  deletedWith: undefined,
  additionalSecretOutputs: [],
  provider: undefined,
  dependencies: [],
  propertyDependencies: {},
  source: undefined,
};

// As pkg/resource/deploy/providers/provider.go in pulumi/pulumi names them.
test.each([
  ["", "", "default"],
  ["7.48.0", "", "default_7_48_0"],
  ["1.2.3-alpha.1+build", "", "default_1_2_3_alpha_1_build"],
  ["5.4.1", "github://api.github.com/pulumiverse", "default_5_4_1_github_/api.github.com/pulumiverse"],
])("the default provider of version %j from %j is %j", (version, url, name) => {
  expect(ledger().defaultProvider({ package: "aws", version, url })).toBe(
    `urn:pulumi:s::p::pulumi:providers:aws::${name}`,
  );
});

test("a default provider is declared once for each version", () => {
  const book = ledger();
  for (const version of ["1.0.0", "2.0.0", "1.0.0"])
    book.defaultProvider({ package: "aws", version, url: "" });
  expect(book.registrations.map((r) => r.name)).toEqual(["default_1_0_0", "default_2_0_0"]);
});

test("URNs carry the types of all ancestors but the stack", () => {
  const book = ledger();
  const stack = book.declare({ ...declaration, type: "pulumi:pulumi:Stack" }).registration.urn;
  const parent = book.declare({ ...declaration, type: "x:y:Z", parent: stack }).registration.urn;
  const child = book.declare({ ...declaration, type: "x:y:W", parent }).registration.urn;
  expect(book.declare({ ...declaration, parent: child }).registration.urn).toBe(
    "urn:pulumi:s::p::x:y:Z$x:y:W$a:b:C::c",
  );
});

test("a parent that is not declared is refused by its URN", () => {
  expect(() => ledger().declare({ ...declaration, parent: "urn:pulumi:s::p::x:y:Z::gone" })).toThrow(
    "could not find resource urn:pulumi:s::p::x:y:Z::gone",
  );
});
