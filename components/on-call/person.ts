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
const managing = { user: "user", member: "manager" } as const;
const responding = { user: "limited_user", member: "responder" } as const;
const access: Readonly<Record<Role, typeof managing | typeof responding>> = {
  "on-call-engineer": responding,
  "tech-lead": managing,
  "product-lead": responding,
  "devops-lead": managing,
  cto: managing,
};

const titles: Readonly<Record<Role, string>> = {
  "on-call-engineer": "On-call engineer",
  "tech-lead": "Tech lead",
  "product-lead": "Product lead",
  "devops-lead": "DevOps lead",
  cto: "CTO",
};

type Channel = "email" | "sms" | "phone" | "push_notification";

interface Notification {
  readonly urgency: Urgency;
  readonly channel: Channel;
  readonly afterMinutes: number;
}

/**
 * How a person is told. A level that is escalated away from is notified no further, and that of SEV1 lasts two
 * minutes: so high urgency rings at once, and once more within them for whoever sleeps through the first call.
 */
function notificationsOf({ phone, device }: Person): readonly Notification[] {
  const high = (channel: Channel, ...minutes: readonly number[]) =>
    minutes.map((afterMinutes) => ({ urgency: "high", channel, afterMinutes }) as const);
  return [
    ...(phone ? [...high("sms", 0), ...high("phone", 0, 1)] : []),
    ...(device === undefined ? [] : high("push_notification", 0, 1)),
    // Not at once: that rule is one that PagerDuty may have given the user already, and it refuses a second one.
    ...(phone || device !== undefined ? [] : high("email", 1)),
    { urgency: "low", channel: "email", afterMinutes: 1 },
  ];
}

/**
 * A person whom PagerDuty can reach: user, place in the team, contact methods and notification rules.
 * The app's push messages can be declared once its owner has signed in on a device: PagerDuty knows none before.
 */
export class OnCallPerson extends pulumi.ComponentResource {
  /** The user's id, for schedules and escalation policies. */
  readonly userId: pulumi.Output<string>;

  constructor(name: string, args: OnCallPersonArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:OnCallPerson", name, {}, opts);
    const child = { parent: this };
    const { roles } = args.person;
    const title = roles.map((role) => titles[role]).join(", ");
    const { user: role, member } =
      roles.map((held) => access[held]).find((a) => a === managing) ?? responding;

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

    const idOf = contactsOf(name, args.person, user, child);
    for (const { urgency, channel, afterMinutes } of notificationsOf(args.person)) {
      new pagerduty.UserNotificationRule(
        `${name}-${urgency}-${channel.replace("_notification", "")}-${afterMinutes}`,
        {
          userId: user.id,
          urgency,
          startDelayInMinutes: afterMinutes,
          contactMethod: { type: contactType(channel), id: idOf(channel) },
        },
        child,
      );
    }
    this.registerOutputs({ userId: this.userId });
  }
}

/**
 * Gives the id of the contact method of a channel. PagerDuty makes that of the user's e-mail address itself, and refuses
 * a second one of the same address; that of a device is there once its owner has signed in: both are looked up.
 */
function contactsOf(
  name: string,
  { phone, device }: Person,
  user: pagerduty.User,
  { parent }: { readonly parent: pulumi.Resource },
): (channel: Channel) => pulumi.Output<string> {
  const contacts = new Map<Channel, pulumi.Output<string>>();
  if (phone) {
    const { number: address, countryCode } = phone;
    for (const channel of ["sms", "phone"] as const) {
      const method = new pagerduty.UserContactMethod(
        `${name}-${channel}`,
        { userId: user.id, type: contactType(channel), label: "Work", address, countryCode },
        { parent },
      );
      contacts.set(channel, method.id);
    }
  }
  return (channel) => {
    const label = channel === "email" ? "Default" : (device ?? "");
    const own = { userId: user.id, type: contactType(channel), label };
    return contacts.get(channel) ?? pagerduty.getUserContactMethodOutput(own, { parent }).id;
  };
}

/** PagerDuty's name for a channel. */
function contactType(channel: Channel): string {
  return `${channel}_contact_method`;
}
