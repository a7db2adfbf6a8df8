/** What a program calls: the stack that its config describes. */
import * as pulumi from "@pulumi/pulumi";
import { loadSpec, type RawConfig } from "../model/config/stack-spec.ts";
import { declareSpec, type ReadinessOutputs } from "./declare-readiness.ts";

export { ConfigError, loadSpec, type RawConfig, type StackSpec } from "../model/config/stack-spec.ts";
export { declareSpec, type ReadinessOutputs } from "./declare-readiness.ts";

/**
 * Declares everything that the product needs to be ready; secrets stand in the stack's config, as `secrets:NAME`.
 * @param config fully qualified key to value, maps and lists as JSON; Pulumi's own of this stack where none is given
 * @throws ConfigError with everything that is wrong with it
 * @example
 * // index.ts
 * import { declareReadiness } from "production-readiness";
 * export const { url, nameServers, dsRecord } = declareReadiness();
 */
export function declareReadiness(config: RawConfig = pulumi.runtime.allConfig()): ReadinessOutputs {
  const secrets = new pulumi.Config("secrets");
  return declareSpec(loadSpec(pulumi.getStack(), config), (name) => secrets.requireSecret(name));
}
