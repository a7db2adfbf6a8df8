/** One outage as whoever is on call lives it: which incidents ring, by which alert, and what joins them untold. */
import { wordOf } from "../../policies/declared/detection.ts";
import type { Incident, Told } from "../../policies/declared/story.ts";
import { ringsFrom } from "../../policies/declared/urgency.ts";
import { clock } from "../paging/escalation-text.ts";
import { hanging, type Paint } from "../terminal/layout.ts";
import type { DrillFault } from "./timeline.ts";

/** Alerts that are named; of the others their number is told. */
const named = 3;

export interface Story {
  readonly worst: DrillFault | undefined;
  readonly story: readonly Incident[];
  readonly begun: number;
  readonly timeZone: string;
}

/** Nothing where the alert looks for no outage. */
export function storyLines(
  { worst, story, begun, timeZone }: Story,
  width: number,
  paint: Paint,
): readonly string[] {
  if (!worst?.outage || story.length === 0) return [];
  const ringing = story.filter((incident) => rings(incident, begun));
  const mailed = story.filter((incident) => !rings(incident, begun));
  const alerts = story.reduce((sum, incident) => sum + incident.alerts.length, 0);
  return [
    "",
    ...hanging(
      "",
      `One outage: where the service ${wordOf[worst.outage]}, ${alerts} alerts may open ${story.length} ` +
        `incidents, and ${ringing.length} of these ring`,
      width,
      (text) => paint("bold", text),
    ),
    ...ringing.flatMap(({ service, alerts: [first, ...joining] }) =>
      hanging(
        `  ${clock(begun + first.after * 1000, timeZone).padEnd(8)} `,
        `${nameOf(service)} rings for ${first.chain.alert.resource.name}${held(joining)}`,
        width,
      ),
    ),
    ...[...Map.groupBy(mailed, ({ service }) => service)].flatMap(([service, incidents]) =>
      hanging(
        "  e-mail   ",
        `${nameOf(service)}, ${incidents.length} ${incidents.length === 1 ? "incident" : "incidents"} of ` +
          listed(incidents.flatMap((incident) => incident.alerts)),
        width,
      ),
    ),
  ];
}

function rings({ service, alerts: [first] }: Incident, begun: number): boolean {
  const at = begun + first.after * 1000;
  return ringsFrom(service, at) === at;
}

function nameOf({ props, name }: Incident["service"]): string {
  return props.name ?? name;
}

function held(joining: readonly Told[]): string {
  return joining.length === 0 ? "" : `, which rings no more for ${listed(joining)}`;
}

function listed(alerts: readonly Told[]): string {
  const names = alerts.map(({ chain }) => chain.alert.resource.name);
  const rest = names.length - named;
  return rest > 1 ? `${names.slice(0, named).join(", ")} and ${rest} others` : names.join(", ");
}
