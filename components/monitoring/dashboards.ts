import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import { type DashboardName, dashboardTitle, datadogPages } from "../../model/alerts/links.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { business } from "./dashboards/business.ts";
import { type Monitored, operations, operationsVariables } from "./dashboards/operations.ts";
import { technical } from "./dashboards/technical.ts";

export interface DashboardsArgs {
  readonly spec: StackSpec;
  readonly services: readonly Monitored[];
}

/** The three dashboards of a stack: how it runs, what it brings, how we ship. */
export class Dashboards extends pulumi.ComponentResource {
  readonly urls: Readonly<Record<DashboardName, pulumi.Output<string>>>;

  constructor(name: string, { spec, services }: DashboardsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Dashboards", name, {}, opts);
    const create = (
      dashboard: DashboardName,
      description: string,
      widgets: datadog.types.input.DashboardWidget[],
      variables: readonly string[] = [],
    ) =>
      new datadog.Dashboard(
        `${name}-${dashboard.toLowerCase()}`,
        {
          title: dashboardTitle(spec, dashboard),
          description,
          layoutType: "ordered",
          reflowType: "auto",
          templateVariables: variables.map((v) => ({ name: v, prefix: v, defaults: ["*"] })),
          widgets,
        },
        { parent: this },
      ).url.apply((path) => new URL(path, datadogPages(spec.monitoring.site)).href);

    this.urls = {
      Operations: create(
        "Operations",
        "Is the product well right now, and if not, where does it hurt?",
        operations(spec, services),
        operationsVariables,
      ),
      Business: create("Business", "Is the product used, and does it pay?", business(spec)),
      Technical: create("Technical", "How well do we ship?", technical(spec)),
    };
    this.registerOutputs({ urls: this.urls });
  }
}
