import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import type { Person } from "../../model/config/stack-spec.ts";
import type { Role } from "../../model/on-call/escalation.ts";
import type { Urgency } from "../../model/on-call/severities.ts";

export interface OnCallPersonArgs {
  readonly person: Person;
  /** IANA time zone that PagerDuty shows times in. */
  readonly timeZone: string;
  /** The PagerDuty team that the person belongs to. */
  readonly teamId: pulumi.Input<string>;
}

/**
 * What each role may do in PagerDuty. Leads manage the team's schedules and policies; everybody else
 * responds to incidents and may override shifts, no more.
 */
const access: Readonly<Record<Role, { title: string; user: string; member: string }>> = {
  "on-call-engineer": { title: "On-call engineer", user: "limited_user", member: "responder" },
  "tech-lead": { title: "Tech lead", user: "user", member: "manager" },
  "product-lead": { title: "Product lead", user: "limited_user", member: "responder" },
  "devops-lead": { title: "DevOps lead", user: "user", member: "manager" },
  cto: { title: "CTO", user: "user", member: "manager" },
};

type Channel = "email" | "sms" | "phone";

/**
 * How a person is told. A level that is escalated away from is notified no further, and a level may last
 * one minute: so high urgency rings at once, and once more for whoever sleeps through the first call.
 */
const notifications: readonly { urgency: Urgency; channel: Channel; afterMinutes: number }[] = [
  { urgency: "high", channel: "sms", afterMinutes: 0 },
  { urgency: "high", channel: "phone", afterMinutes: 0 },
  { urgency: "high", channel: "phone", afterMinutes: 3 },
  { urgency: "low", channel: "email", afterMinutes: 0 },
];

/**
 * A person whom PagerDuty can reach: user, place in the team, contact methods and notification rules.
 * The app's push messages cannot be declared: PagerDuty knows a device once its owner has signed in on it.
 */
export class OnCallPerson extends pulumi.ComponentResource {
  /** The user's id, for schedules and escalation policies. */
  readonly userId: pulumi.Output<string>;

  constructor(name: string, args: OnCallPersonArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:OnCallPerson", name, {}, opts);
    const child = { parent: this };
    const { title, user: role, member } = access[args.person.role];

    const user = new pagerduty.User(
      name,
      {
        name: args.person.name,
        email: args.person.email,
        jobTitle: title,
        description: title,
        role,
        timeZone: args.timeZone,
      },
      child,
    );
    this.userId = user.id;
    new pagerduty.TeamMembership(name, { userId: user.id, teamId: args.teamId, role: member }, child);

    const contacts = createContacts(name, args.person, user, child);
    for (const { urgency, channel, afterMinutes } of notifications) {
      new pagerduty.UserNotificationRule(
        `${name}-${urgency}-${channel}-${afterMinutes}`,
        {
          userId: user.id,
          urgency,
          startDelayInMinutes: afterMinutes,
          contactMethod: { type: contactType(channel), id: contacts[channel].id },
        },
        child,
      );
    }
    this.registerOutputs({ userId: this.userId });
  }
}

/** One contact method for each channel; PagerDuty's own first e-mail method is adopted by its address. */
function createContacts(
  name: string,
  { email, phone }: Person,
  user: pagerduty.User,
  opts: pulumi.CustomResourceOptions,
): Record<Channel, pagerduty.UserContactMethod> {
  const create = (channel: Channel, address: { address: string; countryCode?: number }) =>
    new pagerduty.UserContactMethod(
      `${name}-${channel}`,
      { userId: user.id, type: contactType(channel), label: "Work", ...address },
      opts,
    );
  const number = { address: phone.number, countryCode: phone.countryCode };
  return {
    email: create("email", { address: email }),
    sms: create("sms", number),
    phone: create("phone", number),
  };
}

/** PagerDuty's name for a channel. */
function contactType(channel: Channel): string {
  return `${channel}_contact_method`;
}
