/** Whether a folder holds a project of this product: one whose stack files have its config. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "../engine/project.ts";
import { pulumiProject } from "./pulumi-project.ts";
import { listStacks } from "./stack-file.ts";

/** Its name; nothing where there is no `Pulumi.yaml`, or one of a program that was made for something else. */
export async function ownProject(projectDir: string): Promise<string | undefined> {
  if (!existsSync(join(projectDir, "Pulumi.yaml"))) return undefined;
  const { name } = await readProject(projectDir);
  const folder = join(projectDir, pulumiProject(projectDir).stackFolder);
  const stacks = listStacks(projectDir);
  const texts = stacks.map((stack) => readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8"));
  // Without any stack file there is no config to tell by.
  return stacks.length === 0 || texts.some((text) => /^\s*["']?readiness:/m.test(text)) ? name : undefined;
}
