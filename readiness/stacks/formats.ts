/** The formats of a table of stacks; each loads its renderer when it is asked for. */
import type { Table, TableOptions } from "./table.ts";

type RenderTable = (table: Table, options: TableOptions) => Iterable<string>;

const renderers = {
  text: async () => (await import("./text.ts")).tableText,
  html: async () => (await import("./html.ts")).tableHtml,
  json: async () => (await import("./json.ts")).tableJson,
} as const satisfies Readonly<Record<string, () => Promise<RenderTable>>>;

type TableFormat = keyof typeof renderers;
export const tableFormats = Object.keys(renderers) as readonly TableFormat[];

export function isTableFormat(format: string): format is TableFormat {
  return Object.hasOwn(renderers, format);
}

export async function renderTable(format: TableFormat, table: Table, options: TableOptions) {
  const render: RenderTable = await renderers[format]();
  return render(table, options);
}
