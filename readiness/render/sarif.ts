/**
 * The report as SARIF 2.1.0 (OASIS), for annotations in code review: what fails, what could not be decided, and what
 * waits for a proof.
 */
import { createHash } from "node:crypto";
import type { Location, Log, ReportingDescriptor, Result, Run } from "sarif";
import { type ChecklistItem, checklist, type ItemId } from "../../model/checklist/checklist.ts";
import { remedyOf, type SourcePosition } from "../../model/finding.ts";
import { withoutCredentials } from "../../model/harmless.ts";
import type { NotEvaluated, Report, ReportedFinding, StackReport } from "../report.ts";
import { jsonText } from "../terminal/json-text.ts";
import { clean } from "../terminal/layout.ts";
import { askedLines } from "./asked.ts";
import { lacksOf, type OpenItem, waivedItems, waiverAt, withoutProof } from "./digest.ts";

/** What becomes a result. */
interface Alert {
  readonly rule: ReportingDescriptor;
  readonly level: ReportedFinding["severity"];
  readonly text: string;
  /** Null stands for the stack's file. */
  readonly source: SourcePosition | null;
  /** A resource's URN, or a key of the config; null where the alert is about the stack. */
  readonly subject: string | null;
  /** Until when and why it may stay so; nothing where it may not. */
  readonly waiver?: string | undefined;
}

const rows: ReadonlyMap<ItemId, ChecklistItem> = new Map(checklist.map((item) => [item.id, item]));

/** One run for each stack, so that alerts are compared with those of the same stack alone. */
export function renderSarif({ tool, stacks, notEvaluated }: Report): string {
  const driver = { name: tool.name, semanticVersion: tool.version };
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      ...stacks.map((report) => ({
        ...run(report.stack, driver, alertsOf(report)),
        ...(report.selection && {
          properties: { verdict: report.verdict, asked: askedLines(report).map(clean) },
        }),
      })),
      ...notEvaluated.map((failure) => run(failure.stack, driver, failureAlerts(failure))),
    ],
  };
  return jsonText(log);
}

function alertsOf(report: StackReport): readonly Alert[] {
  const found = report.findings.filter(({ severity }) => severity !== "note");
  const lacking = [...withoutProof(report), ...waivedItems(report)].filter(({ item }) => item.required);
  return [
    ...found.map((f) => findingAlert(f, report)),
    ...lacking.flatMap((open) => proofAlerts(open, report)),
  ];
}

function findingAlert(finding: ReportedFinding, { stack, waivers }: StackReport): Alert {
  const { by, item, severity, message, source, urn, waiver } = finding;
  const rule = descriptor(by, item, stack);
  return { rule, level: severity, text: message, source, subject: urn, waiver: waiverAt(waiver, waivers) };
}

/** Nothing has looked at the item, so it is its own rule; nor has anything found fault with it. */
function proofAlerts({ item, remedy = "" }: OpenItem, report: StackReport): readonly Alert[] {
  return lacksOf(item, report).map(({ said, waiver }) => ({
    rule: descriptor(item.id, item.id, report.stack),
    level: "warning",
    text: `${item.statement}: ${said} (${item.id}). ${remedy}`,
    source: null,
    subject: null,
    waiver,
  }));
}

function descriptor(id: string, item: ItemId, stack: string): ReportingDescriptor {
  const { statement = item, why = "", section = "" } = rows.get(item) ?? {};
  const change = remedyOf(item, stack);
  return {
    id,
    shortDescription: { text: statement },
    fullDescription: { text: why },
    help: {
      text: `${statement} (${item}). ${why} ${change}`,
      markdown: `**${item}** ${statement}.\n\n**Why:** ${why}\n\n**What to change:** ${change}`,
    },
    properties: { tags: [item, section] },
  };
}

/** A stack of which nothing is known must not look like one without alerts. */
function failureAlerts({ reason, issues }: NotEvaluated): readonly Alert[] {
  const rule: ReportingDescriptor = {
    id: "stack-evaluated",
    shortDescription: { text: "The stack can be evaluated" },
  };
  if (issues.length === 0) return [{ rule, level: "error", text: reason, source: null, subject: null }];
  return issues.map(({ path, message, place }) => {
    const [, file, line] = /^(.+?):(\d+)/.exec(place ?? "") ?? [];
    const source = file ? { file, line: Number(line) } : null;
    return { rule, level: "error", text: path ? `${path}: ${message}` : message, source, subject: path };
  });
}

function run(stack: string, driver: Run["tool"]["driver"], alerts: readonly Alert[]): Run {
  const rules = [...new Map(alerts.map(({ rule }) => [rule.id, rule])).values()];
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const counts = new Map<string, number>();
  return {
    tool: { driver: { ...driver, rules } },
    // GitHub's category: everything before the last slash.
    automationDetails: { id: `readiness/${stack}/` },
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The folder of Pulumi.yaml" } } },
    results: alerts.map((alert): Result => {
      const fingerprint = hash(alert.rule.id, alert.subject ?? stack);
      const nth = (counts.get(fingerprint) ?? 0) + 1;
      counts.set(fingerprint, nth);
      return {
        ruleId: alert.rule.id,
        ruleIndex: indexes.get(alert.rule.id) ?? -1,
        level: alert.level,
        message: { text: clean(alert.text) },
        locations: [location(alert, stack)],
        // On every result or on none (3.27.23).
        suppressions: alert.waiver
          ? [{ kind: "external", status: "accepted", justification: clean(alert.waiver) }]
          : [],
        // GitHub looks at this one alone, and makes it of the code's lines where it is absent.
        partialFingerprints: { primaryLocationLineHash: `${fingerprint}:${nth}` },
      };
    }),
  };
}

function location({ source, subject }: Alert, stack: string): Location {
  const { file, line } = source ?? { file: `Pulumi.${stack}.yaml`, line: 1 };
  const uri = withoutCredentials(file).toWellFormed().split("/").map(encodeURIComponent).join("/");
  return {
    physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region: { startLine: line } },
    ...(subject && { logicalLocations: [{ fullyQualifiedName: subject }] }),
  };
}

/** Of a rule and its subject: it stays the same when the code around moves. */
function hash(rule: string, subject: string): string {
  return createHash("sha256").update(`${rule}\n${subject}`).digest("hex").slice(0, 16);
}
