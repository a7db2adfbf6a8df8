import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { type EscalationTarget, escalationLevels, type Role } from "../../model/on-call/escalation.ts";
import { holdersOf } from "../../model/on-call/people.ts";
import { type Severity, severityLevels } from "../../model/on-call/severities.ts";
import { crewsOf, minutesOf } from "../../model/on-call/shifts.ts";
import type { OnCallPerson } from "./person.ts";

/** Somebody who can be told, with the roles that policies know them by. */
export interface Responder {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly resource: OnCallPerson;
}

export interface EscalationArgs {
  /** Product and stack, such as `portal-prod`; the first part of every name in PagerDuty. */
  readonly label: string;
  readonly responders: readonly Responder[];
  /** Rotations, by responders' ids, and their time zone. */
  readonly onCall: StackSpec["onCall"];
  /** The PagerDuty team that schedules and policies belong to. */
  readonly teamId: pulumi.Input<string>;
}

type Rotation = "primary" | "backup";

/**
 * How often a policy starts again after its last level; PagerDuty allows 9. An incident that has run
 * through stays open and tells nobody.
 */
const loops: Readonly<Record<Severity, number>> = { SEV1: 9, SEV2: 9, SEV3: 2, SEV4: 0 };

/** Who is on call, and who is told next: two rotations, and an escalation policy for each severity. */
export class Escalation extends pulumi.ComponentResource {
  readonly policies: Readonly<Record<Severity, pagerduty.EscalationPolicy>>;
  readonly #name: string;
  readonly #args: EscalationArgs;
  readonly #schedules: Readonly<Record<Rotation, pagerduty.Schedule>>;

  constructor(name: string, args: EscalationArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Escalation", name, {}, opts);
    this.#name = name;
    this.#args = args;
    this.#schedules = { primary: this.#createSchedule("primary"), backup: this.#createSchedule("backup") };
    this.policies = {
      SEV1: this.#createPolicy("SEV1"),
      SEV2: this.#createPolicy("SEV2"),
      SEV3: this.#createPolicy("SEV3"),
      SEV4: this.#createPolicy("SEV4"),
    };
    this.registerOutputs({});
  }

  /**
   * A layer without end or restriction, so that at every minute somebody has the shift, and over it one for
   * each crew that has hours of its own: later layers override earlier ones. What a change of clocks adds to
   * a night or takes from it never leaves a gap.
   */
  #createSchedule(rotation: Rotation): pagerduty.Schedule {
    const { onCall, label, teamId } = this.#args;
    const crews = crewsOf(rotation, onCall.shifts);
    const others = crews.length > 0 ? ", all other hours" : "";
    return new pagerduty.Schedule(
      `${this.#name}-${rotation}`,
      {
        name: `${label}-${rotation}`,
        description: `The ${rotation} rotation; a turn lasts ${onCall.turnDays} days`,
        timeZone: onCall.timeZone,
        teams: [teamId],
        layers: [
          this.#layer(`${rotation}${others}`, onCall[rotation]),
          ...crews.map(({ hours, members }) => ({
            ...this.#layer(`${rotation}, ${hours.from} to ${hours.to}`, members),
            restrictions: [
              {
                type: "daily_restriction",
                startTimeOfDay: `${hours.from}:00`,
                durationSeconds: minutesOf(hours) * 60,
              },
            ],
          })),
        ],
      },
      this.#childOptions(),
    );
  }

  #layer(name: string, members: readonly string[]) {
    const { rotationStart: start, turnDays } = this.#args.onCall;
    return {
      name,
      start,
      rotationVirtualStart: start,
      rotationTurnLengthSeconds: turnDays * 86_400,
      users: members.map((id) => this.#responder(id).resource.userId),
    };
  }

  #createPolicy(severity: Severity): pagerduty.EscalationPolicy {
    const { title, responseMinutes } = severityLevels[severity];
    const suffix = severity.toLowerCase();
    return new pagerduty.EscalationPolicy(
      `${this.#name}-${suffix}`,
      {
        name: `${this.#args.label}-${suffix}`,
        description: `${severity} ${title}; answered within ${responseMinutes} minutes`,
        teams: this.#args.teamId,
        numLoops: loops[severity],
        rules: escalationLevels[severity].map(({ targets, waitMinutes }) => ({
          escalationDelayInMinutes: waitMinutes,
          targets: this.#references(targets),
        })),
      },
      this.#childOptions(),
    );
  }

  /** The rotations' schedules, and everybody who holds one of the roles, once. */
  #references(targets: readonly EscalationTarget[]): { type: string; id: pulumi.Output<string> }[] {
    const rotations = targets.flatMap((target) => ("schedule" in target ? [target.schedule] : []));
    const roles = targets.flatMap((target) => ("role" in target ? [target.role] : []));
    const people = new Set(roles.flatMap((role) => holdersOf(role, this.#args.responders)));
    return [
      ...rotations.map((rotation) => ({ type: "schedule_reference", id: this.#schedules[rotation].id })),
      ...[...people].map(({ resource }) => ({ type: "user_reference", id: resource.userId })),
    ];
  }

  #responder(id: string): Responder {
    const responder = this.#args.responders.find((r) => r.id === id);
    if (!responder) throw new Error(`onCall names ${id}, who is not among people`);
    return responder;
  }

  /** Nobody gets a shift before they can be reached, or leaves the team while they still have one. */
  #childOptions(): pulumi.CustomResourceOptions {
    return { parent: this, dependsOn: this.#args.responders.map(({ resource }) => resource) };
  }
}
