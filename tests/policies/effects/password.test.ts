import { expect, it } from "vitest";
import { passwordBits } from "../../../policies/effects/password.ts";

it.each([
  [{ length: 32, special: false }, 190],
  [{ length: 64 }, 408],
  [{ length: 64, lower: false, upper: false, special: false }, 212],
  [{ length: 64, special: false, number: false }, 364],
  [{ length: 64, lower: false, upper: false, numeric: false, overrideSpecial: "aaa" }, 0],
  [{ length: 64, lower: false, upper: false, numeric: false, special: false }, 0],
])("%j: %i bits", (shape, bits) => {
  expect(Math.floor(passwordBits(shape))).toBe(bits);
});
