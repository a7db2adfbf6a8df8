import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import * as sentry from "@pulumiverse/sentry";
import type { ServiceSpec, Settings, StackSpec } from "../model/config/stack-spec.ts";
import { errorAlerts, sentryProject } from "../model/on-call/error-alerts.ts";
import { pagerDutyService } from "../model/on-call/routing.ts";
import type { Severity } from "../model/on-call/severities.ts";

export interface ErrorTrackingArgs {
  readonly spec: Pick<StackSpec, "product" | "stack">;
  readonly settings: Settings<"errors", "sentry">;
  readonly service: Pick<ServiceSpec, "name" | "framework">;
  /** PagerDuty's id of the service's own service of a severity. */
  readonly pagingServiceId: (severity: Severity) => pulumi.Input<string>;
}

/** As Sentry calls what reports to it. */
const platforms: Readonly<Partial<Record<ServiceSpec["framework"], string>>> = {
  nextjs: "javascript-nextjs",
  remix: "javascript-remix",
  astro: "javascript-astro",
};

/** One service in Sentry: its project, the key with which it reports, and what PagerDuty hears of. */
export class ErrorTracking extends pulumi.ComponentResource {
  /** Where the service sends its errors. */
  readonly dsn: pulumi.Output<string>;

  constructor(name: string, args: ErrorTrackingArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ErrorTracking", name, {}, opts);
    const child = { parent: this };
    const { settings, service, spec } = args;
    const { organization } = settings;
    const slug = sentryProject({ ...spec, service: service.name });

    const project = new sentry.SentryProject(
      name,
      {
        organization,
        teams: [settings.team],
        name: slug,
        slug,
        platform: platforms[service.framework] ?? "node",
      },
      child,
    );
    const key = new sentry.SentryKey(name, { organization, project: project.id, name: spec.stack }, child);
    this.dsn = key.dsnPublic;

    for (const [id, { title, severity, conditions, everyMinutes }] of Object.entries(errorAlerts)) {
      const pages = pagerDutyService({ ...spec, service: service.name, severity });
      // Its key is for Sentry's PagerDuty integration, where a person enters it.
      new pagerduty.ServiceIntegration(
        `${name}-${id}`,
        {
          name: "Sentry",
          service: args.pagingServiceId(severity),
          type: "events_api_v2_inbound_integration",
        },
        { parent: this, additionalSecretOutputs: ["integrationKey"] },
      );
      const known = settings.pagerDuty.services[pages];
      if (known === undefined) continue;
      new sentry.SentryIssueAlert(
        `${name}-${id}`,
        {
          organization,
          project: project.id,
          name: `[${spec.product} ${spec.stack}] ${service.name}: ${title} (${severity})`,
          environment: spec.stack,
          actionMatch: "any",
          filterMatch: "all",
          frequency: everyMinutes,
          conditions: conditions.map((one) => ({ ...one })),
          filters: [{ id: "sentry.rules.filters.level.LevelFilter", match: "gte", level: "40" }],
          actions: [
            {
              id: "sentry.integrations.pagerduty.notify_action.PagerDutyNotifyServiceAction",
              account: settings.pagerDuty.account,
              service: known,
            },
          ],
        },
        child,
      );
    }
    this.registerOutputs({ dsn: this.dsn });
  }
}
