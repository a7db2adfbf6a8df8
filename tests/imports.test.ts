/** The flow of imports: model → components and policies → readiness and provider, and no circle of files or folders. */
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";
import { circles, type Graph, lifted } from "./support/graph.ts";
import { projectDir, trackedFiles } from "./support/project-files.ts";

/**
 * What each part may import, as prefixes of paths and names of packages; all packages where no package is named.
 * A rule that read the config would ask it whether it has done what it says.
 */
const flow: Readonly<
  Record<string, { readonly own: readonly string[]; readonly packages?: readonly string[] }>
> = {
  "model/": { own: ["model/"], packages: ["zod"] },
  "components/": { own: ["components/", "model/"] },
  "policies/": {
    own: [
      "policies/",
      "model/alerts/links.ts",
      "model/alerts/monitor-status.ts",
      "model/alerts/quietness/",
      "model/checklist/",
      "model/cidr.ts",
      "model/declaration.ts",
      "model/finding.ts",
      "model/on-call/",
      "model/pages.ts",
      "model/parts.ts",
      "model/service-levels/",
      "model/suggest.ts",
      "model/tier.ts",
    ],
  },
  "readiness/": { own: ["readiness/", "policies/", "model/", "package.json"] },
  "provider/": {
    own: [
      "provider/",
      "components/",
      "model/",
      "policies/release-verdict.ts",
      "readiness/engine/no-debug-messages.ts",
      "package.json",
    ],
  },
  "index.ts": { own: ["components/", "model/"] },
};

const sources = trackedFiles().filter(
  (file) => /\.(ts|mjs)$/.test(file) && Object.keys(flow).some((part) => file.startsWith(part)),
);
const imports: Graph = new Map(sources.map((file) => [file, importsOf(file)]));

/** Paths from the project's folder, and names of packages; types count too. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(join(projectDir, file), "utf8");
  const found = text.matchAll(/(?:\bfrom\s+|^import\s+|\bimport\(\s*)"([^"]+)"/gm);
  return [...found].map(([, name = ""]) =>
    name.startsWith(".") ? normalize(join(dirname(file), name)) : name,
  );
}

function isOwn(name: string): boolean {
  return /\.(ts|json|mjs)$/.test(name);
}

describe("imports", () => {
  it.each(Object.entries(flow))("of %s stay within what it may know", (part, { own, packages }) => {
    const strays = sources
      .filter((file) => file.startsWith(part))
      .flatMap((file) =>
        (imports.get(file) ?? [])
          .filter((name) =>
            isOwn(name)
              ? !own.some((prefix) => name.startsWith(prefix))
              : packages !== undefined && !packages.includes(name),
          )
          .map((name) => `${file} imports ${name}`),
      );
    expect(strays).toEqual([]);
  });

  it("make no circle of files", () => {
    expect(circles(imports)).toEqual([]);
  });

  it("make no circle of what stands side by side in a folder", () => {
    const folders = new Set(sources.flatMap((file) => ancestors(file)));
    expect([...folders].flatMap((folder) => circles(lifted(imports, folder)))).toEqual([]);
  });
});

/** The folders around a file, `` being the project's. */
function ancestors(file: string): readonly string[] {
  const parts = file.split("/");
  return parts.map((_, depth) => parts.slice(0, depth).join("/"));
}
