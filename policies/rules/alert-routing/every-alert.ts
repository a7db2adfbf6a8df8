/** Rules that ask the same of every declared alert. */
import type { ItemId } from "../../../model/checklist/checklist.ts";
import { type DeclaredAlert, declaredAlerts } from "../../declared/alert.ts";
import type { Occasion } from "../../effects/message-template.ts";
import type { Stack } from "../../resource.ts";
import { type Doubt, type Result, type Rule, stackRule, type Violation } from "../../rule.ts";

/** What a rule says of an alert. */
export type Answer = Omit<Violation, "resource"> | Omit<Doubt, "resource"> | undefined;

type AskAlert = (alert: DeclaredAlert, stack: Stack) => Answer;

/** Asks the same of every alert; a stack without any fails. */
export function everyAlert(
  id: string,
  item: ItemId,
  ask: AskAlert,
  where: (alert: DeclaredAlert) => boolean = () => true,
  existing?: true | AskAlert,
): Rule {
  return allAlerts(id, item, each(ask), where, existing === true ? true : existing && each(existing));
}

function each(ask: AskAlert): AskAll {
  return (alerts, stack) =>
    alerts.flatMap((alert) => {
      const answer = ask(alert, stack);
      return answer ? [{ ...answer, resource: alert.resource }] : [];
    });
}

/**
 * Asks the same of what every alert says on these occasions, in each of the ways that conditions on values allow;
 * the first that does not hold is told.
 */
export function everyText(
  id: string,
  item: ItemId,
  occasions: readonly Occasion[],
  ask: AskText,
  where?: (alert: DeclaredAlert) => boolean,
  existing?: true | AskText,
): Rule {
  const all =
    (askOne: AskText): AskAlert =>
    (alert, stack) => {
      if (alert.unreadable) return { doubt: `its message cannot be read: ${alert.unreadable}` };
      const asked = new Set<string>();
      for (const occasion of occasions) {
        for (const text of alert.said.get(occasion) ?? []) {
          if (asked.has(text)) continue;
          asked.add(text);
          const answer = askOne(text, alert, stack, occasion);
          if (answer) return answer;
        }
      }
      return undefined;
    };
  return everyAlert(id, item, all(ask), where, existing === true ? true : existing && all(existing));
}

type AskText = (text: string, alert: DeclaredAlert, stack: Stack, occasion: Occasion) => Answer;
type AskAll = (alerts: readonly DeclaredAlert[], stack: Stack) => readonly (Violation | Doubt)[];

/** Asks something of all alerts together; a stack without any fails. */
export function allAlerts(
  id: string,
  item: ItemId,
  ask: AskAll,
  where: (alert: DeclaredAlert) => boolean = () => true,
  existing?: true | AskAll,
): Rule {
  const all =
    (askAll: AskAll, of: (alert: DeclaredAlert) => boolean) =>
    (stack: Stack): Result => {
      const alerts = declaredAlerts(stack).filter(of);
      if (alerts.length > 0) return askAll(alerts, stack);
      return { observed: "no alert that this rule looks at is declared", wanted: "declared" };
    };
  return stackRule({
    id,
    item,
    checkStack: all(ask, where),
    ...(existing && { existing: existing === true ? true : all(existing, () => true) }),
  });
}

/** Nothing where it holds; otherwise what was observed, and what is wanted. */
export function demand(holds: boolean, observed: string, wanted: string, mend?: string): Answer {
  return holds ? undefined : { observed, wanted, ...(mend !== undefined && { mend }) };
}
