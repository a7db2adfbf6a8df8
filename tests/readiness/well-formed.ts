/** A reader of HTML and XML for tests, stricter than either. */
import { expect } from "vitest";

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Its text and that of its elements. */
  readonly text: string;
  readonly elements: readonly Element[];
}

const tag = /<(?<close>\/?)(?<name>[a-z][\w-]*)(?<attributes>(?: [\w-]+="[^"<]*")*)(?<empty>\/?)>/g;

/** Reads mark-up of plain elements; fails the test where it is not well-formed. */
export function elementsOf(page: string): readonly Element[] {
  const root = { name: "", attributes: {}, text: "", elements: [] as Element[] };
  const open = [root];
  let end = 0;
  const take = (from: number, to: number) => {
    const text = page.slice(from, to).replace(/^<(\?xml|!doctype) [^>]*>/, "");
    expect(text).not.toMatch(/[<>]|&(?!#\d+;)/);
    for (const element of open) element.text += unescaped(text);
  };
  for (const match of page.matchAll(tag)) {
    const { close, name = "", attributes = "", empty } = match.groups ?? {};
    take(end, match.index);
    end = match.index + match[0].length;
    if (close) {
      expect(open.pop()?.name).toBe(name);
      continue;
    }
    const pairs = [...attributes.matchAll(/ ([\w-]+)="([^"]*)"/g)];
    const own = Object.fromEntries(pairs.map(([, key = "", value = ""]) => [key, unescaped(value)]));
    const element = { name, attributes: own, text: "", elements: [] };
    open.at(-1)?.elements.push(element);
    if (!empty) open.push(element);
  }
  take(end, page.length);
  expect(open).toEqual([root]);
  return root.elements;
}

/** All elements of a name, at any depth. */
export function all(elements: readonly Element[], name: string): readonly Element[] {
  return elements.flatMap((e) => [...(e.name === name ? [e] : []), ...all(e.elements, name)]);
}

function unescaped(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
