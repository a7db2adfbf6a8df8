/** The secrets among the services' variables. */
import { variable } from "../../declared/application.ts";
import { webhook } from "../../declared/on-call.ts";
import { makesSecret, password, secretOutputs } from "../../declared/secrets.ts";
import { neededBits, passwordBits } from "../../effects/password.ts";
import { isGuessable } from "../../effects/secret-strength.ts";
import type { Resource } from "../../resource.ts";
import { type Rule, resourceRule, stackRule } from "../../rule.ts";
import { unknownSecret, whenReadable } from "../../unknown-value.ts";

/** Names of secrets; what a framework compiles into the page is public by its prefix. */
const secretName = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|KEY|DSN|WEBHOOK/;
/** Those that are nothing else. */
const certainSecret =
  /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|(API|PRIVATE|ACCESS|ENCRYPTION|SIGNING|AUTH)_?KEY/;
const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|PUBLIC|VITE)_/;

/** A login to the database that does not expire, alone or within an address. */
const databasePassword = /^(DATABASE|DB|POSTGRES|PG)_?(URL|PASSWORD|PASS|DSN)$/;

export const secretRules: readonly Rule[] = [
  resourceRule({
    id: "app-secrets-marked-sensitive",
    item: "APP-05",
    existing: ({ props }) =>
      certainSecret.test(props.key) &&
      !publicName.test(props.key) &&
      props.targets?.includes("production") &&
      props.sensitive !== true
        ? {
            observed: `${props.key} can be read in Vercel's dashboard`,
            wanted: "sensitive",
            mend: "set sensitive to true, and give development a value of its own",
          }
        : undefined,
    type: variable,
    check: ({ props }) =>
      isSecret(props.key) && props.sensitive !== true
        ? { observed: `${props.key} can be read in Vercel's dashboard`, wanted: "sensitive" }
        : undefined,
  }),
  stackRule({
    id: "secrets-encrypted-in-state",
    item: "APP-05",
    // Providers give inputs back as outputs, and few of them say of a secret that it is one.
    checkStack: ({ resources }) =>
      resources.flatMap((resource) => {
        const made = secretOutputs[resource.type];
        const taken = Object.keys(resource.propertyDependencies).filter((property) =>
          takes(resource, property),
        );
        return [...(made ? [made] : []), ...taken]
          .filter((output) => !resource.additionalSecretOutputs.includes(output))
          .map((output) => ({
            resource,
            observed: `${output} is plain in state`,
            wanted: "an additional secret output",
          }));
      }),
  }),
  resourceRule({
    id: "app-variables-for-production-alone",
    item: "APP-05",
    type: variable,
    existing: ({ props: { key, targets = [] } }) =>
      databasePassword.test(key) && targets.includes("production") && targets.length > 1
        ? {
            observed: `${key} of production is given to ${targets.filter((t) => t !== "production").join(" and ")}`,
            wanted: "for production alone",
            mend: "give previews a database of their own",
          }
        : undefined,
    // They lead to production's data, and name what happens production's.
    check: ({ props }) => {
      const others = [
        ...(props.targets ?? []).filter((target) => target !== "production"),
        ...(props.customEnvironmentIds ?? []).map(() => "an environment of its own"),
      ];
      return !publicName.test(props.key) && others.length > 0
        ? { observed: `${props.key} is given to ${others.join(" and ")}`, wanted: "for production alone" }
        : undefined;
    },
  }),
  resourceRule({
    id: "app-secrets-strong",
    item: "APP-05",
    type: variable,
    check: ({ props }) => {
      const value = isSecret(props.key) ? whenReadable(() => props.value) : undefined;
      return value !== undefined && !value.includes(unknownSecret) && isGuessable(value)
        ? { observed: `${props.key} can be guessed`, wanted: `as good as ${neededBits} random bits` }
        : undefined;
    },
  }),
  resourceRule({
    id: "generated-secrets-strong",
    item: "APP-05",
    type: password,
    check: ({ props }) => {
      const bits = Math.round(passwordBits(props));
      return bits >= neededBits ? undefined : { observed: `it has ${bits} bits`, wanted: `≥ ${neededBits}` };
    },
  }),
  resourceRule({
    id: "app-database-without-password",
    item: "APP-11",
    type: variable,
    check: ({ props }) =>
      databasePassword.test(props.key)
        ? { observed: `${props.key} holds a lasting login to the database`, wanted: "IAM authentication" }
        : undefined,
  }),
];

/** Of webhooks a rule of on-call tells. */
function takes(resource: Resource, property: string): boolean {
  return resource.type !== webhook.token && (resource.propertyDependencies[property] ?? []).some(makesSecret);
}

function isSecret(key: string): boolean {
  return secretName.test(key) && !publicName.test(key);
}
