/** How surely an alert rings, held against outages that are played through. */
import { describe, expect, it } from "vitest";
import { chainsOf } from "../../../policies/declared/chain.ts";
import { powerOf } from "../../../policies/declared/power.ts";
import { arrivals } from "../../model/alerts/quietness/simulation.ts";
import { randomFrom } from "../../support/random.ts";
import { fixtureStacks } from "../support/fixture-stacks.ts";
import { stackOf } from "../support/stack.ts";

const stack = stackOf(fixtureStacks.prod, "prod");
function chainOf(name: string) {
  const chain = chainsOf(stack).find(({ alert }) => alert.resource.name === name);
  if (!chain) throw new Error(`there is no ${name}`);
  return chain;
}

/** The share of outages of so many minutes in which failures are more than a share and some. */
function played(
  perMinute: number,
  errorShare: number,
  { window, percent, more, minutes }: { window: number; percent: number; more: number; minutes: number },
): number {
  const random = randomFrom(31);
  const outages = 1500;
  let rung = 0;
  for (let outage = 0; outage < outages; outage++) {
    const failed: number[] = [];
    const all: number[] = [];
    for (let minute = -window; minute < minutes; minute++) {
      const share = minute < 0 ? 0.001 : errorShare;
      const [bad, good] = [arrivals(perMinute * share, random), arrivals(perMinute * (1 - share), random)];
      failed.push(bad);
      all.push(bad + good);
      const sum = (counts: readonly number[]) => counts.slice(-window).reduce((total, n) => total + n, 0);
      if (minute >= 0 && sum(failed) - (percent / 100) * sum(all) > more) {
        rung++;
        break;
      }
    }
  }
  return rung / outages;
}

describe.each([5, 15, 60, 300, 3000])("at %i requests a minute", (perMinute) => {
  it("10 % of failures within a SEV2's fifteen minutes", () => {
    const power = powerOf(chainOf("portal-error-rate-high"), stack, 0.1, perMinute);
    const rung = played(perMinute, 0.1, { window: 10, percent: 1, more: 3, minutes: 11 });
    expect(Math.abs(power - rung)).toBeLessThan(0.05);
  });

  it("a total outage within a SEV1's five minutes", () => {
    const power = powerOf(chainOf("portal-service-outage"), stack, 1, perMinute);
    const rung = played(perMinute, 1, { window: 2, percent: 50, more: 1, minutes: 3 });
    expect(Math.abs(power - rung)).toBeLessThan(0.05);
  });
});

it.each([15, 60])("1 %% of failures within a SEV3's hour, at %i requests a minute", (perMinute) => {
  const power = powerOf(chainOf("portal-error-rate"), stack, 0.01, perMinute);
  const rung = played(perMinute, 0.01, { window: 60, percent: 0.5, more: 3, minutes: 56 });
  expect(Math.abs(power - rung)).toBeLessThan(0.06);
});

it("nothing rings of what an alert does not look for", () => {
  expect(powerOf(chainOf("portal-latency-list"), stack, 1, 60)).toBe(0);
  expect(powerOf(chainOf("platform-certificate-expiry"), stack, 1, 60)).toBe(0);
  expect(powerOf(chainOf("portal-heartbeat-missed-send-reminders"), stack, 1, 60)).toBe(0);
});

it("a check rings surely for a total outage, and hardly for a part of one", () => {
  expect(powerOf(chainOf("portal-uptime-homepage"), stack, 1, 15)).toBe(1);
  expect(powerOf(chainOf("portal-uptime-homepage"), stack, 0.1, 15)).toBeLessThan(0.1);
});
