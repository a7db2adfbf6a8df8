import { incidentType, postMortem } from "../../declared/on-call.ts";
import { eachRule } from "../../each-rule.ts";
import { type Rule, resourceRule } from "../../rule.ts";

/** Sections of the example in Google's "Site Reliability Engineering", appendix D. */
const sections = [
  "Summary",
  "Impact",
  "Timeline",
  "Root causes",
  "Detection",
  "What went well",
  "What went badly",
  "Action items",
];
/** What makes an action happen: the same book, chapter 15. */
const columns = ["Owner", "Due"];

/** The text under each heading of a Markdown document. */
function sectionsOf(markdown: string): ReadonlyMap<string, string> {
  const parts = markdown.split(/^#+ +/m).slice(1);
  return new Map(parts.map((part) => [part.split("\n", 1)[0]?.trim() ?? "", part]));
}

export const postMortemRules: readonly Rule[] = [
  resourceRule({
    id: "post-mortem-asks-everything",
    item: "ONC-28",
    tiers: ["production"],
    type: postMortem,
    check: ({ props }) => {
      const written = sectionsOf(props.content ?? "");
      return sections
        .filter((section) => !written.has(section))
        .map((section) => ({ observed: `the template has no section "${section}"`, wanted: "there" }));
    },
  }),
  resourceRule({
    id: "post-mortem-actions-owned",
    item: "ONC-28",
    tiers: ["production"],
    type: postMortem,
    check: ({ props }) => {
      const actions = sectionsOf(props.content ?? "").get("Action items") ?? "";
      return columns
        .filter((column) => !new RegExp(`\\| *${column}\\b`, "i").test(actions))
        .map((column) => ({ observed: `an action item has no column "${column}"`, wanted: "there" }));
    },
  }),
  eachRule({
    id: "post-mortem-template-used",
    item: "ONC-28",
    tiers: ["production"],
    each: incidentType,
    check: (type, stack) =>
      stack.attached(postMortem, "incidentType", type).some(({ props }) => props.isDefault === true)
        ? undefined
        : { observed: "no template is what its post-mortems start from", wanted: "the stack's own" },
  }),
];
