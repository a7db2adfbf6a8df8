import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { costChanges } from "../../../readiness/plan/costs.ts";
import { planSummary, readPlan } from "../../../readiness/plan/plan.ts";
import { ended, failed, type Step, step, writeEvents } from "./events.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "readiness-events-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const planOf = (...events: readonly object[]) => readPlan(writeEvents(folder, events));
const database = "aws:rds/instance:Instance";
const vpc = "aws:ec2/vpc:Vpc";

describe("a plan", () => {
  it("lists what destroys before what does not, each resource once", () => {
    const plan = planOf(
      step({ op: "create", type: vpc, name: "new" }),
      step({ op: "create-replacement", type: vpc, name: "network" }),
      step({ op: "replace", type: vpc, name: "network", diffs: ["cidrBlock"] }),
      step({ op: "same", type: vpc, name: "other" }),
      step({ op: "refresh", type: vpc, name: "other" }),
      step({ op: "update", type: database, name: "portal-db" }),
      step({ op: "delete", type: database, name: "old-db" }),
      step({ op: "delete-replaced", type: vpc, name: "network" }),
      ended,
    );
    const changes = plan.changes.map(({ operation, name }) => `${operation} ${name}`);
    expect(changes).toEqual(["replace network", "delete old-db", "create new", "update portal-db"]);
    expect(planSummary(plan)).toBe("1 to replace, 1 to delete, 1 to create, 1 to update, 1 unchanged");
    expect(plan).toMatchObject({ complete: true, errors: [], violations: [] });
  });

  it("leaves out what is nobody's to look at", () => {
    const own = ["pulumi:pulumi:Stack", "pulumi:providers:aws", "readiness:index:Database"];
    const plan = planOf(...own.map((type) => step({ op: "create", type, name: "own" })), ended);
    expect(plan.changes).toEqual([]);
    expect(planSummary(plan)).toBe("no changes, 0 resources");
  });

  it("names changed inputs by path where the provider tells them", () => {
    const diffs = ["optionsList"];
    const change = { op: "update", type: database, name: "portal-db", diffs };
    const [coarse, fine] = [change, { ...change, paths: ["optionsList.tickEvery"] }].map(
      (s: Step) => planOf(step(s), ended).changes[0]?.properties,
    );
    expect(coarse).toEqual(["optionsList"]);
    expect(fine).toEqual(["optionsList.tickEvery"]);
  });

  it("tells what stopped the preview: mandatory policies and errors", () => {
    const policy = (enforcementLevel: string, message: string) => ({
      policyEvent: { enforcementLevel, message },
    });
    const error = (message: string, severity = "error") => ({ diagnosticEvent: { message, severity } });
    const plan = planOf(
      policy(
        "mandatory",
        "Backups are kept\nportal-db: 1 day, must be ≥ 7 (DB-02). [database-backups-retained]\n",
      ),
      policy("advisory", "can't run policy\nportal-db: unknown"),
      error("error reading quota: denied\n    at somewhere\n"),
      error("using a plugin from $PATH", "warning"),
      error("preview failed"),
      failed,
    );
    expect(plan.violations).toEqual(["portal-db: 1 day, must be ≥ 7 (DB-02). [database-backups-retained]"]);
    expect(plan.errors).toEqual(["error reading quota: denied"]);
    expect(plan.complete).toBe(false);
  });

  it("is not complete where the preview was cut off", () => {
    expect(planOf(step({ op: "same", type: vpc, name: "network" })).complete).toBe(false);
  });

  it.each([
    ["is not there", undefined, /cannot be read \(ENOENT\)/],
    ["is something else", "hello", /is no event log/],
    ["ends in the middle", '{"resourcePreEvent": {', /is no event log/],
    ["is another JSON", '{"resourcePreEvent": 1}\n', /is no event log/],
  ])("cannot be read from a file that %s", (_, text, message) => {
    const file = join(folder, "wrong.jsonl");
    rmSync(file, { force: true });
    if (text !== undefined) writeFileSync(file, text);
    expect(() => readPlan(file)).toThrow(message);
    expect(() => readPlan(file)).toThrow("npm run preview -- --events");
  });
});

describe("what changes the bill", () => {
  const costs = (...steps: readonly Step[]) =>
    costChanges(planOf(...steps.map(step), ended).changes).map(({ change, what, sizes }) => [
      change.operation,
      what,
      ...sizes,
    ]);

  it("is another size of something that is billed by it", () => {
    const before = { instanceClass: "db.t4g.medium", multiAz: false, identifier: "a", allocatedStorage: 50 };
    const after = { ...before, instanceClass: "db.m7g.large", multiAz: true, identifier: "b" };
    expect(costs({ op: "update", type: database, name: "portal-db", before, after })).toEqual([
      ["update", "RDS instance", "instanceClass db.t4g.medium → db.m7g.large", "multiAz false → true"],
    ]);
  });

  it("is how often and from where a synthetic test runs", () => {
    const type = "datadog:index/syntheticsTest:SyntheticsTest";
    const before = { locations: ["a"], optionsList: { tickEvery: 300 } };
    const after = { locations: ["a", "b"], optionsList: { tickEvery: 60 } };
    expect(costs({ op: "update", type, name: "uptime", before, after })).toEqual([
      ["update", "synthetic test runs", "locations 1 → 2", "optionsList.tickEvery 300 → 60"],
    ]);
  });

  it("is what comes and what goes, with its size", () => {
    expect(
      costs(
        { op: "create", type: database, name: "new", after: { instanceClass: "db.m7g.large" } },
        { op: "delete", type: "aws:ec2/natGateway:NatGateway", name: "old", before: { subnetId: "a" } },
      ),
    ).toEqual([
      ["delete", "NAT gateway"],
      ["create", "RDS instance", "instanceClass db.m7g.large"],
    ]);
  });

  it("is a list that has other entries, though as many as before", () => {
    const type = "aws:backup/plan:Plan";
    const steps = { op: "update", type, name: "plan", before: { rules: [1] }, after: { rules: [2] } };
    expect(costs(steps)).toEqual([["update", "backups", "rules changes"]]);
  });

  it("may be known only during the update", () => {
    const after = { instanceClass: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" };
    const before = { instanceClass: "db.m7g.large" };
    expect(costs({ op: "update", type: database, name: "portal-db", before, after })).toEqual([
      ["update", "RDS instance", "instanceClass db.m7g.large → known later"],
    ]);
  });

  it("is nothing that is free, and no other change of what is billed", () => {
    expect(
      costs(
        { op: "create", type: vpc, name: "network" },
        {
          op: "update",
          type: database,
          name: "portal-db",
          before: { tags: {} },
          after: { tags: { a: "b" } },
        },
      ),
    ).toEqual([]);
  });
});
