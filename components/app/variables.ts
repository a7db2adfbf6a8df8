/** The environment of a service's production deployments: one resource for each variable. */
import * as pulumi from "@pulumi/pulumi";
import * as vercel from "@pulumiverse/vercel";
import type { OwnVariable } from "../../model/config/languages.ts";

/** What a service has to know of its stack. */
export interface VariablesArgs {
  /** The stack's name, such as `prod`. */
  readonly stack: string;
  /** Address that customers use, such as `https://portal.example.com`. */
  readonly url: string;
  /** Of the stack's own; absent where it is elsewhere, and `login` leads to it. */
  readonly database?:
    | {
        readonly host: pulumi.Input<string>;
        readonly port: pulumi.Input<number>;
        readonly name: pulumi.Input<string>;
      }
    | undefined;
  /** PostgreSQL user of the service in the stack's own database. */
  readonly user: string;
  /**
   * Where the way to the database leads over the internet: what the service logs in with beside its role, by name, all
   * of it sensitive. Clients are then told to look at the server's certificate.
   */
  readonly login?: Readonly<Record<string, pulumi.Input<string>>> | undefined;
  /** Absent where the stack has none. */
  readonly cache?:
    | {
        readonly host: pulumi.Input<string>;
        readonly port: pulumi.Input<number>;
        readonly authToken: pulumi.Input<string>;
        /** Whom to log in as; nobody where the token is all. */
        readonly user?: string | undefined;
      }
    | undefined;
  /** The AWS role that the service takes on, and the region of its data stores. */
  readonly aws?: { readonly roleArn: pulumi.Input<string>; readonly region: string } | undefined;
  /** Signs the session cookies. */
  readonly sessionSecret: pulumi.Input<string>;
  /** What Vercel's clock bears; absent for a service that it does not call. */
  readonly cronSecret: pulumi.Input<string> | undefined;
  /** More variables, by name; a name such as `EXAMPLE_TOKEN` makes one sensitive. */
  readonly environment: Readonly<Record<string, pulumi.Input<string>>>;
  /** More variables, by name, all of them sensitive. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
}

/** A name that says so makes a variable sensitive, so that nobody has to remember to mark it. */
const secretName = /SECRET|TOKEN|PASSWORD|CREDENTIAL|KEY|DSN|HEADERS/;

/**
 * Declares the variables for production alone, so that a preview of a pull request never sees the stack's data.
 * @param project where they belong
 */
export function declareVariables(
  name: string,
  project: { readonly projectId: pulumi.Input<string>; readonly teamId: string },
  args: VariablesArgs,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const [key, value] of Object.entries(variables(args))) {
    new vercel.ProjectEnvironmentVariable(
      `${name}-${key.toLowerCase().replaceAll("_", "-")}`,
      {
        ...project,
        key,
        value,
        // Vercel never shows a sensitive value again, to nobody.
        sensitive: key in args.secrets || key in (args.login ?? {}) || secretName.test(key),
        targets: ["production"],
      },
      opts,
    );
  }
}

/** Those that hang on the stack's parts. */
type Parted = "CRON_SECRET" | `${"AWS" | "DATABASE" | "REDIS"}_${string}`;

/** By name. In the stack's own database there is no database password: the role's token is the login (RDS IAM authentication). */
function variables({ database, cache, ...args }: VariablesArgs): Record<string, pulumi.Input<string>> {
  const own: Record<Exclude<OwnVariable, Parted>, pulumi.Input<string>> = {
    APP_ENVIRONMENT: args.stack,
    // A service may see the host name of its origin, so it has to be told that of its customers.
    APP_URL: args.url,
    SESSION_SECRET: args.sessionSecret,
    SENTRY_ENVIRONMENT: args.stack,
    // Every trace, every tenth profile: requirements, "Health and monitoring".
    SENTRY_TRACES_SAMPLE_RATE: "1.0",
    SENTRY_PROFILES_SAMPLE_RATE: "0.1",
  };
  const cron = args.cronSecret === undefined ? {} : { CRON_SECRET: args.cronSecret };
  const store = cache && {
    REDIS_HOST: cache.host,
    REDIS_PORT: pulumi.interpolate`${cache.port}`,
    REDIS_AUTH_TOKEN: cache.authToken,
    ...(cache.user !== undefined && { REDIS_USER: cache.user }),
  };
  const base = database && {
    DATABASE_HOST: database.host,
    DATABASE_PORT: pulumi.interpolate`${database.port}`,
    DATABASE_NAME: database.name,
    DATABASE_USER: args.user,
  };
  const role = args.aws && { AWS_ROLE_ARN: args.aws.roleArn, AWS_REGION: args.aws.region };
  // libpq's name, which other clients read too.
  const login = args.login && { PGSSLMODE: "verify-full", ...args.login };
  return { ...own, ...base, ...login, ...role, ...store, ...cron, ...args.environment, ...args.secrets };
}
