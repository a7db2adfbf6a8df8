import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../model/config/stack-spec.ts";
import { Dashboards } from "./monitoring/dashboards.ts";
import { PlatformMonitoring } from "./monitoring/platform-monitoring.ts";
import { ServiceMonitoring, type ServiceMonitoringArgs } from "./monitoring/service-monitoring.ts";
import { StatusPage } from "./monitoring/status-page.ts";
import { Telemetry } from "./monitoring/telemetry.ts";

export interface MonitoringArgs {
  readonly spec: StackSpec;
  /** The value of a secret of the config, for checks that log in. */
  readonly secretOf: ServiceMonitoringArgs["secretOf"];
}

/**
 * What watches a stack in Datadog. Its messages name PagerDuty services that Datadog has to know first, so it
 * depends on the component that declares them.
 */
export class Monitoring extends pulumi.ComponentResource {
  readonly dashboardUrls: Dashboards["urls"];
  readonly #services: readonly ServiceMonitoring[];

  constructor(name: string, { spec, secretOf }: MonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Monitoring", name, {}, opts);
    const child = { parent: this };

    new Telemetry(name, { spec }, child);
    this.#services = spec.services.map(
      (service) => new ServiceMonitoring(`${name}-${service.name}`, { service, spec, secretOf }, child),
    );
    new PlatformMonitoring(`${name}-platform`, { spec }, child);
    new StatusPage(`${name}-status`, { spec }, child);
    this.dashboardUrls = new Dashboards(name, { spec, services: this.#services }, child).urls;

    this.registerOutputs({ dashboardUrls: this.dashboardUrls });
  }

  /**
   * Environment variables with which a service reports to Datadog.
   * @throws Error where the stack has no such service
   */
  environmentOf(service: string): ServiceMonitoring["environment"] {
    const monitored = this.#services.find((s) => s.service.name === service);
    if (!monitored) throw new Error(`nothing monitors ${service}`);
    return monitored.environment;
  }
}
