/** The project file, `Pulumi.yaml`. */
import { readFile, realpath } from "node:fs/promises";
import { extname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UsageError } from "../errors.ts";

const projectFile = z.object({
  name: z.string(),
  main: z.string().default("."),
  runtime: z
    .union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)])
    .default("nodejs"),
  /** What `pulumi package add` enters. */
  packages: z.record(z.string(), z.unknown()).default({}),
});

/** The provider of this package's components, and what stands for a program that has them. */
export const provider = "production-readiness";
const standsFor = join(import.meta.dirname, `../../provider/program${extname(import.meta.filename)}`);

export interface Project {
  /** The folder as Node names its modules: without symbolic links. */
  readonly dir: string;
  readonly name: string;
  /**
   * The program's entry module. Of a program in another language, what stands for it where it has this package's
   * components, and nothing where it has none.
   */
  readonly main: string | undefined;
  /** Pulumi's name of its language, such as `nodejs`. */
  readonly runtime: string;
}

/** Reads the project file of a folder. `main` may name a folder, whose `index.ts` is meant then. */
export async function readProject(projectDir: string): Promise<Project> {
  const dir = await realpath(projectDir);
  const { name, main, runtime, packages } = projectOf(await readFile(join(dir, "Pulumi.yaml"), "utf8"));
  if (runtime !== "nodejs") return { dir, name, runtime, main: provider in packages ? standsFor : undefined };
  return { dir, name, runtime, main: join(dir, extname(main) ? main : join(main, "index.ts")) };
}

function projectOf(text: string): z.infer<typeof projectFile> {
  try {
    return projectFile.parse(parse(text));
  } catch (error) {
    throw new UsageError("Pulumi.yaml is no project file, must be YAML with a name", { cause: error });
  }
}
