/** Whether Pulumi hands a program the settings of its stack file: `pulumi up --config-file` and others say otherwise. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { UsageError } from "../errors.ts";
import { loadStack } from "./stack-file.ts";

const handedConfig = z.record(z.string(), z.string());
/** What the program reads; credentials of providers may come from elsewhere. */
const own = /^(readiness|secrets):/;

/**
 * Refuses to judge a stack by its file where Pulumi has started this with other settings.
 * @throws UsageError that names the first setting, never its value; ConfigError
 */
export function assertHandedConfig(projectDir: string, stack: string, env: NodeJS.ProcessEnv): void {
  const text = env["PULUMI_CONFIG"];
  if (!text) return;
  const handed = handedConfig.parse(JSON.parse(text));
  const { config, secretKeys } = loadStack(projectDir, stack);
  const secret = new Set(secretKeys);
  const keys = [...Object.keys(config), ...Object.keys(handed).filter((key) => own.test(key))];
  const other = keys.find((key) =>
    secret.has(key) ? !(key in handed) : !isDeepStrictEqual(meaning(handed[key]), meaning(config[key])),
  );
  if (other === undefined) return;
  throw new UsageError(
    `Pulumi was given another ${other} than Pulumi.${stack}.yaml has, by an option or an environment`,
  );
}

/** Maps and lists are handed over as JSON. */
function meaning(value: string | undefined): unknown {
  if (value === undefined || !/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
