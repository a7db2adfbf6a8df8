/** What `Pulumi.yaml` says of stacks' settings: sdk/go/common/workspace of pulumi/pulumi, project.go and config.go. */
import { isMap } from "../../model/config/schema-walk.ts";
import { UsageError } from "../errors.ts";
import { textIfThere } from "./if-there.ts";
import { parseYaml } from "./yaml-file.ts";

export interface PulumiProject {
  readonly name: string;
  /** Folder of the stack files, from that of `Pulumi.yaml`; empty where it is the same. */
  readonly stackFolder: string;
  /** By fully qualified key. */
  readonly config: ReadonlyMap<string, ProjectSetting>;
}

export interface ProjectSetting {
  /** Of a stack that says nothing of it; nothing where every stack has to. */
  readonly value: unknown;
  /** What a stack's value has to be, where it is said and the key is the project's. */
  readonly type: string | undefined;
}

/** @throws UsageError where the stack files would be outside of the project */
export function pulumiProject(projectDir: string): PulumiProject {
  const file = parseYaml(textIfThere(projectDir, "Pulumi.yaml") ?? "");
  const content = "content" in file && isMap(file.content) ? file.content : {};
  const { config, stackConfigDir } = content;
  const name = String(content["name"] ?? "");
  // The older name of stackConfigDir is config.
  const folder = typeof config === "string" ? config : (stackConfigDir ?? "");
  if (typeof folder !== "string" || /^\/|(^|\/)\.\.(\/|$)/.test(folder)) {
    throw new UsageError("Pulumi.yaml has a stackConfigDir that is no folder of the project");
  }
  const settings = isMap(config) ? Object.entries(config) : [];
  return {
    name,
    stackFolder: folder,
    config: new Map(
      settings
        // Pulumi's own say nothing to a program.
        .filter(([key]) => !key.startsWith("pulumi:"))
        .map(([key, said]) => [
          key.includes(":") ? key : `${name}:${key}`,
          settingOf(said, !key.includes(":")),
        ]),
    ),
  };
}

/** A value by itself is a default of the project's keys, and the value of others'. */
function settingOf(said: unknown, own: boolean): ProjectSetting {
  const typed =
    isMap(said) && ["type", "default", "value", "description", "secret", "items"].some((k) => k in said);
  if (!typed) return { value: said ?? undefined, type: undefined };
  const type = own && typeof said["type"] === "string" ? said["type"] : undefined;
  return { value: said["default"] ?? said["value"] ?? undefined, type };
}
