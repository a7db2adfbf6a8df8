/** HTML and XML in which nothing is mark-up but what stands in the code. */
import { clean } from "../terminal/layout.ts";

export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Mark-up, a list of it, or text that may hold anything. */
type Part = Markup | readonly Markup[] | string | number;

/** A template in which values are text, unless they are mark-up that another template has made. */
export function markup(literals: TemplateStringsArray, ...values: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: literals }, ...values.map(written)));
}

function written(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map((p) => p.text).join("\n");
  return escaped(String(part));
}

/** Text as it stands in mark-up; a reference by number means the same in HTML, SVG and XML. */
export function escaped(text: string): string {
  return clean(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
