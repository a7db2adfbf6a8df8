/** Reads from a provider SDK's own files what its resources are made of: test equipment. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const npmNames: Readonly<Record<string, string>> = { vercel: "@pulumiverse/vercel" };

function sdkRoot(packageName: string): string {
  return dirname(require.resolve(`${npmNames[packageName] ?? `@pulumi/${packageName}`}/package.json`));
}

/** The version of a package's SDK, which its plugin has too. */
export function sdkVersion(packageName: string): string {
  return (JSON.parse(readFileSync(join(sdkRoot(packageName), "package.json"), "utf8")) as { version: string })
    .version;
}

export interface ResourceSchema {
  /** Names of the properties that a program may set. */
  readonly inputs: ReadonlySet<string>;
  /** Properties that every resource of the type has, set or not, with their types: `arn` → `string`. */
  readonly always: ReadonlyMap<string, string>;
}

const schemas = new Map<string, ResourceSchema>();

/** @throws where the SDK has no such resource, as a provider would */
export function schemaOf(type: string): ResourceSchema {
  const schema = schemas.get(type) ?? readSchema(type);
  schemas.set(type, schema);
  return schema;
}

function readSchema(type: string): ResourceSchema {
  const [packageName = "", module = ""] = type.split(":");
  const file = join(sdkRoot(packageName), module.replace(/^index\//, ""));
  if (!existsSync(`${file}.d.ts`)) throw new Error(`unrecognized resource type: ${type}`);
  const types = readFileSync(`${file}.d.ts`, "utf8");
  const [, args = ""] = types.split(/^export interface \w+Args \{$/m);
  return {
    inputs: new Set(
      [...args.matchAll(/^ {4}(?:readonly )?(\w+)\??: pulumi\.Input</gm)].map(([, name = ""]) => name),
    ),
    always: new Map(
      [...types.matchAll(/readonly (\w+)!?: pulumi\.Output<(.+)>;/g)]
        .map(([, name = "", tsType = ""]) => [name, tsType] as const)
        .filter(([, tsType]) => !tsType.includes("undefined")),
    ),
  };
}
