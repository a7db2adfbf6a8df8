/** What `mutate` prints. */
import { hanging } from "../terminal/layout.ts";
import type { Page } from "../terminal/page.ts";
import { kinds } from "./mutant.ts";
import { apart, type Counts, floor, percent, type Score, type Survivor } from "./score.ts";

const columns = ["generated", "noticed", "excepted", "survived"] as const;

export function mutateText(score: Score, { width, paint }: Page): string {
  const rows = score.rows.filter((r) => r.generated > 0);
  const head = ["", ...columns, "score"];
  const cells = [
    head,
    ...rows.filter((r) => r.kind !== apart).map((r) => [kinds[r.kind], ...numbers(r)]),
    ["all", ...numbers(score.total)],
    ...rows.filter((r) => r.kind === apart).map((r) => [`apart: ${kinds[r.kind]}`, ...numbers(r)]),
  ];
  const widths = head.map((_, i) => Math.max(...cells.map((row) => row[i]?.length ?? 0)));
  const table = cells.map((row, at) => {
    const line = row.map((cell, i) =>
      i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0),
    );
    return at === 0 ? paint("bold", line.join("  ")) : line.join("  ");
  });
  const bold = (text: string) => paint("bold", text);
  const crashes = score.crashes.flatMap(({ rule, mutants, example }) =>
    hanging("  ", `${rule}: ${mutants}, such as ${example}`, width),
  );
  const lines = [
    ...[...Map.groupBy(score.survivors, ({ type }) => type)].flatMap(([type, own]) => [
      bold(type),
      ...own.flatMap((survivor) => hanging("  ", told(survivor), width)),
    ]),
    ...(score.survivors.length > 0 ? [""] : []),
    ...(crashes.length > 0 ? [bold("Noticed only by a rule that failed itself"), ...crashes, ""] : []),
    ...table,
    "",
    bold(
      `${score.holds ? "HOLDS" : "FALLS SHORT"}  ${score.stack}: ${shown(score.score)} of the weakenings are noticed, must be ≥ ${floor} %`,
    ),
  ];
  return `${lines.join("\n")}\n`;
}

function told({ path, operators, at }: Survivor): string {
  const [first] = at;
  const places = at.length > 1 ? `${at.length} places, such as ${first}` : first;
  return `${path || "the resource"}: ${operators.join(", ")} (${places})`;
}

function numbers(counts: Counts): string[] {
  return [...columns.map((c) => counts[c].toLocaleString("en")), shown(percent(counts))];
}

/** Rounded down: 94.99 % is not 95 %. */
function shown(share: number): string {
  return `${(Math.floor(share * 10) / 10).toFixed(1)} %`;
}
