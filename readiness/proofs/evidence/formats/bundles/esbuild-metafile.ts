/**
 * Metafile of esbuild: https://esbuild.github.io/api/#metafile. An entry point is a route; it loads the files that it
 * imports, one through another, but for those that it asks for later.
 */
import { z } from "zod";
import { readShape } from "../../json.ts";
import type { Format, RawFile, Reading, Unreadable } from "../../reading.ts";
import { count, oneLine, sum } from "../values.ts";
import { bundle } from "./routes.ts";

const output = z.looseObject({
  bytes: count,
  imports: z.array(z.looseObject({ path: z.string(), kind: z.string(), external: z.boolean().optional() })),
  entryPoint: z.string().optional(),
});
const schema = z.looseObject({
  inputs: z.record(z.string(), z.looseObject({})),
  outputs: z.record(z.string(), output),
});
type Outputs = ReadonlyMap<string, z.infer<typeof output>>;

export const esbuildMetafile: Format = {
  name: "esbuild-metafile",
  kind: "bundle",
  made: "esbuild src/*.ts --bundle --splitting --format=esm --minify --outdir=out --metafile=FILE",
  read,
};

function read({ bytes }: RawFile): Reading | Unreadable {
  const shape = readShape(bytes, schema);
  if ("problem" in shape) return shape;
  const outputs: Outputs = new Map(Object.entries(shape.value.outputs));
  const later = new Set(
    [...outputs.values()].flatMap((o) => o.imports.filter(isLater).map(({ path }) => path)),
  );
  const routes = [];
  for (const [path, { entryPoint }] of outputs) {
    if (entryPoint === undefined || later.has(path) || !/\.[cm]?js$/.test(path)) continue;
    const files = loaded(path, outputs);
    const unknown = files.find((file) => !outputs.has(file));
    if (unknown !== undefined) {
      return {
        problem: `it contradicts itself: ${oneLine(entryPoint)} loads ${oneLine(unknown)}, which is not there`,
      };
    }
    const total = sum(files.map((file) => outputs.get(file)?.bytes ?? 0));
    routes.push({ route: entryPoint, bytes: total, compressed: false });
  }
  const measure = bundle(
    routes,
    "name the entry point of each route to esbuild, in JavaScript or TypeScript",
  );
  if ("problem" in measure) return measure;
  return { tool: "esbuild", version: null, startedAt: null, finishedAt: null, commit: null, measure };
}

/** Files that come with one, itself among them. */
function loaded(path: string, outputs: Outputs): readonly string[] {
  const files = new Set([path]);
  for (const file of files) {
    const imports = outputs.get(file)?.imports ?? [];
    for (const used of imports) if (!isLater(used) && !used.external) files.add(used.path);
  }
  return [...files];
}

function isLater({ kind }: { readonly kind: string }): boolean {
  return kind === "dynamic-import";
}
