import { describe, expect, it } from "vitest";
import { loadStack } from "../../../readiness/inputs/stack-file.ts";
import { exported as read } from "../../../readiness/pulumi/exported.ts";
import { pendingCreates as creates } from "../../../readiness/pulumi/pending-creates.ts";
import { explainPending } from "../../../readiness/pulumi/pending-text.ts";
import { fixtures } from "../project.ts";

const pendingCreates = (content: unknown) => creates(read(content));
const { spec } = loadStack(fixtures, "prod");
const urnOf = (type: string, name: string) =>
  `urn:pulumi:prod::readiness::readiness:index:X$${type}::${name}`;
const operation = (type: string, name: string, inputs: object = {}, more: object = {}) => ({
  type: "creating",
  resource: { urn: urnOf(type, name), custom: true, type, inputs, ...more },
});
const exported = (...pending_operations: object[]) => ({ version: 3, deployment: { pending_operations } });
const secret = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  ciphertext: "canary",
};

describe("pending creates", () => {
  it("are none after an update that came to its end, or before the first one", () => {
    expect(pendingCreates({ version: 3, deployment: { resources: [] } })).toEqual([]);
    expect(pendingCreates({ version: 3, deployment: { pending_operations: null } })).toEqual([]);
  });

  it("are what was being created; Pulumi finishes the rest", () => {
    const database = operation("aws:rds/instance:Instance", "portal-db");
    const others = ["updating", "deleting", "reading"].map((type) => ({ ...database, type }));
    expect(pendingCreates(exported(...others, database)).map((p) => p.name)).toEqual(["portal-db"]);
  });

  it.each([
    [{ identifier: "portal-db-4f2a1c", name: "portal" }, "identifier portal-db-4f2a1c"],
    [{ tags: { product: "portal" }, name: "portal-prod" }, "name portal-prod"],
    [{ name: secret, description: "Keys of the database" }, "description Keys of the database"],
    [{ tags: {} }, undefined],
  ])("are found by what is distinct about them and no secret: %j", (inputs, mark) => {
    expect(pendingCreates(exported(operation("aws:a/b:B", "b", inputs)))).toMatchObject([{ mark }]);
  });

  it("cannot be read from another file", () => {
    expect(() => pendingCreates({ hello: "world" })).toThrow();
  });
});

describe("the explanation", () => {
  const explain = (...operations: object[]) => explainPending(pendingCreates(exported(...operations)), spec);

  it("says where to look for each, and the command that settles them all", () => {
    const type = "datadog:index/serviceLevelObjective:ServiceLevelObjective";
    const text = explain(
      operation(type, "portal-uptime", { name: "portal prod: uptime" }),
      operation("aws:s3/bucket:Bucket", "static", {}, { id: "portal-static-1a2b3c4" }),
    );
    expect(text).toContain(`- portal-uptime (${type}), https://app.datadoghq.eu: name portal prod: uptime\n`);
    expect(text).toContain(
      "Its ID: https://www.pulumi.com/registry/packages/datadog/api-docs/servicelevelobjective/#import",
    );
    expect(text).toContain(`npm run recover -- --stack prod \\
  --adopt '${urnOf(type, "portal-uptime")}=<ID>' \\
  --adopt '${urnOf("aws:s3/bucket:Bucket", "static")}=portal-static-1a2b3c4' \\
  --drop-others
`);
  });

  it.each([
    ["aws:rds/instance:Instance", "AWS in eu-central-1, eu-west-1, us-east-1: by its tags"],
    ["pagerduty:index/team:Team", "PagerDuty: by its tags"],
    ["vercel:index/project:Project", "https://vercel.com/example"],
    ["other:index/thing:Thing", ", other: "],
  ])("knows where a %s is", (type, place) => {
    expect(explain(operation(type, "a"))).toContain(place);
  });

  it("does not offer to adopt what exists in the state alone", () => {
    const text = explain(operation("random:index/randomPassword:RandomPassword", "token"));
    expect(text).toContain("nothing to look for");
    expect(text).not.toContain("--adopt");
  });

  it("does not offer to adopt what was to replace a resource that is still there", () => {
    const urn = urnOf("aws:ec2/vpc:Vpc", "network");
    const [pending_operations, resources] = [[operation("aws:ec2/vpc:Vpc", "network")], [{ urn }]];
    const text = explainPending(pendingCreates({ deployment: { pending_operations, resources } }), spec);
    expect(text).toContain("delete it by hand");
    expect(text).not.toContain("--adopt");
    const replaced = [{ urn, delete: true }];
    const [pending] = pendingCreates({ deployment: { pending_operations, resources: replaced } });
    expect(pending?.replaces).toBe(false);
  });
});
