/** The formats of a report; each loads its renderer when it is asked for. */
import type { Report } from "../report.ts";
import { styled } from "../terminal/guard.ts";
import type { TextOptions } from "./text.ts";

/** Everything that a report is made of. */
export interface Content extends TextOptions {
  readonly report: Report;
  /** What the text ends with. */
  readonly closing: readonly string[];
}

/** What grows with the resources of a stack comes in pieces. */
type Renderer = (report: Report, content: Content) => string | Iterable<string>;

/** A row for each, under the name that the command line takes. */
const renderers = {
  text: async () => {
    const { renderText } = await import("./text.ts");
    return ({ stacks, notEvaluated }, content) =>
      renderText(stacks, content.closing, { ...content, notEvaluated });
  },
  json: async () => (await import("./json.ts")).renderJson,
  markdown: async () => {
    const { renderMarkdown } = await import("./markdown.ts");
    return (report) => renderMarkdown(report);
  },
  html: async () => (await import("./html.ts")).renderHtml,
  sarif: async () => (await import("./sarif.ts")).renderSarif,
  junit: async () => (await import("./junit.ts")).renderJunit,
} as const satisfies Readonly<Record<string, () => Promise<Renderer>>>;

export type ReportFormat = keyof typeof renderers;
export const reportFormats = Object.keys(renderers) as readonly ReportFormat[];

/** A report as the pieces of a text that ends with a line feed. */
export async function render(format: ReportFormat, content: Content): Promise<Iterable<string>> {
  const renderer: Renderer = await renderers[format]();
  const text = renderer(content.report, content);
  return typeof text === "string" ? [styled(text)] : text;
}
