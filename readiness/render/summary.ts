/** What a report is about and where its stack stands, each in one line. */
import type { Commit } from "../inputs/commit.ts";
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

/** `prod: NO-GO, 2 of 120 items fail, 27 have no proof yet`. */
export function summary({ stack, source, verdict, checklist }: StackReport): string {
  const required = checklist.filter((i) => i.required);
  const count = (standing: Standing) => required.filter((i) => i.standing === standing).length;
  const numbers = [
    { number: count("failing"), what: "failing" },
    { number: count("unproven"), what: "without proof" },
    { number: count("undecided"), what: "undecided" },
    { number: count("waived"), what: "waived" },
  ].filter(({ number }) => number > 0);
  const open = numbers.length === 0 ? [{ number: count("proven"), what: "proven" }] : numbers;
  const parts = open.map(({ number, what }) => `${number} ${what}`).join(", ");
  const deployed = source.kind === "state" ? " as deployed" : "";
  return `${stack}${deployed}: ${verdict}, ${parts} of ${required.length} required items`;
}
