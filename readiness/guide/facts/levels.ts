/** What is promised, of what, and how much of it may fail. */
import type { StackSpec } from "../../../model/config/stack-spec.ts";
import { errorBudgetMinutes, monthHours } from "../../../model/service-levels/error-budget.ts";
import { recoveryLevels } from "../../../model/service-levels/recovery.ts";
import { endpointClasses, type ServiceLevels } from "../../../model/service-levels/targets.ts";
import { code, inline, table } from "../../render/markdown-text.ts";

export function levelFacts({ product, domain, services, tier, backups, database }: StackSpec) {
  const recovery = recoveryLevels[tier];
  const worst = Math.min(...services.map(({ serviceLevels }) => serviceLevels.availability.targetPercent));
  return {
    product: inline(product),
    budget: `${errorBudgetMinutes(worst)} minutes of outage in its ${monthHours} hours (${worst} %)`,
    "service-levels": services
      .map(({ name, serviceLevels }) => [`**${inline(name)}**`, "", levels(serviceLevels)].join("\n"))
      .join("\n\n"),
    services: table(
      ["service", "address", "health", "pages", "built from"],
      services.map(({ name, path, healthPath, pages, repository, branch }) => [
        inline(name),
        code(`https://${domain}${path}`),
        code(healthPath),
        Object.values(pages).map(code).join(", "),
        `${code(repository)}, branch ${code(branch)}`,
      ]),
    ),
    "rollback-time": `${recovery.rollbackMinutes} minutes`,
    recovery: table(
      ["what", "at most"],
      [
        ["data lost (RPO)", `${recovery.databaseRpoMinutes} minutes of writes`],
        ["until the database answers again (RTO)", `${recovery.databaseRtoMinutes} minutes`],
        ...(database.kind === "rds"
          ? [["how far back, to the second", `${database.backupRetentionDays} days`]]
          : []),
        [
          "how far back, by copies",
          `${backups.dailyRetentionDays} days daily, ${backups.weeklyRetentionDays} weekly, ` +
            `${backups.monthlyRetentionDays} monthly, in ${code(backups.copyRegion)} too`,
        ],
      ],
    ),
  };
}

function levels({
  latency,
  overallLatency,
  availability,
  errorRate,
  cacheHitRate,
  ...rest
}: ServiceLevels): string {
  const ms = ({ targetMs, alertMs }: { targetMs: number; alertMs: number }) => [
    `below ${targetMs} ms`,
    `above ${alertMs} ms`,
  ];
  return table(
    ["measure", "promised", "an alert tells"],
    [
      ["availability in a month", `${availability.targetPercent} %`, `below ${availability.alertPercent} %`],
      ["requests that fail", `below ${errorRate.targetPercent} %`, `above ${errorRate.alertPercent} %`],
      ...endpointClasses.map((name) => [`95 % of ${name} requests answer`, ...ms(latency[name])]),
      ["95 % of all API requests answer", ...ms(overallLatency)],
      ["a page answers", `below ${rest.pageResponseMs / 1000} s`, "likewise"],
      ["cache hits", `above ${cacheHitRate.targetPercent} %`, `below ${cacheHitRate.alertPercent} %`],
      ["scripts of a page", `below ${rest.bundle.targetKB} KB`, `above ${rest.bundle.alertKB} KB`],
    ],
  );
}
