/** Rules that ask the same of every declared alert. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import { type DeclaredAlert, declaredAlerts } from "../../declared/alert.ts";
import type { Stack } from "../../resource.ts";
import { type Rule, stackRule, type Violation } from "../../rule.ts";

/** What a rule says of an alert. */
export type Answer = Omit<Violation, "resource"> | undefined;

/** Asks the same of every alert; a stack without any fails. */
export function everyAlert(
  id: string,
  item: ItemId,
  ask: (alert: DeclaredAlert, stack: Stack) => Answer,
  where: (alert: DeclaredAlert) => boolean = () => true,
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
  ask: (alerts: readonly DeclaredAlert[], stack: Stack) => readonly Violation[],
  where: (alert: DeclaredAlert) => boolean = () => true,
): Rule {
  return stackRule({
    id,
    item,
    checkStack: (stack) => {
      const alerts = declaredAlerts(stack).filter(where);
      if (alerts.length > 0) return ask(alerts, stack);
      return { observed: "no alert that this rule looks at is declared", wanted: "declared" };
    },
  });
}

/** Nothing where it holds; otherwise what was observed, and what is wanted. */
export function demand(holds: boolean, observed: string, wanted: string): Answer {
  return holds ? undefined : { observed, wanted };
}
