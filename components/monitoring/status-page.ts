import * as datadog from "@pulumi/datadog";
import * as pulumi from "@pulumi/pulumi";
import type { ServiceSpec, StackSpec } from "../../model/config/stack-spec.ts";

export interface StatusPageArgs {
  readonly spec: StackSpec;
}

/**
 * Where customers read what is wrong, without an account: a group for each service, in it what customers know
 * of the service. Staging's is for the team. Somebody publishes the page once, in Datadog.
 */
export class StatusPage extends pulumi.ComponentResource {
  constructor(name: string, { spec }: StatusPageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:StatusPage", name, {}, opts);
    const { product, stack, tier, services } = spec;
    const page = new datadog.StatusPage(
      name,
      {
        name: `${product} ${stack}`,
        domainPrefix: `${product}-${stack}`,
        type: tier === "production" ? "public" : "internal",
        visualizationType: "bars_and_uptime_percentage",
        subscriptionsEnabled: true,
        slackSubscriptionsEnabled: false,
      },
      { parent: this },
    );
    // A position is free only once the component before it is there.
    services.reduce<datadog.StatusPageComponent[]>(
      (before, service, position) => [
        new datadog.StatusPageComponent(
          `${name}-${service.name}`,
          {
            pageId: page.id,
            name: service.name,
            type: "group",
            position,
            components: partsOf(service).map((part, place) => ({
              name: part,
              type: "component",
              position: place,
            })),
          },
          { parent: this, dependsOn: before },
        ),
      ],
      [],
    );
    this.registerOutputs({});
  }
}

/** What customers can tell apart: the pages, and the API behind them. */
function partsOf({ pages }: ServiceSpec): readonly string[] {
  return [...Object.keys(pages).map((page) => page[0]?.toUpperCase() + page.slice(1)), "API"];
}
