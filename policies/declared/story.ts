/**
 * One outage as its responders see it: which alerts tell of it, and into how many incidents PagerDuty puts them. Each
 * incident rings; an alert that joins an open one does not.
 */
import { groupedMinutes } from "../effects/pagerduty-intake.ts";
import type { Stack } from "../resource.ts";
import { type Chain, chainsAbout, type DeclaredService } from "./chain.ts";
import { deliveryOf } from "./delivery.ts";
import { detectionOf, type Outage, total } from "./detection.ts";

/** An alert of an outage, in seconds from the first failed request. */
export interface Told {
  readonly chain: Chain;
  readonly after: number;
}

export interface Incident {
  readonly service: DeclaredService;
  /** The one that opens it and rings, then those that join it. */
  readonly alerts: readonly [Told, ...Told[]];
}

/** The incidents of a total outage of a service, the first to ring first, each alert at the latest. */
export function storyOf(subject: string, outage: Outage, stack: Stack): readonly Incident[] {
  const told = chainsAbout(subject, stack)
    .flatMap((chain): readonly Told[] => {
      const detection = detectionOf(chain, outage, stack);
      return detection ? [{ chain, after: total([...detection, ...deliveryOf(chain, stack)]) }] : [];
    })
    .toSorted((a, b) => a.after - b.after);
  return [...Map.groupBy(told, ({ chain }) => chain.service)]
    .flatMap(([service, alerts]) => grouped(service, alerts))
    .toSorted((a, b) => a.alerts[0].after - b.alerts[0].after);
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
