import { expect, it } from "vitest";
import { declarationOf } from "../../model/declaration.ts";
import { chosenParts, partKinds, parts, usualParts, withoutObject } from "../../model/parts.ts";

it("are those that the config names by kind", () => {
  expect(chosenParts((part) => ({ kind: partKinds[part].at(-1) })).edge).toEqual({ kind: "vercel" });
});

it("count as the kind of which most is asked where nothing that can be understood is said", () => {
  for (const said of [undefined, null, "none", [], { kind: 3 }, { kind: "no" }, { because: "of it" }])
    expect(chosenParts(() => said)).toEqual(usualParts);
  expect(parts.map((part) => usualParts[part].kind)).toEqual(parts.map((part) => partKinds[part][0]));
  const texts = ["{", "none", '"none"', "[]"].map((text) => declarationOf(() => text).parts);
  expect(texts).toEqual(texts.map(() => usualParts));
});

it("leave without object what needs another kind, and say why", () => {
  const chosen = chosenParts((part) => part === "cache" && { kind: "none", because: "nothing is slow" });
  expect(withoutObject({ cache: ["valkey"] }, chosen)).toBe("the cache is none: nothing is slow");
  expect(withoutObject({ edge: ["vercel"], cache: ["valkey", "none"] }, chosen)).toBe(
    "the edge is cloudfront",
  );
  expect(withoutObject({ cache: ["none"] }, chosen)).toBeUndefined();
  expect(withoutObject(undefined, chosen)).toBeUndefined();
});
