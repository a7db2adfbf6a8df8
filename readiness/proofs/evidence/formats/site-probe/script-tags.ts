/**
 * The start tags of scripts, also of those in comments and in scripts: too many rather than too few. Nothing where one
 * has no end.
 */
export function scriptTags(body: string): string[] | null {
  const tags = body.match(/<script(?=[\s/>])(?:"[^"]{0,4096}"|'[^']{0,4096}'|[^>"']){0,4096}>?/gi) ?? [];
  return tags.every((tag) => tag.endsWith(">")) ? tags : null;
}
