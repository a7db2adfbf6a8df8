/** components/outside-watch.ts in any language. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { OutsideWatch as Component } from "../components/outside-watch.ts";
import { awsIn } from "../components/providers.ts";
import { domain } from "../model/config/forms.ts";
import { line } from "../model/config/languages.ts";
import { checked } from "./checked.ts";
import { owned, ownership } from "./owned.ts";

export interface OutsideWatchArgs {
  /** Name of the product, and the team that owns it: tags. */
  product: string;
  owner: string;
  /** staging or production, where the stack's name does not tell. */
  tier?: string;
  /** Host name that customers use, and the path that answers `"healthy"`. */
  domain: string;
  healthPath: string;
  /** The site does not answer yet. */
  pending?: boolean;
  /** PagerDuty's id of the service that rings for outages. */
  pagingServiceId: pulumi.Input<string>;
}

/** Rings for an outage without Datadog: Route 53 asks for the service's health, CloudWatch rings PagerDuty. */
export class OutsideWatch extends pulumi.ComponentResource {
  constructor(name: string, args: OutsideWatchArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:OutsideWatch", name, {}, opts);
    const { pagingServiceId, ...plain } = args;
    const { pending, domain, healthPath, ...whose } = checked(settings, plain);
    const child = { parent: this };
    const usEast1 = awsIn(`${name}-us-east-1`, "us-east-1", child);
    const watched = { domain, healthPath, pending, pagingServiceId };
    new Component(name, { ...ownership(whose), ...watched, usEast1 }, child);
    this.registerOutputs({});
  }
}

const settings = z.strictObject({ ...owned, domain, healthPath: line, pending: z.boolean().default(false) });
