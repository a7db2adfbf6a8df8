import { expect, it } from "vitest";
import { windowsOverlap } from "../../../policies/effects/time-window.ts";

it.each<[string, string, boolean | undefined]>([
  ["01:00-02:00", "sun:03:00-sun:04:00", false],
  ["01:00-02:00", "sun:01:30-sun:02:30", true],
  ["01:00-02:00", "sun:02:00-sun:03:00", false],
  ["23:30-00:30", "mon:00:00-mon:01:00", true],
  ["23:30-00:30", "Sun:23:00-Sun:23:30", false],
  ["00:00-00:30", "sun:23:45-mon:00:15", true],
  ["sun:23:00-mon:01:00", "mon:00:30-mon:02:00", true],
  ["00:00-00:00", "wed:12:00-wed:12:30", true],
  ["01:00-02:00", "sometimes", undefined],
  ["25:00-26:00", "sun:03:00-sun:04:00", undefined],
  ["01:00-02:00", "day:03:00-day:04:00", undefined],
])("%s and %s overlap: %s", (a, b, expected) => {
  expect(windowsOverlap(a, b)).toBe(expected);
  expect(windowsOverlap(b, a)).toBe(expected);
});
