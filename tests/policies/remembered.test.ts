import { expect, it } from "vitest";
import { remembered } from "../../policies/remembered.ts";

it("asks once for each text, also where the answer is nothing", () => {
  const asked: string[] = [];
  const ask = remembered((text) => {
    asked.push(text);
    return text === "known" ? 1 : undefined;
  });
  expect(["known", "unknown", "known", "unknown"].map(ask)).toEqual([1, undefined, 1, undefined]);
  expect(asked).toEqual(["known", "unknown"]);
});
