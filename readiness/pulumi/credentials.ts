/** What a deployment logs in with: tells before anything starts what is missing, and never shows a value. */
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { StackSpec } from "../../model/config/stack-spec.ts";
import { missingForPulumi } from "./login.ts";
import { type Missing, MissingCredentials, type Places } from "./missing.ts";

/** Where a command that runs in the project looks. */
export function usualPlaces(): Places {
  return { env: process.env, home: homeFolder(), projectDir: process.cwd() };
}

/** As good as none where the machine knows none: what would lie there is missing. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return "/nonexistent";
  }
}

/**
 * Finds out whether everything is there; nothing is asked of any vendor.
 * @param config the stack's config: the default provider of PagerDuty reads its own keys there, the others are
 * explicit and read the environment alone
 * @throws MissingCredentials
 */
export function assertCredentials(
  spec: StackSpec,
  config: Readonly<Record<string, string>>,
  places: Places = usualPlaces(),
): void {
  const missing = [
    ...missingForAws(places),
    ...missingForVendors(spec, config, places.env),
    ...missingForPulumi(spec.stack, places),
  ];
  if (missing.length > 0) throw new MissingCredentials(spec.stack, missing);
}

/** Sources of the AWS SDK that can be seen from here; Pulumi's AWS provider asks no instance's metadata. */
function missingForAws({ env, home }: Places): readonly Missing[] {
  const files = [
    env["AWS_SHARED_CREDENTIALS_FILE"] || join(home, ".aws", "credentials"),
    env["AWS_CONFIG_FILE"] || join(home, ".aws", "config"),
  ];
  const sources = [
    ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"],
    ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"],
    ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"],
    ["AWS_CONTAINER_CREDENTIALS_FULL_URI"],
  ];
  const found =
    sources.some((names) => names.every((name) => env[name])) || files.some((file) => existsSync(file));
  const source = "`aws configure sso` once, then `aws sso login`; in CI a role by OpenID Connect";
  return found ? [] : [{ vendor: "AWS", setting: "AWS_PROFILE", source }];
}

function missingForVendors(
  { monitoring, errors }: StackSpec,
  config: Readonly<Record<string, string>>,
  env: Places["env"],
): readonly Missing[] {
  const needs = [
    {
      vendor: "Datadog",
      setting: "DD_API_KEY",
      others: ["DATADOG_API_KEY", "DD_BEARER_TOKEN", "DATADOG_BEARER_TOKEN"],
      source: `Organization Settings, API Keys, at ${monitoring.site}`,
    },
    {
      vendor: "Datadog",
      setting: "DD_APP_KEY",
      others: ["DATADOG_APP_KEY", "DD_BEARER_TOKEN", "DATADOG_BEARER_TOKEN"],
      source: `Organization Settings, Application Keys, at ${monitoring.site}`,
    },
    {
      vendor: "PagerDuty",
      setting: "PAGERDUTY_TOKEN",
      configKey: "pagerduty:token",
      source: "Integrations, API Access Keys",
    },
    {
      vendor: "PagerDuty",
      setting: "PAGERDUTY_USER_TOKEN",
      configKey: "pagerduty:userToken",
      source: "My Profile, User Settings, API Access; the Slack connection needs a user's own",
    },
    ...(errors.kind === "sentry"
      ? [
          {
            vendor: "Sentry",
            setting: "SENTRY_TOKEN",
            configKey: "sentry:token",
            source: "Settings, Developer Settings, Organization Tokens",
          },
        ]
      : []),
    { vendor: "Vercel", setting: "VERCEL_API_TOKEN", source: "https://vercel.com/account/tokens" },
  ];
  return needs
    .filter(({ setting, others = [], configKey = "" }) => {
      return ![setting, ...others].some((name) => env[name]) && !(configKey in config);
    })
    .map(({ vendor, setting, source }) => ({ vendor, setting, source }));
}
