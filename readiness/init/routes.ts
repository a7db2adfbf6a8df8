/** The addresses that a Next.js app has by its files, those with a part that varies given an example. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const page = /^page\.([jt]sx?|mdx?)$/;
const handler = /^route\.[jt]s$/;
const pageFile = /\.([jt]sx?|mdx)$/;
/** Deeper than that nothing is looked for. */
const deepest = 8;

export function pageRoutes(folder: string): readonly string[] {
  return [
    ...appFolders(folder).flatMap((app) => below(app, page, false)),
    ...pagesFolders(folder).flatMap((pages) => files(pages, "").filter((path) => !path.startsWith("/api"))),
  ];
}

export function apiRoutes(folder: string): readonly string[] {
  return [
    ...appFolders(folder).flatMap((app) => below(app, handler, true)),
    ...pagesFolders(folder).flatMap((pages) => files(pages, "").filter((path) => path.startsWith("/api/"))),
  ];
}

const there = (folder: string, name: string) =>
  [join(folder, name), join(folder, "src", name)].filter((path) => existsSync(path));
const appFolders = (folder: string) => there(folder, "app");
const pagesFolders = (folder: string) => there(folder, "pages");

/** Folders are parts of the address; (groups), @slots and _private ones are none. */
function below(folder: string, file: RegExp, varying: boolean, path = "", depth = 0): readonly string[] {
  if (depth > deepest) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return file.test(entry.name) ? [path || "/"] : [];
    if (/^[_@]/.test(entry.name)) return [];
    const part = partOf(entry.name, varying);
    if (part === undefined) return [];
    const next = part === "" ? path : `${path}/${part}`;
    return below(join(folder, entry.name), file, varying, next, depth + 1);
  });
}

function files(folder: string, path: string, depth = 0): readonly string[] {
  if (depth > deepest) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = entry.name.replace(pageFile, "");
    const part = partOf(name, true);
    if (part === undefined || name.startsWith("_")) return [];
    if (entry.isDirectory()) return files(join(folder, entry.name), `${path}/${part}`, depth + 1);
    if (!pageFile.test(entry.name)) return [];
    return [name === "index" ? path || "/" : `${path}/${part}`];
  });
}

/** Nothing where the address cannot be known. */
function partOf(name: string, varying: boolean): string | undefined {
  if (/^\(.*\)$/.test(name)) return "";
  if (/^\[\[?\.\.\./.test(name)) return undefined;
  if (name.startsWith("[")) return varying ? "1" : undefined;
  return /^[\w.~-]+$/.test(name) ? name : undefined;
}
