/** Monitors and synthetic checks alike: what can fire, and whom its message addresses. */
import type { Resource, Stack } from "../resource.ts";
import { monitor, syntheticCheck, tagOf } from "./monitoring.ts";

export interface DeclaredAlert {
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

/** Every monitor and every check of a stack. */
export function declaredAlerts(stack: Stack): readonly DeclaredAlert[] {
  const alerts = read.get(stack) ?? readAlerts(stack);
  read.set(stack, alerts);
  return alerts;
}

/** Many rules look at all alerts: each would read every monitor anew. */
const read = new WeakMap<Stack, readonly DeclaredAlert[]>();

function readAlerts(stack: Stack): readonly DeclaredAlert[] {
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
    ...stack.ofType(syntheticCheck).map((resource) => {
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

function common(
  resource: Resource,
  name: string,
  message: string | undefined,
  tags: readonly string[] | undefined,
) {
  const handles = [...(message ?? "").matchAll(/@pagerduty-([\w-]+)/g)].map(([, handle]) => handle ?? "");
  return { resource, name, message: message ?? "", tags: tags ?? [], handles };
}
