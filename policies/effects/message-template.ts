/**
 * What a Datadog message says, and whom it tells, on each occasion: conditional blocks leave out what does not
 * apply (Datadog, "Notification Variables"). Conditions on the monitor's state have one answer on an occasion;
 * all others, such as `{{#is_match "host.name" "x"}}`, may be true or false, and each answer gives a text.
 */
import { remembered } from "../remembered.ts";

/** Why a notification is sent. */
export type Occasion = "alert" | "warning" | "no data" | "recovery" | "renotification";

/** On each occasion, the conditions on the state that hold. */
const holding: Readonly<Record<Occasion, readonly string[]>> = {
  alert: ["is_alert"],
  warning: ["is_warning"],
  "no data": ["is_no_data"],
  recovery: ["is_recovery", "is_alert_recovery"],
  renotification: ["is_alert", "is_renotify"],
};
/** Those that hold only on the occasions above. What became an alert may have been a warning before, or silence. */
const stateConditions = new Set([
  ...Object.values(holding).flat(),
  "is_warning_recovery",
  "is_no_data_recovery",
  "is_unknown",
]);

/** Many blocks on unknown values are more than a person can follow: 2 to this power texts. */
const maxOpenConditions = 6;

type Node = string | Block;
interface Block {
  /** With its arguments, in one spelling. */
  readonly condition: string;
  readonly negated: boolean;
  readonly yes: readonly Node[];
  readonly no: readonly Node[];
}

/** A message, or why nobody can tell what Datadog makes of it. */
export type Template = { readonly nodes: readonly Node[] } | { readonly problem: string };

interface Open {
  condition: string;
  negated: boolean;
  yes: Node[];
  no: Node[] | undefined;
}

// A comment without an end is looked through once.
const tag = /\{\{!--(?:[\s\S]*?--\}\}|([\s\S]*))|\{\{\{\{(\/?)raw\}\}\}\}|\{\{([#^/!]?)([^{}]*)\}\}/g;

/** Reads a message's blocks. Variables stay as they are written. */
export function parseTemplate(text: string): Template {
  const root: Open = { condition: "", negated: false, yes: [], no: undefined };
  const open: Open[] = [root];
  let end = 0;
  let raw = false;
  for (const match of text.matchAll(tag)) {
    const [whole, endless, rawEnd, sign, inner = ""] = match;
    if (endless !== undefined) return { problem: "{{!-- is not closed" };
    const top = open.at(-1) ?? root;
    const into = top.no ?? top.yes;
    into.push(text.slice(end, match.index));
    end = match.index + whole.length;
    if (rawEnd !== undefined) raw = rawEnd === "";
    else if (raw) into.push(whole);
    else if (sign === undefined || sign === "!") continue;
    else if (sign === "/") {
      if (open.length === 1 || inner.trim() !== top.condition.split(" ")[0]) {
        return { problem: `${whole} closes what is not open` };
      }
      open.pop();
      const parent = open.at(-1) ?? root;
      (parent.no ?? parent.yes).push({ ...top, no: top.no ?? [] });
    } else if (sign !== "") {
      const condition = inner.trim().replaceAll("'", '"').replace(/\s+/g, " ");
      open.push({ condition, negated: sign === "^", yes: [], no: undefined });
    } else if (inner.trim() === "else" && open.length > 1 && !top.no) top.no = [];
    else if (/^\s*(else\b|[#^/~])|~\s*$/.test(inner)) return { problem: `${whole} is no tag of Datadog's` };
    else into.push(whole);
  }
  if (open.length > 1) return { problem: `{{#${open.at(-1)?.condition}}} is not closed` };
  if (raw) return { problem: "{{{{raw}}}} is not closed" };
  root.yes.push(text.slice(end));
  return { nodes: root.yes };
}

/**
 * The texts that a message can have on an occasion: one where it has no conditions on values.
 * @param priority the monitor's, 1 to 5
 */
export function textsOn(
  template: Template,
  occasion: Occasion,
  priority?: number,
): readonly string[] | { readonly problem: string } {
  if ("problem" in template) return template;
  const truth = (condition: string): boolean | undefined => {
    if (stateConditions.has(condition)) return holding[occasion].includes(condition);
    const [, wanted] = /^is_priority "P?(\d)"$/.exec(condition) ?? [];
    return wanted && priority ? Number(wanted) === priority : undefined;
  };
  const undecided = [...new Set(conditionsIn(template.nodes))].filter((c) => truth(c) === undefined);
  if (undecided.length > maxOpenConditions)
    return { problem: `it has ${undecided.length} conditions on values` };
  const worlds = Array.from(
    { length: 2 ** undecided.length },
    (_, bits) => new Map(undecided.map((condition, i) => [condition, ((bits >> i) & 1) === 1])),
  );
  const texts = worlds.map((world) =>
    render(template.nodes, (condition) => truth(condition) ?? world.get(condition) ?? false),
  );
  return [...new Set(texts)];
}

function conditionsIn(nodes: readonly Node[]): readonly string[] {
  return nodes.flatMap((node) =>
    typeof node === "string" ? [] : [node.condition, ...conditionsIn(node.yes), ...conditionsIn(node.no)],
  );
}

function render(nodes: readonly Node[], holds: (condition: string) => boolean): string {
  return nodes
    .map((node) => {
      if (typeof node === "string") return node;
      return render(holds(node.condition) === node.negated ? node.no : node.yes, holds);
    })
    .join("");
}

/**
 * Whom a text tells, without the @: a handle stands after a blank and ends at the next one ("Notifications").
 * Punctuation behind it is the sentence's.
 */
export const handlesIn = remembered((text): readonly string[] =>
  [...text.matchAll(/(?<!\S)@(\S+)/g)].flatMap(([, word = ""]) => nameOf(word)),
);

/** Whatever looks like a handle, whether or not Datadog takes it for one: no addresses and no paths of links. */
export const mentionsIn = remembered((text): readonly string[] =>
  [...text.matchAll(/(?<![\w.+/-])@(\S+)/g)].flatMap(([, word = ""]) => nameOf(word)),
);

function nameOf(word: string): readonly string[] {
  const [name = ""] = /^[^\s,;()[\]"'`<>*]+/.exec(word) ?? [];
  const bare = name.replace(/(?<![.:!?])[.:!?]+$/, "");
  return bare === "" ? [] : [bare];
}
