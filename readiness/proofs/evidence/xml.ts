/** XML that somebody else wrote, as a tree without its text. */
import { SaxesParser } from "saxes";
import type { Unreadable } from "./reading.ts";
import { readText } from "./text.ts";

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

export interface XmlDocument {
  readonly root: XmlElement;
  readonly comments: readonly string[];
}

/** Ours, as for JSON. */
const deepest = 1000;

class Refusal extends Error {
  override readonly name = "Refusal";
}

/** The document, or why there is none; a sentence without the file's name. */
export function readXml(bytes: Uint8Array): XmlDocument | Unreadable {
  const read = readText(bytes);
  if ("problem" in read) return read;
  try {
    return parsed(read.text);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { problem: error.message };
  }
}

function parsed(text: string): XmlDocument {
  const parser = new SaxesParser();
  const comments: string[] = [];
  const open: (XmlElement & { children: XmlElement[] })[] = [];
  let root: XmlElement | undefined;
  parser.on("doctype", () => {
    throw new Refusal("it has a DOCTYPE, which no tool writes and which can define entities: must have none");
  });
  parser.on("error", (error) => {
    if (/unclosed tag|unexpected end|document must contain a root/.test(error.message)) {
      throw new Refusal("its XML breaks off: the tool was stopped while it wrote, run it again");
    }
    throw new Refusal(`it is not XML: ${error.message.slice(0, 100)}`);
  });
  parser.on("comment", (comment) => comments.push(comment.trim()));
  parser.on("opentag", ({ name, attributes }) => {
    if (open.length >= deepest) throw new Refusal(`it is nested more than ${deepest} levels deep`);
    const element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  if (!root) throw new Refusal("it is XML without an element");
  return { root, comments };
}
