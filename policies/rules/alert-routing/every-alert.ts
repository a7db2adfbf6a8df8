/** Rules that ask the same of every declared alert. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import { type DeclaredAlert, declaredAlerts } from "../../declared/alert.ts";
import type { Occasion } from "../../effects/message-template.ts";
import type { Stack } from "../../resource.ts";
import { type Doubt, type Rule, stackRule, type Violation } from "../../rule.ts";

/** What a rule says of an alert. */
export type Answer = Omit<Violation, "resource"> | Omit<Doubt, "resource"> | undefined;

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

/**
 * Asks the same of what every alert says on these occasions, in each of the ways that conditions on values allow;
 * the first that does not hold is told.
 */
export function everyText(
  id: string,
  item: ItemId,
  occasions: readonly Occasion[],
  ask: (text: string, alert: DeclaredAlert, stack: Stack, occasion: Occasion) => Answer,
  where?: (alert: DeclaredAlert) => boolean,
): Rule {
  return everyAlert(
    id,
    item,
    (alert, stack) => {
      if (alert.unreadable) return { doubt: `its message cannot be read: ${alert.unreadable}` };
      const asked = new Set<string>();
      for (const occasion of occasions) {
        for (const text of alert.said.get(occasion) ?? []) {
          if (asked.has(text)) continue;
          asked.add(text);
          const answer = ask(text, alert, stack, occasion);
          if (answer) return answer;
        }
      }
      return undefined;
    },
    where,
  );
}

/** Asks something of all alerts together; a stack without any fails. */
export function allAlerts(
  id: string,
  item: ItemId,
  ask: (alerts: readonly DeclaredAlert[], stack: Stack) => readonly (Violation | Doubt)[],
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
