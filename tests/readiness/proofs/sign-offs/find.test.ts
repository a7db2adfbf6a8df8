import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { checklist } from "../../../../model/checklist/checklist.ts";
import { signOffItems, signOffs } from "../../../../model/checklist/sign-offs.ts";
import { digestOf } from "../../../../readiness/proofs/canonical.ts";
import { readSignOffs, signOffFolder } from "../../../../readiness/proofs/sign-offs/folder.ts";
import type { SignOffInput } from "../../../../readiness/proofs/sign-offs/input.ts";
import {
  autumn,
  beforeWindow,
  files,
  inAutumn,
  judge,
  keys,
  otherRelease,
  release,
  signed,
  signersFrom,
  signersWith,
  signOffOf,
  spec,
  training,
  window,
} from "../house.ts";

const inWindow = { now: new Date(release.window.opens) };

describe("a sign-off", () => {
  it("by the right person, for this release and report, in time, proves its item", () => {
    expect(judge(files({}))).toEqual([
      {
        item: "GO-01",
        kind: "sign-off",
        by: "priya",
        outcome: "pass",
        subject: expect.stringContaining("releases/prod/sign-offs/GO-01.priya."),
        urn: undefined,
        observed: "",
        wanted: undefined,
        source: { file: expect.any(String), line: 1 },
        at: "2026-03-02T08:30:00Z",
        until: "2026-03-02T12:00:00.000Z",
      },
    ]);
  });

  it("of every item is possible, by the role that signs it", () => {
    for (const item of signOffItems) {
      const { role, of } = signOffs[item];
      const person = spec.people.find((p) => p.roles.includes(role))?.id ?? "";
      const bound = of === "stack" ? { release: null } : {};
      expect(judge(files({ item, role, person, ...bound })), item).toMatchObject([{ item, outcome: "pass" }]);
    }
    const provable = checklist.filter((i) => i.proof === "sign-off" && i.id !== "GOV-08").map((i) => i.id);
    expect([...signOffItems].sort()).toEqual(provable.sort());
  });

  it("of one person in three roles proves the item of their own alone", () => {
    const roles = [
      { item: "GO-01", role: "tech-lead" },
      { item: "GO-02", role: "product-lead" },
      { item: "GO-03", role: "cto" },
    ] as const;
    const found = judge(files(...roles.map((over) => ({ ...over, person: "priya" }))));
    expect(found.map(({ item, outcome, observed }) => [item, outcome, observed])).toEqual([
      ["GO-01", "pass", ""],
      ["GO-02", "fail", expect.stringContaining("priya signs as product-lead, and is tech-lead")],
      ["GO-03", "fail", expect.stringContaining("priya signs as cto, and is tech-lead")],
    ]);
  });

  it("of one person in every role is no GO: two people say it", () => {
    const roles = ["tech-lead", "product-lead", "cto"] as const;
    const people = spec.people.map((p) => (p.id === "priya" ? { ...p, roles } : p));
    const house = signersWith();
    const all = { ...house, people: house.people.map((p) => (p.person === "priya" ? { ...p, roles } : p)) };
    const by = (person: string, cto = person) =>
      files(
        { item: "GO-03", role: "cto", person: cto },
        { item: "GO-01", role: "tech-lead", person },
        { item: "GO-02", role: "product-lead", person, at: "2026-03-02T08:20:00Z" },
      );
    const told = (signOffs: SignOffInput["signOffs"]) =>
      judge(signOffs, { people, signers: all }).map((f) => `${f.item} ${f.outcome} ${f.observed}`.trim());
    expect(told(by("priya"))).toEqual([
      "GO-03 fail priya alone has signed GO-01, GO-02 and GO-03",
      "GO-01 pass",
      "GO-02 pass",
    ]);
    expect(told(by("priya").slice(1))).toEqual(["GO-01 pass", "GO-02 pass"]);
    expect(told(by("priya", "helen"))).toEqual(["GO-03 pass", "GO-01 pass", "GO-02 pass"]);
    // Who said no-go stands behind nothing.
    const no = files({ item: "GO-03", role: "cto", person: "helen", decision: "no-go" });
    expect(told([...by("priya"), ...no])).toContain(
      "GO-03 fail priya alone has signed GO-01, GO-02 and GO-03",
    );
    expect(judge(by("priya"), { people, signers: all })[0]).toMatchObject({
      wanted: "at least 2 people among the three",
      remedy: expect.stringContaining("a team of one cannot say GO for production: npm run signoff"),
    });
  });

  it("that is missing is no finding", () => {
    expect(judge([])).toEqual([]);
  });

  it("holds for the stack for a year, whatever is released", () => {
    const file = files({ ...training, at: "2025-06-01T10:00:00Z" });
    const early = { signers: signersFrom("2025-01-01"), release: undefined };
    const at = (now: string) => judge(file, { ...early, now: new Date(now) });
    expect(at("2026-06-01T10:00:00Z")).toMatchObject([
      { outcome: "pass", until: "2026-06-01T10:00:00.000Z" },
    ]);
    expect(at("2026-06-01T10:00:01Z")).toMatchObject([{ outcome: "fail", wanted: "signed within 365 days" }]);
  });

  it("may be signed after the window where it is about what follows the deployment", () => {
    const late = { now: new Date("2026-03-04T09:00:00Z") };
    const after = { item: "POST-06", at: "2026-03-04T08:00:00Z" } as const;
    expect(judge(files(after), late)).toMatchObject([{ outcome: "pass" }]);
    expect(judge(files({ at: "2026-03-04T08:00:00Z" }), late)).toMatchObject([{ outcome: "fail" }]);
  });
});

describe("the window", () => {
  it("must be open for a deployment, and only ahead for a check", () => {
    const early = files({ ...window, at: "2026-03-02T07:00:00Z" });
    expect(judge(early, { ...beforeWindow, deploying: true })).toMatchObject([{ outcome: "fail" }]);
    expect(judge(early, beforeWindow)).toMatchObject([{ outcome: "pass" }]);
    expect(judge(early, { ...inWindow, deploying: true })).toMatchObject([{ outcome: "pass" }]);
    expect(judge(early, { now: new Date(release.window.closes), deploying: true })).toMatchObject([
      { outcome: "pass" },
    ]);
  });

  it("is a matter of instants in the night in which the clocks go back", () => {
    const at = (now: string) => judge(files(inAutumn), { release: autumn, now: new Date(now) });
    expect(at("2026-10-25T01:30:00+01:00")).toMatchObject([{ outcome: "pass" }]);
    expect(at("2026-10-25T01:30:00+00:00")).toMatchObject([{ outcome: "pass" }]);
    expect(at("2026-10-25T01:31:00+00:00")).toMatchObject([{ outcome: "fail" }]);
  });
});

describe("of several sign-offs", () => {
  it("a person's newest on an item decides", () => {
    const go = { at: "2026-03-02T08:10:00Z" };
    const no = { at: "2026-03-02T08:20:00Z", decision: "no-go" } as const;
    const goAgain = { at: "2026-03-02T08:30:00Z" };
    expect(judge(files(no, go))).toMatchObject([{ outcome: "fail" }]);
    expect(judge(files(goAgain, no, go))).toMatchObject([{ outcome: "pass", at: goAgain.at }]);
    expect(
      judge(files({ ...go, decision: "no-go" }, go))
        .map((f) => f.outcome)
        .sort(),
    ).toEqual(["fail", "pass"]);
  });

  it("a forged one, or one from the future, takes no other's place", () => {
    const no = files({ decision: "no-go", at: "2026-03-02T08:20:00Z" });
    for (const newer of [
      signed(signOffOf({ at: "2026-03-02T08:40:00Z" }), keys.amara),
      signed(signOffOf({ at: "2026-03-03T08:40:00Z" })),
    ]) {
      expect(judge([...no, newer]).map((f) => f.outcome)).toEqual(["fail", "fail"]);
    }
  });

  it("one that a person signed for an earlier release gives way to theirs for this one", () => {
    const old = { release: digestOf(otherRelease), at: "2026-03-01T08:00:00Z" };
    expect(judge(files(old, {}))).toMatchObject([{ outcome: "pass" }]);
  });
});

describe("a folder of sign-offs", () => {
  it("that is not there has none; one that cannot be read may hold a no-go, and is refused", () => {
    const project = mkdtempSync(join(tmpdir(), "sign-offs-"));
    expect(readSignOffs(project, "prod")).toEqual([]);
    const folder = join(project, signOffFolder("prod"));
    mkdirSync(dirname(folder), { recursive: true });
    writeFileSync(folder, "");
    expect(() => readSignOffs(project, "prod")).toThrow(
      "releases/prod/sign-offs cannot be read (ENOTDIR), must be a folder that you may read",
    );
  });
});
