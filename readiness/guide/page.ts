/** Guide and runbooks as one page of HTML without a script: to search, to read on a phone at night, and to print. */
import { Marked, type Tokens } from "marked";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { escaped } from "../render/markup.ts";
import { guideFolder, type Page, runbookFolder } from "./pages.ts";
import { style } from "./style.ts";

interface Chapter extends Page {
  /** Such as `docs/guide/rollback.md`. */
  readonly path: string;
  /** What its headings' names begin with. */
  readonly id: string;
}

/** Links between pages lead to their chapters; what is no chapter, to the repository. */
export function guidePage(
  { product, repository }: StackSpec,
  guide: readonly Page[],
  runbooks: readonly Page[],
): string {
  const chapters = [
    ...chaptersOf(guideFolder, "guide", guide),
    ...chaptersOf(runbookFolder, "runbook", runbooks),
  ];
  const ids = new Map(chapters.map(({ path, id }) => [path, id]));
  const title = escaped(`${product}: operator's guide`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${title}</h1></header>
<nav aria-label="Contents">
<ul>
${chapters.map(({ id, text }) => `<li><a href="#${id}">${escaped(titleOf(text))}</a></li>`).join("\n")}
</ul>
</nav>
<main>
${chapters.map((chapter) => `<section id="${chapter.id}">\n${bodyOf(chapter, ids, repository)}</section>`).join("\n")}
</main>
</body>
</html>
`;
}

function chaptersOf(folder: string, kind: string, pages: readonly Page[]): readonly Chapter[] {
  return pages.map(({ name, text }) => ({
    name,
    text,
    path: `${folder}/${name}`,
    id: `${kind}-${name.replace(/\.md$/, "").toLowerCase()}`,
  }));
}

function titleOf(text: string): string {
  return /^# (.+)$/m.exec(text)?.[1] ?? "";
}

function bodyOf(chapter: Chapter, ids: ReadonlyMap<string, string>, repository: string): string {
  const slug = slugs();
  const markdown = new Marked({ gfm: true });
  markdown.use({
    renderer: {
      heading({ tokens, depth, text }: Tokens.Heading) {
        const inner = this.parser.parseInline(tokens);
        if (depth === 1) return `<h2>${inner}</h2>\n`;
        const level = Math.min(depth + 1, 6);
        return `<h${level} id="${chapter.id}--${slug(text)}">${inner}</h${level}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const to = addressOf(href, chapter, ids, repository);
        const inner = this.parser.parseInline(tokens);
        return to === undefined ? inner : `<a href="${escaped(to)}">${inner}</a>`;
      },
      table({ header, rows }: Tokens.Table) {
        const cells = (row: readonly Tokens.TableCell[], tag: string) =>
          `<tr>${row.map((cell) => cellOf(this.parser.parseInline(cell.tokens), tag)).join("")}</tr>`;
        const body = rows.map((row) => cells(row, "td")).join("\n");
        return `<div class="wide" tabindex="0" role="group" aria-label="Table"><table>\n<thead>${cells(header, "th")}</thead>\n<tbody>${body}</tbody>\n</table></div>\n`;
      },
      code({ text }: Tokens.Code) {
        const lines = text.split("\n").map(escaped);
        return `<pre tabindex="0"><code>${lines.join("\n")}</code></pre>\n`;
      },
      checkbox: () => "☐ ",
      image: ({ text }: Tokens.Image) => escaped(text),
      // Comments say nothing to a reader; whatever else looks like HTML is text.
      html: ({ text }: Tokens.HTML | Tokens.Tag) => (text.startsWith("<!--") ? "" : escaped(text)),
    },
  });
  return markdown.parse(chapter.text, { async: false });
}

/** A heading of nothing is none. */
function cellOf(inner: string, tag: string): string {
  const kind = inner === "" ? "td" : tag;
  return `<${kind}>${inner}</${kind}>`;
}

/** Nothing where a link leads nowhere that a page may lead to. */
function addressOf(
  href: string,
  { path, id }: Chapter,
  ids: ReadonlyMap<string, string>,
  repository: string,
): string | undefined {
  if (/^(https?|mailto):/i.test(href)) return href;
  const [file = "", fragment] = href.split("#", 2);
  const target = file === "" ? path : new URL(file, `file:///${path}`).pathname.slice(1);
  const chapter = ids.get(target);
  if (chapter !== undefined) return `#${fragment ? `${chapter}--${fragment}` : chapter}`;
  if (/^[a-z][a-z\d+.-]*:/i.test(href)) return undefined;
  return file === "" ? `#${id}` : `https://github.com/${repository}/blob/main/${target}`;
}

/** The names that GitHub gives to a page's headings; one that occurs again gets a number. */
function slugs(): (heading: string) => string {
  const seen = new Map<string, number>();
  return (heading) => {
    const slug = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-");
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  };
}
