import { describe, expect, it } from "vitest";
import { nothing, placesIn, withValue, written } from "../../../readiness/mutate/places.ts";

const statement = { Effect: "Allow", Action: "s3:*" };
const props = {
  name: "portal",
  rules: [{ ports: [80, 443] }, { ports: [] }],
  policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
  message: "[portal prod] is down",
};

describe("the places of a resource's inputs", () => {
  it("are every value and every part of it, also within text that is JSON", () => {
    expect(placesIn(props).map(({ path }) => written(path))).toEqual([
      "name",
      "rules",
      "rules.0",
      "rules.0.ports",
      "rules.0.ports.0",
      "rules.0.ports.1",
      "rules.1",
      "rules.1.ports",
      "policy",
      "policy.Version",
      "policy.Statement",
      "policy.Statement.0",
      "message",
    ]);
  });

  it("are named alike for every element of a list, and every key that people choose", () => {
    const tagged = placesIn({ ...props, tags: { owner: "web" } });
    const names = new Map(tagged.map(({ path, name }) => [written(path), name]));
    expect(names.get("rules.1.ports")).toBe("rules.*.ports");
    expect(names.get("tags.owner")).toBe("tags.*");
  });
});

describe("a copy with another value", () => {
  it("differs in that place alone", () => {
    const changed = withValue(props, ["rules", 0, "ports", 1], 22);
    expect(changed).toEqual({ ...props, rules: [{ ports: [80, 22] }, { ports: [] }] });
  });

  it("has no key that is deleted and no element that is dropped", () => {
    expect(withValue(props, ["rules", 0, "ports"], nothing)).toEqual({
      ...props,
      rules: [{}, { ports: [] }],
    });
    expect(withValue(props, ["rules", 1], nothing)).toEqual({ ...props, rules: [{ ports: [80, 443] }] });
  });

  it("keeps a list that comes into an element's place whole", () => {
    expect(withValue([["a"], ["b"]], [0], ["c", "d"])).toEqual([["c", "d"], ["b"]]);
  });

  it("leaves text that was JSON as text that is JSON", () => {
    const changed = withValue(props, ["policy", "Statement", 0], {
      ...statement,
      Action: "*",
    }) as typeof props;
    expect(JSON.parse(changed.policy)).toEqual({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "*" }],
    });
  });
});
