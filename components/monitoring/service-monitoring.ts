import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import { isOfKind } from "../../model/alerts/alert.ts";
import { alertsOfService } from "../../model/alerts/catalogue.ts";
import { objectivesOf } from "../../model/alerts/objectives.ts";
import type { ServiceSpec, StackSpec } from "../../model/config/stack-spec.ts";
import { createCorrection, maintainsDatabase } from "./maintenance.ts";
import { createMonitor, createObjectiveMonitor } from "./monitor.ts";
import { createObjective, type DeclaredObjective } from "./objective.ts";
import { createLogins, createSyntheticCheck } from "./synthetic-check.ts";

export interface ServiceMonitoringArgs {
  readonly service: ServiceSpec;
  readonly spec: StackSpec;
  /** The value of a secret of the config, for checks that log in. */
  readonly secretOf: (name: string) => pulumi.Input<string>;
}

/** Everything that watches one service: Real User Monitoring, checks, objectives, monitors. */
export class ServiceMonitoring extends pulumi.ComponentResource {
  readonly service: ServiceSpec;
  /** Environment variables with which the service reports to Datadog; OpenTelemetry reads its own by itself. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  readonly objectives: readonly DeclaredObjective[];

  constructor(
    name: string,
    { service, spec, secretOf }: ServiceMonitoringArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("readiness:index:ServiceMonitoring", name, {}, opts);
    this.service = service;
    const child = { parent: this };
    const alerts = alertsOfService(service, spec);

    const checking = alerts.filter((alert) => isOfKind(alert, "check"));
    const asking = checking.map(({ signal }) => signal.check);
    const logins = createLogins(asking, service.name, spec, secretOf, child);
    const checks = checking.map((alert) => createSyntheticCheck(alert, spec, child, logins));
    const { availability, uptime, latency } = objectivesOf(service, spec);
    this.objectives = [availability, uptime, ...latency].map((objective) => ({
      objective,
      resource: createObjective(objective, service, spec, checks, child),
    }));
    for (const alert of alerts) {
      if (isOfKind(alert, "metric", "anomaly", "forecast", "rum", "ci-pipelines"))
        createMonitor(alert, spec, child);
    }
    for (const declared of this.objectives) {
      const { objective, resource } = declared;
      for (const alert of alerts.filter((a) => isOfKind(a, "burn-rate", "error-budget"))) {
        if (alert.signal.objective === objective.name) createObjectiveMonitor(alert, declared, spec, child);
      }
      if (objective.kind === "fast-requests" && maintainsDatabase(spec)) {
        createCorrection(`${service.name}-${objective.name}-maintenance`, resource, child);
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

    const { key } = new datadog.ApiKey(
      service.name,
      { name: `${spec.product}-${spec.stack}-${service.name}-telemetry` },
      child,
    );

    this.environment = {
      OTEL_SERVICE_NAME: service.name,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${spec.stack}`,
      // Datadog counts requests by the traces it gets, so it gets them all.
      OTEL_TRACES_SAMPLER: "always_on",
      // Of what comes by this address Datadog counts requests unasked; by its general one it does not.
      OTEL_EXPORTER_OTLP_ENDPOINT: `https://vercel.integrations.otlp.${spec.monitoring.site}`,
      OTEL_EXPORTER_OTLP_HEADERS: pulumi.secret(pulumi.interpolate`dd-api-key=${key}`),
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      // Datadog refuses sums that only grow.
      OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: "delta",
      // Many functions report at once: without an id of each, the last one's gauge is all that Datadog keeps.
      OTEL_NODE_RESOURCE_DETECTORS: "env,serviceinstance",
      OTEL_EXPORTER_OTLP_METRICS_HEADERS: `dd-otel-metric-config=${encodeURIComponent('{"resource_attributes_as_tags":true}')}`,
      DATADOG_SITE: spec.monitoring.site,
      DATADOG_RUM_APPLICATION_ID: rum.id,
      DATADOG_RUM_CLIENT_TOKEN: rum.clientToken,
    };
    this.registerOutputs({});
  }
}
