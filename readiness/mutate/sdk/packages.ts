/** The providers' SDKs that are installed: their resource types, found in their files without loading them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** An installed SDK. */
interface Package {
  /** The first part of its type tokens. */
  readonly name: string;
  readonly dir: string;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  /** Where this project is a package, the SDKs are those of the program that uses it. */
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly pulumi?: { readonly resource?: boolean; readonly name?: string };
}

/** The SDKs that the project itself depends on. */
export function installedPackages(): readonly Package[] {
  const own = manifest(join(import.meta.dirname, "../../../package.json"));
  return Object.keys({ ...own.peerDependencies, ...own.dependencies }).flatMap((dependency) => {
    const file = findManifest(dependency);
    const { pulumi } = file === undefined ? {} : manifest(file);
    if (file === undefined || !pulumi?.resource) return [];
    return { name: pulumi.name ?? (dependency.split("/").at(-1) as string), dir: dirname(file) };
  });
}

/** A package that exports no manifest is none of Pulumi's. */
function findManifest(dependency: string): string | undefined {
  const places = require.resolve.paths(dependency) ?? [];
  return places.map((place) => join(place, dependency, "package.json")).find((file) => existsSync(file));
}

function manifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, "utf8")) as Manifest;
}

/** Every resource type of an SDK, in the order of its files. */
export function typesOf({ dir }: Package): readonly string[] {
  const folders = readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "types" && entry.name !== "node_modules")
    .map(({ name }) => name);
  return ["", ...folders].flatMap((folder) =>
    readdirSync(join(dir, folder))
      .filter((file) => file.endsWith(".js"))
      .flatMap((file) => typeIn(readFileSync(join(dir, folder, file), "utf8")) ?? []),
  );
}

/** Data sources and providers have none. */
function typeIn(source: string): string | undefined {
  return /__pulumiType = '([^':]+:[^':]+:[^']+)'/.exec(source)?.[1];
}

/** The declarations of the type's class: `aws:iam/role:Role` has `iam/role.d.ts`. */
export function declarationsOf(packages: readonly Package[], type: string): string | undefined {
  const [name, path = ""] = type.split(":");
  const own = packages.find((p) => p.name === name);
  const file = own && join(own.dir, `${path.replace(/^index\//, "")}.d.ts`);
  return file && existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** The declarations of what inputs nest. */
export function nestedDeclarationsOf(packages: readonly Package[], type: string): string {
  const own = packages.find((p) => p.name === type.split(":")[0]);
  const file = own && join(own.dir, "types/input.d.ts");
  return file && existsSync(file) ? readFileSync(file, "utf8") : "";
}
