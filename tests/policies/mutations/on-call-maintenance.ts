import { type Change, type Mutation, on } from "./mutation.ts";
import { pagerduty } from "./on-call-selectors.ts";

/** Makes of a service's place in the business a window that silences the service, or another one. */
function silenced(startTime: string, endTime: string, other = (urn: string) => urn): Change {
  return (r) => ({
    ...r,
    type: "pagerduty:index/maintenanceWindow:MaintenanceWindow",
    props: { startTime, endTime },
    propertyDependencies: { services: (r.propertyDependencies["dependency"] ?? []).map(other) },
  });
}

const dependency = (severity: string) => pagerduty("ServiceDependency", new RegExp(`-${severity}$`));

/** The service whose place was made a window has none left. */
const also = ["paging-services-have-customers"];

export const maintenanceMutations: readonly Mutation[] = [
  {
    rule: "maintenance-spares-sev1",
    also,
    title: "an outage during maintenance pages nobody",
    change: on(
      pagerduty("ServiceDependency", /-platform-sev1$/),
      silenced("2026-12-05T02:00:00Z", "2026-12-05T04:00:00Z"),
    ),
  },
  {
    rule: "maintenance-ends-soon",
    also,
    title: "maintenance lasts a weekend",
    change: on(
      pagerduty("ServiceDependency", /-platform-sev2$/),
      silenced("2026-12-05T02:00:00Z", "2026-12-07T06:00:00Z"),
    ),
  },
  {
    rule: "maintenance-ends-soon",
    also,
    title: "maintenance has no end",
    change: on(pagerduty("ServiceDependency", /-platform-sev3$/), silenced("2026-12-05T02:00:00Z", "")),
  },
  {
    rule: "maintenance-ends-soon",
    also,
    title: "one window begins when the other ends",
    change: (r) =>
      on(
        dependency("platform-sev2"),
        silenced("2026-12-05T02:00:00Z", "2026-12-05T09:00:00Z"),
      )(
        on(
          dependency("platform-sev3"),
          silenced("2026-12-05T09:00:00Z", "2026-12-05T16:00:00Z", (urn) => urn.replace(/sev3$/, "sev2")),
        )(r) ?? r,
      ),
  },
  {
    rule: "maintenance-rare",
    also,
    title: "four nights of maintenance in a month",
    change: on(dependency("sev\\d"), (r) => {
      const night = `2026-12-0${r.name.at(-1)}T`;
      const services = (urn: string) => urn.replace(/-sev\d$/, "-sev2");
      return silenced(`${night}00:00:00Z`, `${night}07:00:00Z`, services)(r);
    }),
  },
];
