import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import type { Fact } from "../../../../readiness/release/log/entry.ts";
import { markdownOf } from "../../../../readiness/release/record/markdown.ts";
import schema from "../../../../readiness/release/record/record.schema.json" with { type: "json" };
import { recordOf } from "../../../../readiness/release/record/record.ts";
import { spec } from "../../proofs/house.ts";
import { begun, ended, entriesOf, judged, opened, subject } from "../log/entries.ts";

const valid = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
const now = new Date("2026-03-03T00:00:00Z");
const of = (...facts: readonly Fact[]) => recordOf(entriesOf([opened, ...facts]), spec, now);

const file = { path: "evidence/portal/x/PRE-01.json", sha256: "0".repeat(64) };
const deployed = [begun("production.deploy"), ended("production.deploy")];
const closed = (outcome: "released" | "rolled back"): Fact => ({
  event: "closed",
  outcome,
  why: "Decided | so.",
});
const records = {
  "one that is at work": of(judged("before.rules"), judged("before.release", "fail")),
  "one that was cut off": of(begun("staging.deploy"), { event: "mended", found: "{" }),
  "one that is released": of(
    ...deployed,
    { ...judged("production.go"), files: [file] } as Fact,
    closed("released"),
  ),
  "one that was taken back": of(
    ...deployed,
    ...[begun("production.watch"), ended("production.watch", 1), begun("production.watch", "once more")],
    ...[ended("production.watch", 3), begun("rollback.back"), ended("rollback.back"), closed("rolled back")],
  ),
  "one that changed": of(...deployed, { event: "changed", subject: { ...subject, services: {} } }),
} as const;

describe("a record", () => {
  it.each(Object.entries(records))("is as its schema says of %s", (_, record) => {
    valid(JSON.parse(JSON.stringify(record)));
    expect(valid.errors).toBeNull();
  });

  it("says how long each phase took, and whether that was too long", () => {
    const { phases, rollback } = records["one that was taken back"];
    expect(phases.find(({ phase }) => phase === "production")).toMatchObject({
      from: "2026-03-02T09:01:00.000Z",
      to: null,
      withinBudget: null,
    });
    expect(rollback).toMatchObject({ seconds: 60, withinBudget: true, status: 0 });
  });

  it("says when something said no, and how often a command was started", () => {
    const { phases, refusals } = records["one that was taken back"];
    expect(refusals.map(({ step, why }) => [step, ...why])).toEqual([
      ["production.watch", "It ended with 1."],
      ["production.watch", "It ended with 3."],
    ]);
    const watch = phases.flatMap(({ steps }) => steps).find(({ step }) => step === "production.watch");
    expect(watch).toMatchObject({ done: false, attempts: 2 });
  });

  it("counts nothing as done that was done for something else", () => {
    const done = records["one that changed"].phases.flatMap(({ steps }) => steps).filter((step) => step.done);
    expect(done).toEqual([]);
  });

  it("is Markdown whose cells hold whatever people wrote", () => {
    const text = markdownOf(records["one that is released"]);
    expect(text).toContain("| Verdict | released. Decided \\| so. |");
    expect(text).toContain(`| \`${file.path}\` | \`${file.sha256}\` |`);
    expect(text).toContain("| Everything is proven today, and the window is open | prod: GO | ");
    expect(text).toContain("| Deliveries | 1 in 30 days (0.2 a week), lead time 24 h 2 min, ");
  });
});
