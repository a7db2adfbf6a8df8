import { describe, expect, it } from "vitest";
import { tableHtml } from "../../../readiness/stacks/html.ts";
import { type Circumstances, rowOf } from "../../../readiness/stacks/judge.ts";
import { Gathering } from "../../../readiness/stacks/table.ts";
import { tableText } from "../../../readiness/stacks/text.ts";
import { pageOf } from "../../../readiness/terminal/page.ts";
import { exported, type Json, urnOf } from "../exports.ts";

const now = Date.parse("2026-12-01T12:00:00Z");

/** A bucket of another project's, and what keeps its versions. */
function bucket(name: string, versioned: boolean): readonly Json[] {
  const at = (type: string, inputs: Json) => {
    const urn = urnOf(type, name, "prod", "shop");
    return { urn, type, custom: true, id: name, inputs, outputs: inputs };
  };
  const versioning = { bucket: name, versioningConfiguration: { status: "Enabled" } };
  return [
    at("aws:s3/bucket:Bucket", { bucket: name }),
    ...(versioned ? [at("aws:s3/bucketVersioning:BucketVersioning", versioning)] : []),
  ];
}

function row(resources: readonly Json[], locked = false, circumstances: Partial<Circumstances> = {}) {
  const locks = locked ? [{ by: "mei@laptop", since: null }] : [];
  const bytes = Buffer.from(JSON.stringify(exported(resources)));
  return rowOf({ key: "prod.json", locks, bytes }, { purpose: "change", now, ...circumstances });
}

describe("a row", () => {
  it("is GO where what exists of another project is right, and asks for nothing that is not there", () => {
    const { verdict, asked, standings, required, worst } = row(bucket("a", true));
    expect({ verdict, asked, worst }).toEqual({ verdict: "GO", asked: "existing", worst: [] });
    expect(standings).toEqual({ proven: required });
    expect(row(bucket("a", true), false, { purpose: "release" })).toMatchObject({ verdict: "GO", required });
  });

  it("of another project says of what it is GO", () => {
    const gathering = new Gathering();
    gathering.add(row(bucket("a", true)));
    const table = gathering.table("states", now);
    const options = { page: pageOf(undefined), quiet: false, purpose: "change" } as const;
    for (const render of [tableText, tableHtml]) {
      const told = [...render(table, options)].join("");
      expect(told).toContain("GO of what exists");
      expect(told).not.toMatch(/^ +GO {2}|nw">GO</m);
    }
  });

  it("is undetermined where no rule has an object but those on whatever there is", () => {
    const password = { urn: urnOf("random:index/randomPassword:RandomPassword", "x", "prod", "shop") };
    const random = {
      ...password,
      type: "random:index/randomPassword:RandomPassword",
      custom: true,
      id: "none",
    };
    expect(row([random])).toMatchObject({ verdict: "UNDETERMINED", required: 0 });
  });

  it("names what fails, the item with the most findings first", () => {
    const fails = row([...bucket("a", false), ...bucket("b", false)]);
    expect(fails).toMatchObject({
      verdict: "NO-GO",
      worst: [{ item: "EDGE-11", standing: "failing", findings: 2 }],
    });
  });

  it("is undetermined while somebody is at work on the stack", () => {
    const locked = row(bucket("a", true), true);
    const worst = [{ item: "GOV-13", standing: "undecided", findings: 1 }];
    expect(locked).toMatchObject({ verdict: "UNDETERMINED", worst });
  });

  it("is none where nothing is there, or nothing that a rule knows", () => {
    const at = (type: string, more: Json = {}) => ({ urn: urnOf(type, "x", "prod", "shop"), type, ...more });
    const config = at("kubernetes:core/v1:ConfigMap", { custom: true, id: "x" });
    const empty = { verdict: null, reason: "nothing is deployed" };
    expect(row([at("pulumi:pulumi:Stack")])).toMatchObject(empty);
    expect(row([config])).toMatchObject({ verdict: null, reason: "no rule knows a type of its resources" });
    expect(row([config, ...bucket("a", true)])).toMatchObject({ verdict: "GO", resources: 3, unlooked: 1 });
  });
});
