import * as pulumi from "@pulumi/pulumi";
import { isOfKind } from "../../spec/alerts/alert.ts";
import { alertsOfPlatform } from "../../spec/alerts.ts";
import type { StackSpec } from "../../spec/config.ts";
import { createCheck } from "./check.ts";
import { createDowntime } from "./maintenance.ts";
import { createMonitor } from "./monitor.ts";

export interface PlatformMonitoringArgs {
  readonly spec: StackSpec;
}

/** Everything that watches what the services share: data stores, backups, edge, certificate, and their maintenance window. */
export class PlatformMonitoring extends pulumi.ComponentResource {
  constructor(name: string, { spec }: PlatformMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PlatformMonitoring", name, {}, opts);
    for (const alert of alertsOfPlatform(spec)) {
      if (isOfKind(alert, "metric", "forecast", "anomaly")) createMonitor(alert, spec, { parent: this });
      if (isOfKind(alert, "check")) createCheck(alert, spec, { parent: this });
    }
    createDowntime(`${name}-maintenance`, spec, { parent: this });
    this.registerOutputs({});
  }
}
