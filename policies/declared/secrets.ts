/** Secrets that a stack generates. */
import type * as random from "@pulumi/random";
import { type Resource, resourceType } from "../resource.ts";
import { apiKey, integration } from "./on-call.ts";

export const password = resourceType<random.RandomPasswordArgs>("random:index/randomPassword:RandomPassword");

/** What makes a secret, and the output that is one; of integrations a rule of on-call tells. */
export const secretOutputs: Readonly<Record<string, string>> = {
  [password.token]: "result",
  [apiKey.token]: "key",
};

/** Whether what flows from it is a secret. A browser's token for sending visits is for everybody. */
export function makesSecret({ type }: Resource): boolean {
  return type in secretOutputs || type === integration.token;
}
