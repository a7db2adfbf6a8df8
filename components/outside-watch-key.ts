import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";

export interface OutsideWatchKeyArgs {
  /** PagerDuty's id of the service that rings for outages. */
  readonly pagingServiceId: pulumi.Input<string>;
}

/** The way to a phone for a watch that no part of the stack is: PagerDuty's Events API, by a key that Datadog has not. */
export class OutsideWatchKey extends pulumi.ComponentResource {
  readonly key: pulumi.Output<string>;

  constructor(name: string, args: OutsideWatchKeyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:OutsideWatchKey", name, {}, opts);
    const integration = new pagerduty.ServiceIntegration(
      name,
      {
        name: "Outside watch",
        service: args.pagingServiceId,
        type: "events_api_v2_inbound_integration",
      },
      { parent: this, additionalSecretOutputs: ["integrationKey"] },
    );
    this.key = pulumi.secret(integration.integrationKey);
    this.registerOutputs({});
  }
}
