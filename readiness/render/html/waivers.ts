/** What is in force although it is not as the checklist wants it. */
import { type Markup, markup } from "../markup.ts";
import { type Context, chapter, link, nothing } from "./context.ts";
import { table } from "./table.ts";
import { count } from "./words.ts";

const dayMs = 86_400_000;
const soonDays = 14;

export function waiversChapter(context: Context): Markup {
  const { report, now, clock } = context;
  const { waivers } = report;
  const lasting = ({ expires }: { readonly expires: string }) =>
    Math.ceil((Date.parse(expires) + dayMs - now) / dayMs);
  const [soonest] = waivers.toSorted((a, b) => lasting(a) - lasting(b));
  const lead = soonest
    ? `${count(waivers.length, "waiver holds", "waivers hold")}; the one of ${soonest.item} ends first, in ${count(lasting(soonest), "day")}.`
    : "No waiver is in force.";
  const rows = waivers.map((waiver) => {
    const left = lasting(waiver);
    const days = count(left, "day");
    return [
      markup`${link(context, waiver.item)} <span class="sec">${waiver.rule ?? ""} ${waiver.resource}</span>`,
      waiver.reason,
      waiver.compensating,
      waiver.owner,
      waiver.approver,
      markup`until ${clock.day(waiver.expires)}, ${left <= soonDays ? markup`<strong>${days}</strong>` : days}`,
    ];
  });
  const body =
    rows.length === 0 ? nothing : table(["Item", "Why", "Meanwhile", "Owner", "Approver", "Holds"], rows);
  return chapter(
    context,
    "waivers",
    "Waivers",
    lead,
    body,
    markup`<code>waivers.yaml</code> of the checked-out commit.`,
  );
}
