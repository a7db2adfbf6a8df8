/** What a report is about and where its stack stands, each in one line. */
import type { Commit } from "../inputs/commit.ts";
import { overviewOf, type StackOverview } from "../overview.ts";
import type { ReportSource, StackReport } from "../report.ts";
import type { Standing } from "../verdict.ts";

/** `prod, production tier, commit 0123456789`, or where the state of what is deployed was read. */
export function subject({ stack, tier, tierBy, source, commit }: StackReport): string {
  return `${stack}, ${tier} tier${reasons[tierBy]}, ${source.kind === "state" ? deployedBy(source) : version(commit)}`;
}

/** Why it is of its tier, where the name does not say. */
const reasons = {
  name: "",
  config: " by readiness:tier",
  default: " (the name says none, and no readiness:tier)",
} as const;

function deployedBy({ file, updated }: ReportSource): string {
  const from = file === "-" ? "standard input" : file;
  return `as deployed (${from}${updated === null ? "" : `, written ${updated.slice(0, 19)}Z`})`;
}

function version({ id, reason }: Commit): string {
  return id === null ? `no commit (${reason})` : `commit ${id.slice(0, 10)}`;
}

/** `prod: NO-GO, 2 failing, 27 without proof of 120 required items`. */
export function summary(report: StackReport): string {
  const { stack, source, verdict } = report;
  const deployed = source.kind === "state" ? " as deployed" : "";
  const [numbers] = overviewOf([report], []);
  return `${stack}${deployed}: ${verdict}, ${numbers && standingsText({ ...numbers, failing: [] })}`;
}

const openWords = {
  failing: "failing",
  unproven: "without proof",
  undecided: "undecided",
  waived: "waived",
} as const satisfies Partial<Record<Standing, string>>;

/** Failing items that are named. */
const shownItems = 8;

/** `2 failing (DB-02, NET-01), 27 without proof of 120 required items`. */
export function standingsText({ verdict, required, standings, failing }: StackOverview): string {
  if (verdict === null) return "could not be evaluated";
  const more = failing.length - shownItems;
  const named = [...failing.slice(0, shownItems), ...(more > 0 ? [`${more} more`] : [])];
  const open = Object.entries(openWords).flatMap(([standing, words]) => {
    const number = standings[standing as Standing] ?? 0;
    if (number === 0) return [];
    return [
      `${number} ${words}${standing === "failing" && named.length > 0 ? ` (${named.join(", ")})` : ""}`,
    ];
  });
  const parts = open.length === 0 ? [`${standings.proven ?? 0} proven`] : open;
  return `${parts.join(", ")} of ${required} required items`;
}
