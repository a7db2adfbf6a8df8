/** What error tracking and the rest of a config can be wrong about together. */
import { errorAlerts, sentryProject } from "../on-call/error-alerts.ts";
import { pagerDutyService } from "../on-call/routing.ts";
import { didYouMean } from "../suggest.ts";
import { type CrossCheck, repeated } from "./written-config.ts";

/** Of a project: getsentry/sentry, `ProjectPostSerializer`. */
const longestName = 50;

export const errorChecks: readonly CrossCheck[] = [
  function* pagerDutysServicesAreTheStacks({ errors, product, services }, _, stack) {
    if (errors.kind !== "sentry") return;
    const severities = Object.values(errorAlerts).map(({ severity }) => severity);
    const known = services.flatMap(({ name: service }) =>
      severities.map((severity) => pagerDutyService({ product, service, stack, severity })),
    );
    for (const name of Object.keys(errors.pagerDuty.services ?? {})) {
      if (known.includes(name)) continue;
      const wanted = `must be one of ${known.join(", ")}${didYouMean(name, known)}`;
      yield [["errors", "pagerDuty", "services", name], `found the key "${name}", ${wanted}`];
    }
  },

  function* pagerDutysServicesAreDistinct({ errors }) {
    if (errors.kind !== "sentry") return;
    const { services = {} } = errors.pagerDuty;
    const names = Object.keys(services);
    yield* repeated(
      Object.values(services),
      (i) => ["errors", "pagerDuty", "services", names[i] ?? ""],
      "id: each PagerDuty service has its own",
    );
  },

  function* projectsHaveShortNames({ errors, product, services }, _, stack) {
    if (errors.kind !== "sentry") return;
    for (const [i, { name: service }] of services.entries()) {
      const project = sentryProject({ product, service, stack });
      if (project.length <= longestName) continue;
      const made = `its project in Sentry would be ${project}`;
      yield [
        ["services", i, "name"],
        `found "${service}", must be shorter: ${made}, of more than ${longestName} letters`,
      ];
    }
  },

  function* reportsToOneProject({ errors, services }) {
    if (errors.kind !== "sentry") return;
    for (const [i, { secrets = [] }] of services.entries()) {
      const at = secrets.indexOf("SENTRY_DSN");
      if (at < 0) continue;
      yield [
        ["services", i, "secrets", at],
        'found "SENTRY_DSN", must be left out: the stack gives the service its own',
      ];
    }
  },
];
