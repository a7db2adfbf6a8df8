/** Monitors and synthetic checks alike, as rules of alert routing see them. */
import type { ItemId } from "../../../spec/checklist.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";
import { check, monitor, tagOf } from "../monitoring/subjects.ts";

export interface Alert {
  readonly resource: Resource;
  readonly name: string;
  readonly message: string;
  readonly tags: readonly string[];
  /** Such as `sev1`; nothing where it has none, or several. */
  readonly severity: string | undefined;
  /** 1 to 5. */
  readonly priority: number | undefined;
  /** Names of the PagerDuty services that the message addresses. */
  readonly handles: readonly string[];
  /** Minutes between reminders, and how many come. */
  readonly reminderInterval: number | undefined;
  readonly reminders: number | undefined;
}

/** What a rule says of an alert. */
export type Answer = Omit<Violation, "resource"> | undefined;

/** Every monitor and every check of a stack. */
export function alertsOf(stack: Stack): readonly Alert[] {
  const alerts = read.get(stack) ?? readAlerts(stack);
  read.set(stack, alerts);
  return alerts;
}

/** Many rules look at all alerts: each would read every monitor anew. */
const read = new WeakMap<Stack, readonly Alert[]>();

function readAlerts(stack: Stack): readonly Alert[] {
  return [
    ...stack.ofType(monitor).map((resource) => {
      const { name, message, tags, priority, renotifyInterval, renotifyOccurrences } = resource.props;
      return {
        ...common(resource as Resource, name, message, tags),
        severity: tagOf(resource, "severity"),
        priority: priority === undefined ? undefined : Number(priority),
        reminderInterval: renotifyInterval,
        reminders: renotifyOccurrences,
      };
    }),
    ...stack.ofType(check).map((resource) => {
      const { name, message, tags, optionsList } = resource.props;
      return {
        ...common(resource as Resource, name, message, tags),
        severity: tagOf(resource, "severity"),
        priority: optionsList?.monitorPriority,
        reminderInterval: optionsList?.monitorOptions?.renotifyInterval,
        reminders: optionsList?.monitorOptions?.renotifyOccurrences,
      };
    }),
  ];
}

/** Asks the same of every alert; a stack without any fails. */
export function everyAlert(
  id: string,
  item: ItemId,
  ask: (alert: Alert, stack: Stack) => Answer,
  where: (alert: Alert) => boolean = () => true,
): Rule {
  return allAlerts(
    id,
    item,
    (alerts, stack) =>
      alerts.flatMap((alert) => {
        const answer = ask(alert, stack);
        return answer ? [{ ...answer, resource: alert.resource }] : [];
      }),
    where,
  );
}

/** Asks something of all alerts together; a stack without any fails. */
export function allAlerts(
  id: string,
  item: ItemId,
  ask: (alerts: readonly Alert[], stack: Stack) => readonly Violation[],
  where: (alert: Alert) => boolean = () => true,
): Rule {
  return stackRule({
    id,
    item,
    checkStack: (stack) => {
      const alerts = alertsOf(stack).filter(where);
      if (alerts.length > 0) return ask(alerts, stack);
      return { observed: "no alert that this rule looks at is declared", wanted: "declared" };
    },
  });
}

/** Nothing where it holds; otherwise what was observed, and what is wanted. */
export function demand(holds: boolean, observed: string, wanted: string): Answer {
  return holds ? undefined : { observed, wanted };
}

function common(
  resource: Resource,
  name: string,
  message: string | undefined,
  tags: readonly string[] | undefined,
) {
  const handles = [...(message ?? "").matchAll(/@pagerduty-([\w-]+)/g)].map(([, handle]) => handle ?? "");
  return { resource, name, message: message ?? "", tags: tags ?? [], handles };
}
