import * as pulumi from "@pulumi/pulumi";
import { isOfKind } from "../../model/alerts/alert.ts";
import { alertsOfPlatform } from "../../model/alerts/catalogue.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { createDowntime, maintainsDatabase } from "./maintenance.ts";
import { createMonitor } from "./monitor.ts";
import { createSyntheticCheck } from "./synthetic-check.ts";

export interface PlatformMonitoringArgs {
  readonly spec: StackSpec;
}

/** Everything that watches what the services share: data stores, backups, edge, certificate, and their maintenance window. */
export class PlatformMonitoring extends pulumi.ComponentResource {
  constructor(name: string, { spec }: PlatformMonitoringArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:PlatformMonitoring", name, {}, opts);
    for (const alert of alertsOfPlatform(spec)) {
      if (isOfKind(alert, "metric", "forecast", "anomaly")) createMonitor(alert, spec, { parent: this });
      if (isOfKind(alert, "check")) createSyntheticCheck(alert, spec, { parent: this });
    }
    if (maintainsDatabase(spec)) createDowntime(`${name}-maintenance`, spec, { parent: this });
    this.registerOutputs({});
  }
}
