/** How soon faults of several sizes are told, and what they have cost by then. */
import type { Alert } from "../../operations/alerts.ts";
import type { OutsideWatch } from "../../operations/outside.ts";
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, missing, nothing } from "./context.ts";
import { detectionOf, faultWords } from "./faults.ts";
import { noise, noiseSentence } from "./noise.ts";
import { table } from "./table.ts";
import { count, duration, percent } from "./words.ts";

export function detectionChapter(context: Context): Markup {
  const told = context.report.operations?.alerts;
  if (!told?.value) {
    return chapter(
      context,
      "detection",
      "Detection and noise",
      "How soon a fault is told is not known.",
      markup`${missing(told?.reason ?? "the alerts")}${noise(context)}`,
    );
  }
  const alerts = told.value;
  const outside = context.report.operations?.outside.value ?? [];
  const detected = detectionOf(context);
  const rows = detected.map((one) => {
    const [first] = one.told;
    const cost = first?.fault.budgetShare ?? undefined;
    return [
      faultWords(one),
      first ? duration(first.fault.seconds) : "never",
      cost === undefined ? "–" : percent(cost),
      first ? markup`${first.alert.name} <span class="sec">${first.alert.severity}</span>` : "–",
      count(one.told.length, "alert"),
    ];
  });
  const blind = detected.filter(({ told: all }) => all.length === 0).map(faultWords);
  const costs = detected.flatMap(({ told: [first] }) => first?.fault.budgetShare ?? []);
  const lead =
    blind.length > 0
      ? `Nobody is told when ${blind.join(", or when ")}.`
      : costs.length > 0
        ? `Whether all, a tenth or a hundredth of the requests fail, at most ${percent(Math.max(...costs))} of the month's budget is gone before somebody is told.`
        : `${count(alerts.length, "alert reaches", "alerts reach")} somebody; no availability is promised.`;
  return chapter(
    context,
    "detection",
    "Detection and noise",
    `${lead}${noiseSentence(context)}`,
    markup`${rows.length === 0 ? nothing : table(["Fault", "Somebody is told after", "Budget gone", "First alert", "See it"], rows, { numeric: [1, 2] })}
${noise(context)}
<details class="fold"><summary>All ${count(alerts.length + outside.length, "alert")} that reach somebody, with severity, time and runbook</summary>${table(["Alert", "Severity", "Says", "Told after", "Runbook"], [...alerts.map(alertRow), ...outside.map(outsideRow)])}</details>`,
    "declared windows, intervals and delays at worst. A dash: the alert looks for no fault of requests.",
  );
}

function alertRow(alert: Alert): readonly (Markup | string)[] {
  const { name, severity, title, faults, runbook } = alert;
  const rings = faults.map((fault) => `${fault.name}: ${duration(fault.seconds)}`);
  return [
    name,
    severity,
    title.replace(/^\[[^\]]*\] /, ""),
    rings.join("; ") || "–",
    runbook ? runbookLink(runbook) : "–",
  ];
}

function outsideRow({ alarm, severity, asks, everySeconds, seconds }: OutsideWatch): readonly string[] {
  const says = `${asks} does not answer Route 53, which asks every ${everySeconds} s: also while Datadog is down`;
  return [alarm, severity, says, `outage: ${duration(seconds)}`, "–"];
}

function runbookLink(address: string): Markup {
  const page = /([^/#]+)(?:\.md)?(?:#.*)?$/.exec(address)?.[1] ?? address;
  return address.startsWith("https://")
    ? markup`<a href="${address}">${page.replace(/\.md$/, "")}</a>`
    : nothing;
}
