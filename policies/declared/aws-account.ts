/** The AWS accounts that a stack may be deployed to, by what its providers allow. */
import { rememberedOf } from "../remembered.ts";
import type { Stack } from "../resource.ts";

/** Each once; none where any account will do. Every alert asks, and every resource of AWS has a say. */
export const awsAccounts = rememberedOf(({ resources }: Stack): readonly string[] => {
  const providers = resources.flatMap(({ type, props, provider }) =>
    type === "pulumi:providers:aws" ? [props] : type.startsWith("aws:") && provider ? [provider.props] : [],
  );
  return [...new Set(providers.flatMap(accountsOf))];
});

/** The only accounts that a provider of AWS deploys to; providers take everything as text. */
export function accountsOf({
  allowedAccountIds: ids = [],
}: Readonly<Record<string, unknown>>): readonly string[] {
  const listed: unknown = typeof ids === "string" ? JSON.parse(ids) : ids;
  return [listed].flat().map(String);
}
