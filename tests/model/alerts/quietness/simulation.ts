/** A healthy service, minute by minute, with a seed: what the sums of model/alerts/quietness are held against. */
import type { Condition, Flow } from "../../../../model/alerts/quietness/window.ts";

/** How many events come in a minute: arrivals one after the other for a few, the nearest whole number for many. */
export function arrivals(mean: number, random: () => number): number {
  if (mean > 20) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    // Skewed as a Poisson variable is.
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal + (normal ** 2 - 1) / 6));
  }
  let [left, events] = [Math.exp(-mean), 0];
  for (let product = random(); product > left; product *= random()) events++;
  return events;
}

/** Events that come in runs of so many on average. */
export function arrivalsInRuns(mean: number, together: number, random: () => number): number {
  if (together <= 1) return arrivals(mean, random);
  let events = 0;
  for (let runs = arrivals(mean / together, random); runs > 0; runs--) {
    do events++;
    while (random() < 1 - 1 / together);
  }
  return events;
}

export const weekMinutes = 7 * 24 * 60;

/** How often an alert on a rolling window fires in a week, over so many weeks. */
export function simulated(
  { goodBelow, overBelow = goodBelow }: Condition,
  { bad, good, together = 1 }: Flow,
  window: number,
  weeks: number,
  random: () => number,
): number {
  const bads = new Int32Array(window);
  const goods = new Int32Array(window);
  let [badSum, goodSum, fired, firing] = [0, 0, 0, true];
  for (let minute = 0; minute < weeks * weekMinutes + window; minute++) {
    const place = minute % window;
    const [failed, passed] = [arrivalsInRuns(bad, together, random), arrivals(good, random)];
    badSum += failed - (bads[place] ?? 0);
    goodSum += passed - (goods[place] ?? 0);
    bads[place] = failed;
    goods[place] = passed;
    if (minute < window) continue;
    const fires = goodSum < goodBelow(badSum);
    if (fires && !firing) fired++;
    firing = fires || (firing && goodSum < overBelow(badSum));
  }
  return fired / weeks;
}
