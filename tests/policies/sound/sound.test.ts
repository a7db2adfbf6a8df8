import { describe, expect, it } from "vitest";
import {
  alike,
  between,
  filled,
  ifSet,
  is,
  like,
  oneOf,
  reference,
  type SoundProperties,
  unlooked,
  unsound,
  whereSet,
} from "../../../policies/sound/sound.ts";
import { resourceOf, unknown } from "../support/stack.ts";

function found(props: Readonly<Record<string, unknown>>, properties: SoundProperties) {
  return unsound(resourceOf("test:index:Thing", props), properties).map((f) =>
    "doubt" in f ? f.doubt : `${f.observed}, must be ${f.wanted}`,
  );
}

describe("a property", () => {
  it.each([
    ["equal", is(443), 443, 80, "port is 80, must be 443"],
    ["one of several", oneOf("gp3", "io2"), "io2", "standard", "port is standard, must be gp3 or io2"],
    ["at least", between(25, Number.POSITIVE_INFINITY), "100", 24, "port is 24, must be ≥ 25"],
    ["within bounds", between(1, 30, "days"), 30, 31, "port is 31, must be 1 to 30 days"],
    ["a number in a text", between(1, 30), "7", "", "port is , must be 1 to 30"],
    [
      "of a form",
      like(/^https:/, "an https address"),
      "https://a",
      "http://a",
      "port is http://a, must be an https address",
    ],
    ["filled", filled, ["a"], [], "port is empty, must be set"],
    ["a reference", reference, "vpc-1", "", "port is , must be a resource of this stack"],
  ])("may be %s", (_, sound, good, bad, message) => {
    expect(found({ port: good }, { port: sound })).toEqual([]);
    expect(found({ port: bad }, { port: sound })).toEqual([message]);
    expect(found({}, { port: sound })).toEqual([`port is not set, must be ${sound.wanted}`]);
    expect(found({}, { port: ifSet(sound) })).toEqual([]);
  });

  it("that is not known yet is undecided, unless it is another resource's", () => {
    expect(found({ port: unknown }, { port: is(443) })).toEqual(["port is not known yet"]);
    expect(found({ port: unknown }, { port: reference })).toEqual([]);
  });
});

it("is judged by nobody where nobody has looked, whatever it is", () => {
  expect(found({ import: "secret", b: undefined }, alike(["import", "b", "c"], unlooked))).toEqual([
    "nobody has looked at what its import leads to",
  ]);
});

it("is sound where nothing is said, if its table says so", () => {
  const sound = whereSet({ port: is(443), "to.*.port": is(443) });
  expect(found({}, sound)).toEqual([]);
  expect(found({ port: null, to: [{}] }, sound)).toEqual([]);
  expect(found({ port: 80, to: [{ port: 1 }] }, sound)).toHaveLength(2);
});

describe("a path", () => {
  it("may have dots within a key", () => {
    expect(found({ "rds.force_ssl": "0" }, { "rds\\.force_ssl": is("1") })).toEqual([
      "rds.force_ssl is 0, must be 1",
    ]);
  });

  it("is asked of each element of a list, and of each value of a map", () => {
    const rules = [{ on: true }, { on: false }, {}];
    expect(found({ rules }, { "rules.*.on": is(true) })).toEqual([
      "rules.1.on is false, must be true",
      "rules.2.on is not set, must be true",
    ]);
    expect(found({ sets: { a: 1, b: 2 } }, { "sets.*": is(1) })).toEqual(["sets.b is 2, must be 1"]);
  });

  it("says nothing where that which it is a part of is not there", () => {
    expect(found({}, { "schedule.zone": is("UTC"), "rules.*.on": is(true) })).toEqual([]);
    expect(found({ schedule: unknown }, { "schedule.zone": is("UTC") })).toEqual([]);
  });
});
