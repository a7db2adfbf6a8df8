/** What becomes of each file where something may be there already: nothing is overwritten that nobody has named. */
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { didYouMean } from "../../model/suggest.ts";
import { UsageError } from "../errors.ts";
import { parseJson } from "../foreign-json.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { writeNew, writeWhole } from "../terminal/out-file.ts";
import type { Files } from "./project-files.ts";

type Fate = "new" | "overwritten" | "kept" | "same";

export interface Writing {
  readonly fates: ReadonlyMap<string, Fate>;
  /** Of those that are written. */
  readonly count: number;
  readonly write: () => void;
  /** What those lack that are kept, a line each. */
  readonly lacks: readonly string[];
}

/** What makes a folder a project: where one of them is there and says something else, it has begun already. */
const own = ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.prod.yaml", "index.ts"];

/** @throws UsageError where the folder has a project of its own, as far as it is not named to be overwritten */
export function assertNotBegun(begun: readonly string[], overwrite: readonly string[]): void {
  const theirs = begun.filter((path) => own.includes(path) && !overwrite.includes(path));
  if (theirs.length === 0) return;
  throw new UsageError(
    `${theirs.join(", ")} is there already: init begins a project, and overwrites nothing unasked; --out names another folder, --overwrite a file`,
  );
}

/** Those of them that are there, whatever they say. */
export function begunIn(out: string): readonly string[] {
  return own.filter((path) => textIfThere(out, path) !== undefined);
}

/** @throws UsageError where a project has begun there, or something else is to be overwritten than files of these */
export function writing(out: string, files: Files, overwrite: readonly string[]): Writing {
  for (const path of overwrite) {
    if (files.has(path)) continue;
    const hint = didYouMean(path, [...files.keys()]) || ".";
    throw new UsageError(`--overwrite ${path}: init writes no such file${hint}`);
  }
  const before = new Map([...files.keys()].map((path) => [path, textIfThere(out, path)]));
  const fates = new Map([...files].map(([path, content]) => [path, fateOf(path, content)]));
  const having = (...wanted: readonly Fate[]) =>
    [...fates].filter(([, fate]) => wanted.includes(fate)).map(([path]) => path);
  assertNotBegun(having("kept"), []);
  return {
    fates,
    count: having("new", "overwritten").length,
    lacks: having("kept").map((path) => lack(path, before.get(path) ?? "", files.get(path) ?? "")),
    write: () => {
      for (const path of having("new", "overwritten")) {
        const to = join(out, path);
        mkdirSync(dirname(to), { recursive: true });
        if (fates.get(path) === "new") writeUnlessThere(to, path, files.get(path) ?? "");
        else writeWhole(to, files.get(path) ?? "", "--overwrite");
      }
    },
  };

  function fateOf(path: string, content: string): Fate {
    const found = before.get(path);
    if (found === undefined) return "new";
    if (found === content) return "same";
    return overwrite.includes(path) ? "overwritten" : "kept";
  }
}

/** @throws UsageError where another is there by now, or a link that leads nowhere */
function writeUnlessThere(to: string, path: string, content: string): void {
  try {
    writeNew(to, content);
  } catch (error) {
    if (Object(error).code !== "EEXIST") throw error;
    throw new UsageError(
      `${path} has come to be there meanwhile, or is a link that leads nowhere; run init again, which goes on from here`,
    );
  }
}

/** What a file that is kept lacks of the one that would be written, as far as somebody could add it. */
function lack(path: string, found: string, wanted: string): string {
  const missing = path === "package.json" ? settings(found, wanted) : undefined;
  if (missing !== undefined) return `${path} is kept: npm pkg set ${missing.join(" ")}`;
  if (path !== ".gitignore" && path !== ".npmrc") return `${path} is kept, which is there already`;
  const lines = wanted.split("\n").filter((line) => line !== "" && !found.split("\n").includes(line));
  return `${path} is kept: add ${lines.filter((line) => !line.startsWith("#")).join(" ")}`;
}

/** Arguments of `npm pkg set`, without what is set already; nothing of what is no package.json. */
function settings(found: string, wanted: string): readonly string[] | undefined {
  try {
    const [there, ours] = [parseJson(found), parseJson(wanted)] as [Groups, Groups];
    return ["scripts", "dependencies", "optionalDependencies"].flatMap((group) =>
      Object.entries(Object(ours[group]) as Record<string, string>)
        .filter(([name]) => !Object.hasOwn(Object(there[group]), name))
        .map(([name, value]) => `'${group}.${name}=${value}'`),
    );
  } catch {
    return undefined;
  }
}
type Groups = Readonly<Record<string, unknown>>;
