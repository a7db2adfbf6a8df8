import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import { isOfKind } from "../../spec/alerts/alert.ts";
import { type Objective, objectivesOf } from "../../spec/alerts/objectives.ts";
import { alertsOfService } from "../../spec/alerts.ts";
import type { ServiceSpec, StackSpec } from "../../spec/config.ts";
import type { EndpointClass } from "../../spec/service-levels.ts";
import { createCheck } from "./check.ts";
import { createMonitor, createObjectiveMonitor } from "./monitor.ts";
import { createObjective } from "./objective.ts";

export interface ServiceMonitoringArgs {
  readonly service: ServiceSpec;
  readonly spec: StackSpec;
}

/** A service's objectives, as dashboards show them. */
export interface ServiceObjectives {
  readonly availability: datadog.ServiceLevelObjective;
  readonly uptime: datadog.ServiceLevelObjective;
  readonly latency: ReadonlyMap<EndpointClass, datadog.ServiceLevelObjective>;
}

/** Everything that watches one service: Real User Monitoring, checks, objectives, monitors. */
export class ServiceMonitoring extends pulumi.ComponentResource {
  readonly service: ServiceSpec;
  /** Environment variables with which the service reports to Datadog; OpenTelemetry reads its own by itself. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly objectives: ServiceObjectives;

  constructor(
    name: string,
    { service, spec }: ServiceMonitoringArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("readiness:index:ServiceMonitoring", name, {}, opts);
    this.service = service;
    const child = { parent: this };
    const alerts = alertsOfService(service, spec);

    const checks = alerts
      .filter((alert) => isOfKind(alert, "check"))
      .map((alert) => createCheck(alert, spec, child));
    this.objectives = createObjectives(service, spec, checks, child);
    for (const alert of alerts) {
      if (isOfKind(alert, "metric", "rum", "ci-pipelines")) createMonitor(alert, spec, child);
      if (isOfKind(alert, "burn-rate", "error-budget")) {
        createObjectiveMonitor(alert, this.objectives[alert.signal.objective], spec, child);
      }
    }
    const rum = new datadog.RumApplication(
      service.name,
      {
        name: `${spec.product}-${spec.stack}-${service.name}`,
        type: "browser",
        rumEventProcessingState: "ALL",
      },
      // Every visitor's browser gets the token, and still it is nothing to print in a log.
      { ...child, additionalSecretOutputs: ["clientToken"] },
    );

    this.environment = {
      OTEL_SERVICE_NAME: service.name,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${spec.stack}`,
      // Datadog counts requests by the traces it gets, so it gets them all.
      OTEL_TRACES_SAMPLER: "always_on",
      DATADOG_SITE: spec.monitoring.site,
      DATADOG_RUM_APPLICATION_ID: rum.id,
      DATADOG_RUM_CLIENT_TOKEN: rum.clientToken,
    };
    this.registerOutputs({});
  }
}

function createObjectives(
  service: ServiceSpec,
  spec: StackSpec,
  checks: readonly datadog.SyntheticsTest[],
  opts: pulumi.CustomResourceOptions,
): ServiceObjectives {
  const { availability, uptime, latency } = objectivesOf(service, spec);
  const create = (objective: Objective) => createObjective(objective, service.name, spec, checks, opts);
  return {
    availability: create(availability),
    uptime: create(uptime),
    latency: new Map(latency.map((objective) => [objective.endpointClass, create(objective)])),
  };
}
