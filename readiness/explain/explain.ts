/** `explain`: everything there is to know of one item, rule or alert. */
import { alertsOf, platformAlerts, serviceAlerts } from "../../model/alerts/catalogue.ts";
import { type ChecklistItem, checklist } from "../../model/checklist/checklist.ts";
import { didYouMean } from "../../model/suggest.ts";
import type { Rule } from "../../policies/rule.ts";
import { rules } from "../../policies/rules.ts";
import { assess } from "../assess.ts";
import { UsageError } from "../errors.ts";
import { exitStatus } from "../exit-status.ts";
import { currentCommit } from "../inputs/commit.ts";
import { selectStacks } from "../inputs/selection.ts";
import { listStacks, loadStack } from "../inputs/stack-file.ts";
import { pageOf } from "../terminal/page.ts";
import { alertText } from "./alert-text.ts";
import { itemText } from "./item-text.ts";

export interface ExplainOptions {
  readonly stack: string;
}

/** What a name may stand for. */
type Subject =
  | { readonly item: ChecklistItem; readonly rule: Rule | undefined }
  /** Id of a row of the catalogue. */
  | { readonly alert: string };

/**
 * Says what is demanded, why, how it is proven, what proves it now, and what would mend it.
 * @param name an item's id, a rule's, or an alert's
 * @returns 0: whatever it explains, explaining it is a success
 * @throws UsageError for a name that nothing has; ConfigError, ProgramError where the stack cannot be looked at
 */
export async function explain(name: string, { stack }: ExplainOptions, projectDir: string): Promise<number> {
  const subject = find(name);
  selectStacks([stack], false, listStacks(projectDir));
  const page = pageOf(process.stdout);
  if ("alert" in subject) {
    const { spec } = loadStack(projectDir, stack);
    const alerts = alertsOf(spec).filter(({ id }) => id === subject.alert);
    process.stdout.write(alertText(subject.alert, alerts, spec, page));
    return exitStatus.go;
  }
  const report = await assess(projectDir, stack, currentCommit(projectDir), "release");
  process.stdout.write(itemText(subject.item, subject.rule, report, page));
  return exitStatus.go;
}

function find(name: string): Subject {
  const items = new Map<string, ChecklistItem>(checklist.map((item) => [item.id, item]));
  const item = items.get(name.toUpperCase());
  if (item) return { item, rule: undefined };
  const rule = rules.find(({ id }) => id === name);
  const proven = rule && items.get(rule.item);
  if (proven) return { item: proven, rule };
  const alerts = [...Object.keys(serviceAlerts), ...Object.keys(platformAlerts)];
  if (alerts.includes(name)) return { alert: name };
  const known = [...items.keys(), ...rules.map(({ id }) => id), ...alerts];
  const hint = didYouMean(name, known) || ".";
  throw new UsageError(`there is no item, rule or alert "${name}"${hint} npm run check lists the items.`);
}
