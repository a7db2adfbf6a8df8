import * as datadog from "@pulumi/datadog";
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../model/config/stack-spec.ts";
import { pagerDutyService, platform } from "../model/on-call/routing.ts";
import { type Severity, severities } from "../model/on-call/severities.ts";
import type { Tier } from "../model/tier.ts";
import { Escalation, type Responder } from "./on-call/escalation.ts";
import { IncidentEvents } from "./on-call/incident-events.ts";
import { PagingService } from "./on-call/paging-service.ts";
import { OnCallPerson } from "./on-call/person.ts";

export interface OnCallArgs {
  /** Name of the product, such as `portal`. */
  readonly product: string;
  /** Name of the stack, such as `prod`. */
  readonly stack: string;
  /** Staging notifies by e-mail; production pages. */
  readonly tier: Tier;
  /** The team to ask about the product. */
  readonly owner: string;
  /**
   * Everybody who can be told. PagerDuty knows an e-mail address once in an account, and these users belong
   * to the stack: stacks that share an account need addresses of their own for the same people.
   */
  readonly people: StackSpec["people"];
  /** Rotations and their time zone. */
  readonly onCall: StackSpec["onCall"];
  readonly chat: StackSpec["chat"];
  /** Where incidents are shown beside the metrics. */
  readonly monitoring: Pick<StackSpec["monitoring"], "site">;
  /** The services that page, beside the platform. */
  readonly services: readonly Pick<StackSpec["services"][number], "name">[];
}

/** A PagerDuty service, with what it is for. */
interface Paging {
  /** A service's name, or `platform`. */
  readonly service: string;
  readonly severity: Severity;
  readonly id: pulumi.Output<string>;
}

/**
 * Who is told of an alert, and how: people, a primary and a backup rotation, an escalation policy for each
 * severity, and a PagerDuty service for each severity of every service and of the platform.
 */
export class OnCall extends pulumi.ComponentResource {
  readonly #name: string;
  readonly #args: OnCallArgs;
  /** What things are called in PagerDuty: distinct for each product and stack. */
  readonly #label: string;
  readonly #team: pagerduty.Team;
  readonly #paging: readonly Paging[];

  constructor(name: string, args: OnCallArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:OnCall", name, {}, opts);
    this.#name = name;
    this.#args = args;
    this.#label = `${args.product}-${args.stack}`;
    this.#team = new pagerduty.Team(
      name,
      { name: this.#label, description: `Everybody who answers for ${this.#label}` },
      { parent: this },
    );
    const escalation = new Escalation(
      name,
      {
        label: this.#label,
        responders: this.#createPeople(),
        onCall: args.onCall,
        teamId: this.#team.id,
      },
      { parent: this },
    );
    this.#paging = this.#createServices(escalation.policies);
    this.#createMaintenanceWindows(this.#paging);
    this.#createTag(escalation.policies);
    this.#createChannel();
    new IncidentEvents(
      name,
      { label: this.#label, site: args.monitoring.site, teamId: this.#team.id },
      { parent: this },
    );
    this.registerOutputs({});
  }

  /**
   * PagerDuty's id of what rings for a severity.
   * @throws Error where the stack has no such service
   */
  pagingServiceId(service: string, severity: Severity): pulumi.Output<string> {
    const found = this.#paging.find((p) => p.service === service && p.severity === severity);
    if (!found) throw new Error(`nothing rings for ${severity} of ${service}`);
    return found.id;
  }

  #createPeople(): readonly Responder[] {
    const { timeZone } = this.#args.onCall;
    const teamId = this.#team.id;
    return this.#args.people.map((person) => ({
      id: person.id,
      roles: person.roles,
      resource: new OnCallPerson(
        `${this.#name}-${person.id}`,
        { person, timeZone: person.timeZone ?? timeZone, teamId },
        { parent: this },
      ),
    }));
  }

  #createServices(policies: Escalation["policies"]): readonly Paging[] {
    const { product, services, stack, tier, owner, onCall, chat } = this.#args;
    const businessService = new pagerduty.BusinessService(
      this.#name,
      {
        name: this.#label,
        description: `What customers use of ${this.#label}`,
        pointOfContact: owner,
      },
      { parent: this },
    );
    const vendor = pagerduty.getVendorOutput({ name: "Datadog" }, { parent: this }).id;
    return [...services.map((s) => s.name), platform].flatMap((service) =>
      severities.map((severity) => {
        const paging = new PagingService(
          `${this.#name}-${service}-${severity.toLowerCase()}`,
          {
            serviceName: pagerDutyService({ product, service, stack, severity }),
            severity,
            tier,
            escalationPolicy: policies[severity],
            businessService,
            vendor,
            onCall,
            chat,
          },
          { parent: this },
        );
        return { service, severity, id: paging.service.id };
      }),
    );
  }

  /** Announced work silences what is expected of it; a complete outage is not. */
  #createMaintenanceWindows(paging: readonly Paging[]): void {
    for (const { from, to, services, reason } of this.#args.onCall.maintenance) {
      const silent = paging.filter((p) => services.includes(p.service) && p.severity !== "SEV1");
      new pagerduty.MaintenanceWindow(
        `${this.#name}-maintenance-${from}`,
        { description: reason, startTime: from, endTime: to, services: silent.map(({ id }) => id) },
        // PagerDuty moves a start in the past to the present, which would come back as a change for good.
        { parent: this, ignoreChanges: ["startTime"] },
      );
    }
  }

  /**
   * One tag, by which PagerDuty finds the team and the policies of the stack. A label exists once in an
   * account, so a tag that stacks share would belong to whichever came first.
   */
  #createTag(policies: Escalation["policies"]): void {
    const tag = new pagerduty.Tag(this.#name, { label: this.#label }, { parent: this });
    const assign = (name: string, entityType: string, { id }: pulumi.CustomResource) =>
      new pagerduty.TagAssignment(name, { tagId: tag.id, entityType, entityId: id }, { parent: this });
    assign(this.#name, "teams", this.#team);
    for (const severity of severities) {
      assign(`${this.#name}-${severity.toLowerCase()}`, "escalation_policies", policies[severity]);
    }
  }

  /** The channel that monitors post to, beside the incidents that PagerDuty posts. */
  #createChannel(): void {
    const { chat } = this.#args;
    if (chat.kind === "slack") {
      new datadog.slack.Channel(
        this.#name,
        {
          accountName: chat.account,
          channelName: `#${chat.channel}`,
          display: { message: true, notified: true, snapshot: true, tags: true, muteButtons: true },
        },
        { parent: this },
      );
    }
    if (chat.kind === "teams") {
      new datadog.ms.IntegrationTeamsTenantBasedHandle(
        this.#name,
        { name: chat.handle, tenantName: chat.tenant, teamName: chat.team, channelName: chat.channel },
        { parent: this },
      );
    }
  }
}
