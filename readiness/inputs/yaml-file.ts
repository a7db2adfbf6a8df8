/** YAML with the line of each part. */
import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Tags,
  visit,
  type YAMLParseError,
} from "yaml";

/** Where the text stops being YAML; lines and columns count from 1. */
export interface YamlFault {
  readonly line: number;
  readonly column: number;
  /** What the parser expected; never a part of the file, which may be a secret. */
  readonly message: string;
}

export interface YamlFile {
  /** The content; plain data, a time in Pulumi's dialect being a `Date`. */
  readonly content: unknown;
  /** Line of the part that stands under `keys`, or of the innermost one around it that is there. */
  readonly lineOf: (keys: readonly (string | number)[]) => number | undefined;
}

/**
 * Pulumi reads with Go's yaml.v3: YAML 1.2, but with the integers (0777, 1_000), times and merge keys of 1.1.
 * `yes` and `on` are texts.
 */
function tagsOfPulumi(yaml11: Tags): Tags {
  const foreign = (tag: Tags[number]) =>
    typeof tag === "object" && (tag.tag.endsWith(":bool") || ("format" in tag && tag.format === "TIME"));
  return [...yaml11.filter((tag) => !foreign(tag)), "bool", "intOct"];
}

/**
 * Parses a file; where it is not YAML, tells the first thing that is wrong: the others follow from it.
 * @param dialect as Pulumi's command line reads it, or plain YAML 1.2, to which a time is a text
 */
export function parseYaml(
  text: string,
  dialect: "pulumi" | "plain" = "pulumi",
): YamlFile | { readonly fault: YamlFault } {
  const lines = new LineCounter();
  try {
    return parsed(text, dialect, lines);
  } catch (error) {
    // What nests deeper than the parser can follow.
    if (!(error instanceof RangeError)) throw error;
    return { fault: { line: 1, column: 1, message: "not valid YAML: it is nested too deep to be read" } };
  }
}

function parsed(
  text: string,
  dialect: "pulumi" | "plain",
  lines: LineCounter,
): YamlFile | { readonly fault: YamlFault } {
  const document = parseDocument(text, {
    ...(dialect === "pulumi" ? { schema: "yaml-1.1", customTags: tagsOfPulumi } : { schema: "core" }),
    lineCounter: lines,
    prettyErrors: false,
    // Warnings of the parser's quote the file.
    logLevel: "error",
  });
  const fault = (offset: number, message: string) => {
    const { line, col } = lines.linePos(offset);
    return { fault: { line, column: col, message: `not valid YAML: ${message}` } };
  };
  const [error] = document.errors;
  if (error) return fault(error.pos[0], wording(error));
  const broken = brokenPart(document);
  if (broken) return fault(offsetOf(broken.node), broken.message);
  try {
    const content: unknown = document.toJS();
    return { content, lineOf: (keys) => lineOf(document, lines, keys) };
  } catch {
    return fault(0, "its aliases multiply beyond all bounds");
  }
}

/** Nodes around a node, pairs of maps among them; ours: a stack file has a dozen. */
const deepest = 100;

/** The parser's message without the text at fault. */
function wording({ code, message }: YAMLParseError): string {
  if (code === "RESOURCE_EXHAUSTION") return "it is nested too deep to be read";
  if (code === "MULTIPLE_DOCS") return "a second document starts here, there must be one";
  if (code === "TAG_RESOLVE_FAILED") return "an unknown tag; a text that starts with ! stands in quotes";
  if (code === "BAD_DQ_ESCAPE") return "an invalid escape sequence; single quotes take a backslash as it is";
  return message.replace(/: .*$/s, "");
}

/** The first part that is YAML and has no meaning here. */
function brokenPart(document: Document): { readonly node: Node; readonly message: string } | undefined {
  let found: ReturnType<typeof brokenPart>;
  visit(document, {
    Alias(_, node, around) {
      const meant = node.resolve(document);
      if (meant && !around.includes(meant)) return undefined;
      const message = meant
        ? "an alias of what it stands in"
        : "an alias without an anchor before it; a text that starts with * stands in quotes";
      found = { node, message };
      return visit.BREAK;
    },
    Collection(_, node, around) {
      if (around.length <= deepest) return undefined;
      found = { node, message: "it is nested too deep to be read" };
      return visit.BREAK;
    },
    Pair(_, { key }) {
      const meant = isAlias(key) ? key.resolve(document) : key;
      if (!isNode(meant) || (isScalar(meant) && !/[\r\n]/.test(String(meant.value)))) return undefined;
      found = { node: isNode(key) ? key : meant, message: "a key must be a text of one line" };
      return visit.BREAK;
    },
  });
  return found;
}

function lineOf(
  document: Document,
  lines: LineCounter,
  keys: readonly (string | number)[],
): number | undefined {
  let node: unknown = document.contents;
  let line: number | undefined;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document);
    const [mark, next] = isSeq(node) ? [node.items[Number(key)], node.items[Number(key)]] : entry(node, key);
    if (!isNode(mark)) break;
    line = lines.linePos(offsetOf(mark)).line;
    node = next;
  }
  return line;
}

/** The key and the value of a map's entry. */
function entry(map: unknown, key: string | number): readonly [key: unknown, value: unknown] {
  const pair = isMap(map) ? map.items.find((p) => isScalar(p.key) && String(p.key.value) === key) : undefined;
  return [pair?.key, pair?.value];
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
