import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../../model/checklist/checklist.ts";
import { neededItems, needOf } from "../../../../model/checklist/needs.ts";
import { messageOf } from "../../../../model/finding.ts";
import { good } from "./measures.ts";
import { earlier, keys, now, portalCommit, proofs, release, Shelf, spec } from "./shelf.ts";

function full(): Shelf {
  const shelf = new Shelf();
  for (const item of neededItems) {
    for (const made of proofs[item]) shelf.put(item, made);
  }
  return shelf;
}

describe("evidence that holds", () => {
  it("proves each part of every item that needs it, with when and until when", async () => {
    const findings = await full().judge();
    expect(findings.filter(({ outcome }) => outcome !== "pass")).toEqual([]);
    for (const item of neededItems) {
      const { parts, hours } = needOf(item);
      const own = findings.filter((f) => f.item === item);
      expect(own, item).toHaveLength(parts.length);
      for (const { by, kind, at, until, observed } of own) {
        expect(by).toMatch(/^tool 1\.2\.3/);
        expect(kind).toBe(checklist.find(({ id }) => id === item)?.proof);
        expect([at, observed]).toEqual([earlier, ""]);
        const end = hours.release === null ? undefined : Date.parse(earlier) + hours.release * 3_600_000;
        expect(until && Date.parse(until)).toBe(end);
      }
    }
  });

  it("is judged the same for up, where it is fresh", async () => {
    const findings = await full().judge({ occasion: "update" });
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(["pass"]));
  });

  it("is needed by every item that evidence proves", () => {
    const proven = checklist.filter(({ proof }) => proof === "evidence").map(({ id }) => id);
    expect(proven.filter((id) => !neededItems.some((item) => item === id))).toEqual([]);
  });
});

describe("no evidence", () => {
  it("has no finding: nothing is proven, and nothing failed", async () => {
    expect(await new Shelf().judge()).toEqual([]);
  });

  it.each(neededItems)("of the others leaves %s the only one with findings", async (item) => {
    const shelf = new Shelf();
    for (const made of proofs[item]) shelf.put(item, made);
    expect(new Set((await shelf.judge()).map((f) => f.item))).toEqual(new Set([item]));
  });

  it("of one part fails where another part has some", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-01", { measures: [good.tests], suite: "unit" });
    const [unit, e2e] = await shelf.judge();
    expect(unit?.outcome).toBe("pass");
    expect(e2e && messageOf(e2e, "prod")).toBe(
      "portal: portal has no end-to-end tests, must be handed in too (PRE-01). Hand the end-to-end tests in anew: " +
        "`npm run evidence -- collect --item PRE-01 --service portal --source ../portal --sign KEY --suite e2e --format playwright-json --exit-code $? FILE`",
    );
  });

  it("of one service fails where another service has some", async () => {
    const [portal] = spec.services;
    if (!portal) throw new Error("the fixture has no service");
    const services = [portal, { ...portal, name: "billing" }];
    const commits = {
      ...release.services,
      billing: { commit: "b".repeat(40), deployment: null, authors: [] },
    };
    const shelf = full();
    const findings = await shelf.judge({
      spec: { ...spec, services },
      release: { ...release, services: commits },
    });
    const all = findings.filter(({ outcome }) => outcome === "fail");
    const failed = all.filter(({ item }) => item !== "PRE-18");
    expect(new Set(failed.map(({ subject }) => subject))).toEqual(new Set(["billing"]));
    // Its own name in the DNS is one more that the stack asks for.
    expect(all.find(({ item }) => item === "PRE-18")?.observed).toContain(
      "billing.origin.portal.example.com",
    );
    expect(failed.find(({ item }) => item === "PRE-03")?.observed).toBe("billing has no build");
    // The stack's own are not asked of each service.
    expect(failed.some(({ item }) => item === "INC-02")).toBe(false);
  });

  it("of a service that the release does not have fails", async () => {
    const findings = await full().judge({ release: { ...release, services: {} } });
    const failed = findings.filter(({ item }) => item === "PRE-03");
    expect(failed.map(({ outcome, wanted }) => [outcome, wanted])).toEqual([
      ["fail", "of prod, with portal"],
    ]);
  });

  it("is not what a release of another stack finds", async () => {
    const findings = await full().judge({ release: { ...release, stack: "staging" } });
    expect(new Set(findings.map(({ outcome }) => outcome))).toEqual(new Set(["fail"]));
  });
});

describe("a folder that cannot be read", () => {
  it.each([
    ["is a file", (shelf: Shelf) => writeFileSync(join(shelf.directory, "portal"), "")],
    [
      "has a commit that is a file",
      (shelf: Shelf) => {
        mkdirSync(join(shelf.directory, "portal"));
        writeFileSync(join(shelf.directory, "portal", portalCommit), "");
      },
    ],
  ])("because it %s fails every item of the service", async (_, spoil) => {
    const shelf = full();
    rmSync(join(shelf.directory, "portal"), { recursive: true });
    spoil(shelf);
    const findings = await shelf.judge();
    const own = findings.filter(({ subject }) => subject === "evidence/portal");
    const ofService = neededItems.filter((item) => needOf(item).of === "service");
    expect(own.map(({ item, outcome }) => [item, outcome])).toEqual(ofService.map((item) => [item, "fail"]));
    expect(own[0]?.observed).toMatch(/cannot be read \(ENOTDIR\)$/);
  });
});

describe("of several statements", () => {
  const failed = { ...good.command, exitCode: 1 };
  const build = async (shelf: Shelf) =>
    (await shelf.judge()).map(({ outcome, observed }) => [outcome, observed]);

  it("a newer failure beats an older success", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-03", { measures: [good.command], at: "2026-03-02T07:00:00.000Z" });
    shelf.put("PRE-03", { measures: [failed], at: "2026-03-02T07:00:00.001Z" });
    expect(await build(shelf)).toEqual([["fail", "`npm run build` ended with 1"]]);
  });

  it("a newer success beats an older failure", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-03", { measures: [failed], at: "2026-03-02T07:00:00.000Z" });
    shelf.put("PRE-03", { measures: [good.command], at: "2026-03-02T07:00:00.001Z" });
    expect(await build(shelf)).toEqual([["pass", ""]]);
  });

  it("of the same time the failure decides", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-03", { measures: [failed], name: "PRE-03.a.20260302T080000000Z.json" });
    shelf.put("PRE-03", { measures: [good.command], name: "PRE-03.b.20260302T080000000Z.json" });
    expect(await build(shelf)).toEqual([["fail", "`npm run build` ended with 1"]]);
  });

  it("an unsigned one among signed ones is refused, and hides no failure before it", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-03", { measures: [failed], at: "2026-03-02T07:00:00.000Z" });
    shelf.put("PRE-03", { measures: [good.command], at: "2026-03-02T07:00:00.001Z", key: null });
    expect(await build(shelf)).toEqual([["fail", "it is not signed"]]);
  });

  it("those of other commits do not count, nor does it matter what is wrong with them", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-03", { measures: [failed], commit: "c".repeat(40), at: "2026-03-02T08:30:00.000Z" });
    shelf.put("PRE-03", { measures: [good.command], commit: "d".repeat(40), edit: () => "{" });
    shelf.put("PRE-03", { measures: [good.command] });
    expect(await build(shelf)).toEqual([["pass", ""]]);
  });

  it("those of other environments do not count", async () => {
    const shelf = new Shelf();
    const [made] = proofs["POST-04"];
    if (!made) throw new Error("there is no proof");
    shelf.put("POST-04", made);
    const staging = { environment: "staging", deployment: "dpl_2" } as const;
    const at = "2026-03-02T08:30:00.000Z";
    shelf.put("POST-04", {
      ...made,
      predicate: staging,
      measures: [{ ...good.tests, failed: 1, passed: 10 }],
      at,
    });
    expect(await build(shelf)).toEqual([["pass", ""]]);
  });
});

describe("age", () => {
  const limited = neededItems.flatMap((item) =>
    (["release", "update"] as const).flatMap((occasion) => {
      const hours = needOf(item).hours[occasion];
      return hours === null ? [] : [[item, occasion, hours] as const];
    }),
  );

  it.each(limited)("of %s for %s ends after %d hours, to the second", async (item, occasion, hours) => {
    const outcomes = await Promise.all(
      [-1, 0, 1].map(async (seconds) => {
        const shelf = new Shelf();
        const at = new Date(now.getTime() - hours * 3_600_000 - seconds * 1000).toISOString();
        // A key of back then, since the statement is handed in at that time.
        for (const made of proofs[item]) shelf.put(item, { ...made, at });
        const signers = { people: [], evidence: [signer("portal"), signer("platform")] };
        return (await shelf.judge({ occasion, signers }))[0];
      }),
    );
    expect(outcomes.map((f) => f?.outcome)).toEqual(["pass", "pass", "fail"]);
    expect(outcomes[2]?.wanted).toMatch(/^not older than \d+ (days|hours) \(/);
  });

  const signer = (service: string) => ({
    service,
    key: keys.ci.line.split(" ").slice(0, 2).join(" "),
    from: "2020-01-01",
  });

  it("counts from the database of an audit, where that is older", async () => {
    const shelf = new Shelf();
    const [command] = proofs["PRE-05"][0]?.measures ?? [];
    const databaseFrom = "2026-03-01T08:59:59.000Z";
    if (command) shelf.put("PRE-05", { measures: [command, { ...good.vulnerabilities, databaseFrom }] });
    expect((await shelf.judge({ occasion: "update" }))[0]).toMatchObject({
      outcome: "fail",
      observed: `what it rests on is of ${databaseFrom}`,
    });
    expect((await shelf.judge())[0]).toMatchObject({ outcome: "pass", at: databaseFrom });
  });
});

describe("schema", () => {
  const schema = "5".repeat(64);
  const old = { commit: "e".repeat(40), predicate: { schema } };

  it("binds migrations and query plans of an older commit to the released one", async () => {
    const shelf = new Shelf();
    shelf.put("PRE-14", { measures: [good["query-plans"]], ...old });
    shelf.put("PRE-03", { measures: [good.command], predicate: { schema } });
    const found = (await shelf.judge()).find(({ item }) => item === "PRE-14");
    expect(found?.outcome).toBe("pass");
  });

  it.each([
    ["another one", { predicate: { schema: "6".repeat(64) } }],
    ["none", {}],
    ["the same, unsigned", { predicate: { schema }, key: null }],
  ])("of the released commit being %s, it does not", async (_, over) => {
    const shelf = new Shelf();
    shelf.put("PRE-14", { measures: [good["query-plans"]], ...old });
    shelf.put("PRE-03", { measures: [good.command], ...over });
    const found = (await shelf.judge()).find(({ item }) => item === "PRE-14");
    expect([found?.outcome, found?.observed]).toEqual(["fail", `it is of commit ${old.commit}`]);
  });
});
