/** Where a stack stands, in one line: the last lines of a check. */
import type { StackReport } from "../report.ts";
import type { Standing } from "../verdict.ts";

/** `prod: NO-GO, 2 of 120 items fail, 27 have no proof yet`. */
export function summary({ stack, verdict, checklist }: StackReport): string {
  const required = checklist.filter((i) => i.required);
  const count = (standing: Standing) => required.filter((i) => i.standing === standing).length;
  const numbers = [
    { number: count("failing"), what: "failing" },
    { number: count("unproven"), what: "without proof" },
    { number: count("undecided"), what: "undecided" },
  ].filter(({ number }) => number > 0);
  const open = numbers.length === 0 ? [{ number: count("proven"), what: "proven" }] : numbers;
  const parts = open.map(({ number, what }) => `${number} ${what}`).join(", ");
  return `${stack}: ${verdict}, ${parts} of ${required.length} required items`;
}
