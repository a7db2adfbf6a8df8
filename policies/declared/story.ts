/**
 * One outage as its responders see it: which alerts tell of it, and into how many incidents PagerDuty puts them. Each
 * incident rings; an alert that joins an open one does not.
 */
import { groupedMinutes } from "../effects/pagerduty-intake.ts";
import type { Stack } from "../resource.ts";
import { type Chain, chainsAbout, type DeclaredService } from "./chain.ts";
import { deliveryOf } from "./delivery.ts";
import { detectionOf, earliest, type Outage, total } from "./detection.ts";

/** An alert of an outage, in seconds from the first failed request. */
export interface Told {
  readonly chain: Chain;
  /** When it fires, at the earliest and at the latest, and when whoever it pages has been told, at the latest. */
  readonly earliest: number;
  readonly latest: number;
  readonly after: number;
}

export interface Incident {
  readonly service: DeclaredService;
  /** The one that opens it and rings, then those that join it. */
  readonly alerts: readonly [Told, ...Told[]];
}

/** The alerts of a service that tell of an outage, the first to tell first, each at the latest. */
export function toldOf(subject: string, outage: Outage, stack: Stack): readonly Told[] {
  return chainsAbout(subject, stack)
    .flatMap((chain): readonly Told[] => {
      const steps = detectionOf(chain, outage, stack);
      if (!steps) return [];
      const latest = total(steps);
      return [{ chain, earliest: earliest(steps), latest, after: latest + total(deliveryOf(chain, stack)) }];
    })
    .toSorted((a, b) => a.after - b.after);
}

/** The incidents of a total outage of a service, the first to ring first. */
export function storyOf(subject: string, outage: Outage, stack: Stack): readonly Incident[] {
  const opening = toldOf(subject, outage, stack).flatMap((told) =>
    [told.chain.service, ...told.chain.beside].map((service) => ({ service, told })),
  );
  return [...Map.groupBy(opening, ({ service }) => service)]
    .flatMap(([service, alerts]) =>
      grouped(
        service,
        alerts.map(({ told }) => told),
      ),
    )
    .toSorted((a, b) => a.alerts[0].after - b.alerts[0].after);
}

/** What one alert opens at one moment: whoever has to answer it is told of all at once. */
export function callsOf(incidents: readonly Incident[]): readonly (readonly [Incident, ...Incident[]])[] {
  const calls = Map.groupBy(incidents, ({ alerts: [first] }) => first);
  return [...calls.values()] as [Incident, ...Incident[]][];
}

/** Of a kind of grouping that is not known, nothing is said to join. */
function grouped(service: DeclaredService, alerts: readonly Told[]): readonly Incident[] {
  const seconds = (groupedMinutes(service.props) ?? 0) * 60;
  const incidents: [Told, ...Told[]][] = [];
  for (const alert of alerts) {
    const open = incidents.at(-1);
    if (open && alert.after < open[0].after + seconds) open.push(alert);
    else incidents.push([alert]);
  }
  return incidents.map((of) => ({ service, alerts: of }));
}
