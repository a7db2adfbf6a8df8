/** Whether Pulumi reads the files that the rules read. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "../../model/config/schema-walk.ts";
import { UsageError } from "../errors.ts";
import { textIfThere } from "../inputs/if-there.ts";
import { parseYaml } from "../inputs/yaml-file.ts";

/**
 * Refuses a project of which Pulumi would read more, other files, or the state somewhere else.
 * @throws UsageError
 */
export function assertOneProject(projectDir: string, env: NodeJS.ProcessEnv): void {
  const other = ["Pulumi.yml", "Pulumi.json"].find((name) => existsSync(join(projectDir, name)));
  if (other !== undefined) {
    throw new UsageError(`${other} stands beside Pulumi.yaml, and Pulumi reads one of them: remove it`);
  }
  const parsed = parseYaml(textIfThere(projectDir, "Pulumi.yaml") ?? "");
  const project = "content" in parsed && isMap(parsed.content) ? parsed.content : {};
  const { backend } = project;
  const [named, asked] = [isMap(backend) ? backend["url"] : undefined, env["PULUMI_BACKEND_URL"]];
  if (named && asked && named !== asked) {
    throw new UsageError(
      "PULUMI_BACKEND_URL is another backend than Pulumi.yaml names: unset it and run again",
    );
  }
}
