/** One outage as whoever is on call lives it: which incidents ring, by which alert, and what joins them untold. */
import { wordOf } from "../../policies/declared/detection.ts";
import { callsOf, type Incident, type Told } from "../../policies/declared/story.ts";
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
  const alerts = new Set(story.flatMap((incident) => incident.alerts.map(({ chain }) => chain)));
  const calls = callsOf(ringing);
  return [
    "",
    ...hanging(
      "",
      `One outage: where the service ${wordOf[worst.outage]}, ${alerts.size} alerts may tell of it, and ` +
        `${calls.length === 1 ? "1 call is" : `${calls.length} calls are`} made`,
      width,
      (text) => paint("bold", text),
    ),
    ...calls.flatMap((incidents) => {
      const [first] = incidents[0].alerts;
      return hanging(
        `  ${clock(begun + first.after * 1000, timeZone).padEnd(8)} `,
        `${incidents.map(({ service }) => nameOf(service)).join(", ")} ` +
          `${incidents.length === 1 ? "rings" : "ring together"} for ${first.chain.alert.resource.name}${held(incidents)}`,
        width,
      );
    }),
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

function held(incidents: readonly Incident[]): string {
  const joining = incidents.flatMap(({ alerts: [, ...others] }) => others);
  return joining.length === 0 ? "" : `, and no more for ${listed(joining)}`;
}

function listed(alerts: readonly Told[]): string {
  const names = [...new Set(alerts.map(({ chain }) => chain.alert.resource.name))];
  const rest = names.length - named;
  return rest > 1 ? `${names.slice(0, named).join(", ")} and ${rest} others` : names.join(", ");
}
