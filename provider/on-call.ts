/** components/on-call.ts in any language: its args have the keys and forms of the stack file. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { OnCall as Component } from "../components/on-call.ts";
import type { Problem } from "../model/config/error.ts";
import { slug } from "../model/config/forms.ts";
import { onCallChecks } from "../model/config/on-call-contradictions.ts";
import { stackConfig } from "../model/config/schema.ts";
import type { WrittenConfig } from "../model/config/written-config.ts";
import { platform } from "../model/on-call/routing.ts";
import { severities } from "../model/on-call/severities.ts";
import { checked } from "./checked.ts";
import { named, owned, ownership } from "./owned.ts";

export interface Phone {
  countryCode: number;
  number: string;
}

export interface Person {
  id: string;
  name: string;
  /** PagerDuty knows an address once in an account. */
  email: string;
  /** For SMS and calls. */
  phone?: Phone;
  /** What PagerDuty calls the device on which the person has signed in on its app. */
  device?: string;
  /** on-call-engineer, tech-lead, product-lead, devops-lead, cto: in a small team a person holds several. */
  roles: string[];
  timeZone?: string;
}

export interface Shift {
  /** Times of day such as "20:00". */
  from: string;
  to: string;
  primary: string[];
  backup?: string[];
}

export interface SupportHours {
  from: string;
  to: string;
  /** 1 for Monday to 7 for Sunday. */
  days?: number[];
}

export interface Maintenance {
  /** Times in UTC such as "2026-01-05T09:00:00Z". */
  from: string;
  to: string;
  services: string[];
  reason: string;
}

export interface Rotations {
  timeZone: string;
  /** When the first turn began, in UTC. */
  rotationStart: string;
  turnDays: number;
  /** Ids of people, in the order of their turns. */
  primary: string[];
  backup: string[];
  shifts?: Shift[];
  supportHours?: SupportHours;
  /** Takes PagerDuty's add-on AIOps. */
  alertGrouping?: boolean;
  maintenance?: Maintenance[];
}

export interface Chat {
  /** slack, teams or none. */
  kind: string;
  /** Of none. */
  because?: string;
  /** Of slack. */
  workspaceId?: string;
  channelId?: string;
  account?: string;
  /** Of both. */
  channel?: string;
  /** Of teams. */
  tenant?: string;
  team?: string;
  handle?: string;
}

export interface OnCallArgs {
  /** Name of the product, part of every name in PagerDuty; and the team that owns it. */
  product: string;
  owner: string;
  /** staging, which notifies by e-mail, or production, which pages, where the stack's name does not tell. */
  tier?: string;
  /** Names of the services that page, beside the platform. */
  services: string[];
  people: Person[];
  onCall: Rotations;
  chat: Chat;
  /** Where incidents are shown beside the metrics, such as datadoghq.eu. */
  datadogSite: string;
}

/** Who is told of an alert, and how: people, two rotations, an escalation policy and PagerDuty services by severity. */
export class OnCall extends pulumi.ComponentResource {
  /** PagerDuty's ids by service and severity, such as `portal-sev1` and `platform-sev2`. */
  readonly pagingServiceIds: pulumi.Output<{ [route: string]: string }>;

  constructor(name: string, args: OnCallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:OnCall", name, {}, opts);
    const { services, datadogSite: site, ...team } = checked(settings, args, contradictions);
    const onCall = new Component(
      name,
      {
        ...team,
        ...ownership(team),
        services: services.map((service) => ({ name: service })),
        monitoring: { site },
      },
      { parent: this },
    );
    const ids = [...services, platform].flatMap((service) =>
      severities.map((severity) => [
        `${service}-${severity.toLowerCase()}`,
        onCall.pagingServiceId(service, severity),
      ]),
    );
    this.pagingServiceIds = named(Object.fromEntries(ids));
    this.registerOutputs({});
  }
}

const { people, onCall, chat, monitoring } = stackConfig.shape;
const settings = z.strictObject({
  ...owned,
  services: z.array(slug).min(1).describe("a list of one or more names of services"),
  people,
  onCall,
  chat,
  datadogSite: monitoring.shape.site,
});

function contradictions({ services, people, onCall }: z.output<typeof settings>): readonly Problem[] {
  // What these checks read of a config.
  const config = { people, onCall, services: services.map((name) => ({ name })) } as unknown as WrittenConfig;
  return onCallChecks.flatMap((check) => [...check(config, [], pulumi.getStack())]);
}
