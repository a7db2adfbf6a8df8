/**
 * Results of axe-core 4, one page or a list of them: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#results-object.
 * Neither the answer's status nor the address that was asked for is in them: an error page or a login page has results
 * like any other, so the reader compares the address.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { oneLine } from "../values.ts";

const rules = z.array(z.looseObject({ id: z.string().min(1), tags: z.array(z.string()) }));
const page = z.looseObject({
  testEngine: z.looseObject({ name: z.literal("axe-core"), version: z.string() }),
  timestamp: z.iso.datetime(),
  url: z.string(),
  toolOptions: z.looseObject({
    runOnly: z.looseObject({ type: z.string(), values: z.array(z.string()) }).optional(),
    rules: z.record(z.string(), z.looseObject({ enabled: z.boolean().optional() })).optional(),
  }),
  violations: rules,
  passes: rules,
  incomplete: rules,
  inapplicable: rules,
});
const schema = z.union([page.transform((one) => [one]), z.array(page).min(1)]);
type Page = z.infer<typeof page>;

export const axe: Format = {
  name: "axe",
  kind: "accessibility",
  made: "JSON.stringify(await new AxeBuilder({ page }).withTags(tags).analyze()), of @axe-core/playwright",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  // A union names no field that is wrong: the shape of one page does.
  const whole = readShape(bytes, schema);
  if ("problem" in whole) {
    const one = readShape(bytes, page);
    return "problem" in one ? one : whole;
  }
  const pages = whole.value;
  for (const each of pages) {
    const problem = narrowed(each);
    if (problem !== null) return { problem: `${oneLine(each.url)}: ${problem}` };
  }
  const [standards = [], ...others] = pages.map(standardsOf);
  const versions = new Set(pages.map((p) => p.testEngine.version));
  return {
    tool: "axe-core",
    version: versions.size === 1 ? ([...versions][0] ?? null) : null,
    startedAt: null,
    finishedAt:
      pages
        .map((p) => p.timestamp)
        .sort()
        .at(-1) ?? null,
    commit: null,
    measure: {
      kind: "accessibility",
      pages: pages.map((p) => ({
        url: p.url,
        violations: p.violations.map(({ id }) => oneLine(id)),
        passes: p.passes.length,
        incomplete: p.incomplete.length,
      })),
      standards: standards.filter((tag) => others.every((other) => other.includes(tag))),
    },
  };
}

/** Why the results are not those of a page under whole standards. */
function narrowed({ url, toolOptions: { runOnly, rules = {} }, ...ran }: Page): string | null {
  if (!/^https?:\/\//.test(url)) {
    return "no page of a site, must be http or https: the browser did not get it";
  }
  const off = Object.entries(rules).filter(([, { enabled }]) => enabled === false);
  if (off.length > 0) {
    return `rules were off, all of a standard must run: ${oneLine(off.map(([id]) => id).join(", "))}`;
  }
  if (runOnly && !/^tags?$/.test(runOnly.type)) {
    return `single rules ran, a standard must run whole: ${oneLine(runOnly.values.join(", "))}`;
  }
  if ([...ran.violations, ...ran.passes, ...ran.incomplete, ...ran.inapplicable].length === 0) {
    return "no rule ran: correct the tags";
  }
  return ran.violations.length + ran.passes.length + ran.incomplete.length === 0
    ? "no rule found anything to look at: the page was blank"
    : null;
}

/** Tags that were asked for, of those that rules have; without a choice, all that ran. */
function standardsOf({ toolOptions: { runOnly }, ...ran }: Page): readonly string[] {
  const had = new Set(
    [ran.violations, ran.passes, ran.incomplete, ran.inapplicable].flat().flatMap(({ tags }) => tags),
  );
  return [...had].filter((tag) => !runOnly || runOnly.values.includes(tag)).sort();
}
