/** What is declared, as a drawing and as a list. */
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, missing, nothing } from "./context.ts";
import { drawing } from "./drawing.ts";
import { keys } from "./marks.ts";
import { table } from "./table.ts";
import { count, number, sum } from "./words.ts";

/** The stack itself, its providers and its components are no one's to deploy. */
const own = ["pulumi", "readiness"];

export function architectureChapter(context: Context): Markup {
  const { report } = context;
  const types = Object.entries(report.resources).filter(([type]) => !own.includes(packageOf(type)));
  const total = sum(types.map(([, amount]) => amount));
  const byPackage = [...Map.groupBy(types, ([type]) => packageOf(type))].map(([name, all]) => ({
    name,
    amount: sum(all.map(([, amount]) => amount)),
    types: all.toSorted((a, b) => b[1] - a[1]).map(([type, amount]) => `${amount} ${type.split(":").at(-1)}`),
  }));
  const rows = byPackage
    .toSorted((a, b) => b.amount - a.amount)
    .map(({ name, amount, types }) => [name, number(amount), types.join(", ")]);
  const told = report.operations?.architecture;
  const drawn = (told?.value?.parts.length ?? 0) > 0;
  const word = report.source.kind === "state" ? "deployed" : "declared";
  return chapter(
    context,
    "architecture",
    "Architecture",
    `${count(total, `${word} resource`)}.${drawn ? " Requests run along the thin lines, alarms along the thick ones." : ""}`,
    markup`${told?.value && drawn ? picture(context, told.value) : missing(told?.reason ?? "a drawing: none of the resources that it knows is declared")}
${rows.length === 0 ? nothing : markup`<details class="fold"><summary>All resources by provider and type</summary>${table(["Provider", "Resources", "Types"], rows, { numeric: [1] })}</details>`}`,
    "resources of this report. A box is drawn where its resource is declared, a line where one refers to the other.",
  );
}

function picture(context: Context, architecture: Parameters<typeof drawing>[1]): Markup {
  return markup`<figure>${drawing(context, architecture, "wide")}${drawing(context, architecture, "tall")}</figure>
${keys(
  ['<path d="M0 7h26" class="e"/>', "request"],
  ['<path d="M0 7h26" class="e backup"/>', "backup"],
  ['<path d="M0 7h26" class="e alarm"/>', "alarm, on its way to people"],
)}`;
}

function packageOf(type: string): string {
  return type.split(":")[0] ?? type;
}
