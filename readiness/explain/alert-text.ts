/** What `explain` prints of an alert of the catalogue. */
import type { Alert } from "../../model/alerts/alert.ts";
import { runbookUrl } from "../../model/alerts/links.ts";
import { metricQuery } from "../../model/alerts/query.ts";
import type { Signal } from "../../model/alerts/signal.ts";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { escalationLevels } from "../../model/on-call/escalation.ts";
import { isGrouped } from "../../model/on-call/routing.ts";
import { ringsWith, severityLevels } from "../../model/on-call/severities.ts";
import { hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";

const lead = 10;

/**
 * @param alerts what the stack has of the row; none where nothing asks for it
 */
export function alertText(
  id: string,
  alerts: readonly Alert[],
  spec: StackSpec,
  { width, paint }: Page,
): string {
  const bold = (text: string) => paint("bold", text);
  const part = (title: string, text: string) => hanging(title.padEnd(lead), text, width, undefined, bold);
  const [first] = alerts;
  if (!first) {
    return `${[...hanging(`${id}  `, `${spec.stack} has no such alert: nothing in its config asks for it`, width, bold, bold)].join("\n")}\n`;
  }
  const { severity, meaning, runbook, title } = first;
  const { responseMinutes, urgency } = severityLevels[severity];
  const joined = isGrouped(spec) ? ringsWith(severity) : [];
  const lines = [
    ...hanging(`${id}  `, title, width, bold, bold),
    ...part("Why", meaning),
    ...part("Severity", `${severity}, ${urgency} urgency: somebody answers within ${responseMinutes} min`),
    ...part(
      "Tells",
      escalationLevels[severity].map(({ targets }) => targets.map(named).join(" + ")).join(", then "),
    ),
    ...(joined.length === 0
      ? []
      : part("Opens", `incidents of ${joined.join(" and ")} too: what follows joins them and calls nobody`)),
    // In one piece, however long: terminals and people open it as it stands.
    bold("Runbook".padEnd(lead)) + runbookUrl(spec, runbook, id),
    ...part("Now", `${spec.stack} has ${alerts.length}:`),
    ...alerts.flatMap(({ key, signal }) =>
      hanging(`${" ".repeat(lead)}· `, `${key}: ${watched(signal)}`, width),
    ),
    ...part("Ask", `npm run drill -- --stack ${spec.stack} --alert ${id}`),
  ];
  return `${lines.join("\n")}\n`;
}

function named(target: { readonly schedule: string } | { readonly role: string }): string {
  return "schedule" in target ? `${target.schedule} on call` : target.role;
}

/** What sets it off. */
function watched(signal: Signal): string {
  switch (signal.kind) {
    case "metric":
      return metricQuery(signal);
    case "check":
      return signal.check.type === "http"
        ? `GET ${signal.check.url} every ${signal.check.intervalSeconds} s`
        : `certificate of ${signal.check.host}, fewer than ${signal.check.minDaysLeft} days left`;
    case "burn-rate":
      return `error budget of ${signal.objective} burns ${signal.rate} times too fast over ${signal.longWindowHours} h`;
    case "error-budget":
      return `${signal.thresholds.critical} % of the error budget of ${signal.objective} is spent`;
    default:
      return signal.kind;
  }
}
