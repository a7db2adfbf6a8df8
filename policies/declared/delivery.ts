/** From an alert to the phone of whoever is on call: the way, and all that the service and people's own rules add. */
import type { Severity, Urgency } from "../../model/on-call/severities.ts";
import { pauseSeconds } from "../effects/pagerduty-intake.ts";
import { linked, type Resource, type Stack } from "../resource.ts";
import { type Chain, type DeclaredPolicy, type DeclaredUser, peopleOf } from "./chain.ts";
import { delivery, type Step } from "./detection.ts";
import { contact, notification, ofSeverity, service } from "./on-call.ts";

/** Contact methods that wake somebody; an e-mail does not. */
export const ringing = ["phone_contact_method", "sms_contact_method"];
/** Of PagerDuty's app: a device is there once its owner has signed in on it. */
const appMethod = "push_notification_contact_method";
/** Those that PagerDuty makes itself, so that a program looks them up: of a user's own address, and of a device. */
const foundMethods = ["email_contact_method", appMethod];
export const everyMethod = [...ringing, ...foundMethods];

/** A notification rule of a person, with what it really uses. */
export interface Notice {
  readonly urgency: string;
  readonly afterMinutes: number;
  /** Type of the contact method; nothing where it is another one than the rule says. */
  readonly method: string | undefined;
}

/** How a person is told. The type that a rule names says nothing: the method that it points to is what rings. */
export function noticesOf(person: DeclaredUser, stack: Stack): readonly Notice[] {
  return stack.attached(notification, "userId", person).map((rule) => {
    const methods = linked(rule as Resource, "contactMethod", contact);
    const { urgency, startDelayInMinutes, contactMethod } = rule.props;
    const type = contactMethod?.["type"];
    const method = methods.find(({ props }) => props.type === type)?.props.type;
    // No resource of the stack stands for what is looked up.
    const found = methods.length === 0 ? foundMethods.find((own) => own === type) : undefined;
    return { urgency, afterMinutes: startDelayInMinutes, method: method ?? found };
  });
}

/** Whether a person has no number, and is woken by PagerDuty's app alone. */
export function hasAppAlone(person: DeclaredUser, stack: Stack): boolean {
  const numbers = stack.attached(contact, "userId", person).some(({ props }) => ringing.includes(props.type));
  return !numbers && noticesOf(person, stack).some((n) => n.urgency === "high" && n.method === appMethod);
}

/** Contact methods that wake a person: an app's push does where there is no number. */
export function wakingMethods(person: DeclaredUser, stack: Stack): readonly string[] {
  return hasAppAlone(person, stack) ? [appMethod] : ringing;
}

/** Minutes until a person is first told in one of some ways; nothing where they never are. */
export function firstNotice(
  notices: readonly Notice[],
  urgency: Urgency,
  methods: readonly string[],
): number | undefined {
  const delays = notices
    .filter((n) => n.urgency === urgency && methods.includes(n.method ?? "") && n.afterMinutes >= 0)
    .map(({ afterMinutes }) => afterMinutes);
  return delays.length > 0 ? Math.min(...delays) : undefined;
}

/** A PagerDuty service that keeps what it takes for transient waiting. */
export interface Pause {
  readonly service: string;
  readonly seconds: number;
}

/** The pauses of a severity's services, in the order of their declaration. */
export function pausesOf(stack: Stack, severity: Severity): readonly Pause[] {
  return stack
    .ofType(service)
    .filter(ofSeverity(severity))
    .map(({ name, props }) => ({ service: props.name ?? name, seconds: pauseSeconds(props) }))
    .filter(({ seconds }) => seconds > 0);
}

/** From the alert to the phone, or to the inbox, at worst: the one whose own rules wait longest has the shift. */
export function deliveryOf(
  { service: target, policy }: Pick<Chain, "service" | "policy">,
  stack: Stack,
  urgency: Urgency = "high",
): readonly Step[] {
  const waits = waitsOf(policy, stack, urgency);
  const steps = [
    { name: "pause", seconds: pauseSeconds(target.props) },
    { name: "notification", seconds: Math.max(0, ...waits) * 60 },
  ];
  return [delivery, ...steps.filter(({ seconds }) => seconds > 0)];
}

/** Minutes until each person of a policy is first told. */
function waitsOf(policy: DeclaredPolicy, stack: Stack, urgency: Urgency): readonly number[] {
  const known = waited.get(stack) ?? new Map<string, readonly number[]>();
  waited.set(stack, known);
  const key = `${urgency} ${policy.urn}`;
  const waits =
    known.get(key) ??
    [...peopleOf(policy)].map((person) => {
      const methods = urgency === "high" ? wakingMethods(person, stack) : everyMethod;
      return firstNotice(noticesOf(person, stack), urgency, methods) ?? 0;
    });
  known.set(key, waits);
  return waits;
}

/** A hundred alerts share a policy. */
const waited = new WeakMap<Stack, Map<string, readonly number[]>>();
