/** The formats of a report; each loads its renderer when it is asked for. */
import type { Report } from "../report.ts";
import type { TextOptions } from "./text.ts";

export const formats = ["text", "json", "markdown", "html", "sarif", "junit"] as const;
export type Format = (typeof formats)[number];

/** Everything that a report is made of. */
export interface Content extends TextOptions {
  readonly report: Report;
  /** What the text ends with. */
  readonly closing: readonly string[];
}

/** A report as a text that ends with a line feed. */
export async function render(format: Format, content: Content): Promise<string> {
  switch (format) {
    case "text": {
      const { renderText } = await import("./text.ts");
      return renderText(content.report.stacks, content.closing, content);
    }
    case "json": {
      const { renderJson } = await import("./json.ts");
      return renderJson(content.report);
    }
    case "markdown": {
      const { renderMarkdown } = await import("./markdown.ts");
      return renderMarkdown(content.report);
    }
    case "html": {
      const { renderHtml } = await import("./html.ts");
      return renderHtml(content.report);
    }
    case "sarif": {
      const { renderSarif } = await import("./sarif.ts");
      return renderSarif(content.report);
    }
    case "junit": {
      const { renderJunit } = await import("./junit.ts");
      return renderJunit(content.report);
    }
  }
}
