/** The project file, `Pulumi.yaml`. */
import { readFile, realpath } from "node:fs/promises";
import { extname, join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { UsageError } from "../errors.ts";

const projectFile = z.object({ name: z.string(), main: z.string().default(".") });

export interface Project {
  /** The folder as Node names its modules: without symbolic links. */
  readonly dir: string;
  readonly name: string;
  /** The program's entry module. */
  readonly main: string;
}

/** Reads the project file of a folder. `main` may name a folder, whose `index.ts` is meant then. */
export async function readProject(projectDir: string): Promise<Project> {
  const dir = await realpath(projectDir);
  const { name, main } = projectOf(await readFile(join(dir, "Pulumi.yaml"), "utf8"));
  return { dir, name, main: join(dir, extname(main) ? main : join(main, "index.ts")) };
}

function projectOf(text: string): z.infer<typeof projectFile> {
  try {
    return projectFile.parse(parse(text));
  } catch (error) {
    throw new UsageError("Pulumi.yaml is no project file, must be YAML with a name", { cause: error });
  }
}
