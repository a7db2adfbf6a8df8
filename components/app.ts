import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import * as vercel from "@pulumiverse/vercel";
import type { ServiceSpec } from "../model/config/stack-spec.ts";
import { originHost } from "../model/evidence/dns-records.ts";
import { pageFor } from "../model/pages.ts";
import type { Tier } from "../model/tier.ts";
import { firewallRules, managedRulesets } from "./app/firewall.ts";
import { databaseUser, projectName } from "./app/project.ts";
import { declareVariables, type VariablesArgs } from "./app/variables.ts";
import type { Way } from "./app/way.ts";

export interface AppArgs {
  readonly service: ServiceSpec;
  /** The stack's name, such as `prod`. */
  readonly stack: string;
  readonly tier: Tier;
  /** Host name that customers use. */
  readonly domain: string;
  readonly way: Way;
  readonly vercel: {
    readonly teamId: string;
    /** Region of the functions, beside the database. */
    readonly region: string;
  };
  readonly database?: VariablesArgs["database"];
  readonly login?: VariablesArgs["login"];
  readonly cache?: VariablesArgs["cache"];
  readonly aws?: VariablesArgs["aws"];
  /** Values of `service.secrets`, by name. */
  readonly secrets: VariablesArgs["secrets"];
  /** More variables, by name; a name such as `EXAMPLE_TOKEN` makes one sensitive. */
  readonly environment: VariablesArgs["environment"];
}

/** Minutes that a release is watched at a tenth of the traffic: requirements, "Deployment". */
const watchMinutes = 10;

/** A service on Vercel: project, environment, host name, firewall, release and rollback. */
export class App extends pulumi.ComponentResource {
  readonly projectId: pulumi.Output<string>;

  constructor(name: string, args: AppArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:App", name, {}, opts);
    const { service, stack, tier } = args;
    const { teamId, region } = args.vercel;
    const child = { parent: this };
    const base = service.path === "/" ? "" : service.path;

    const project = new vercel.Project(
      name,
      {
        name: projectName(service.name, stack),
        teamId,
        framework: service.framework,
        ...(service.rootDirectory !== undefined && { rootDirectory: service.rootDirectory }),
        gitRepository: { type: "github", repo: service.repository, productionBranch: service.branch },
        // A pull request from a fork waits for a member of the team before it is built with our settings.
        gitForkProtection: true,
        // The provider's own spelling: the SDK's documentation camel-cases it, and the provider refuses that.
        vercelAuthentication: { deploymentType: "standard_protection_new" },
        oidcTokenConfig: { issuerMode: "team" },
        protectedSourcemaps: true,
        // The commit in VERCEL_GIT_COMMIT_SHA is the release that errors and traces are filed under.
        automaticallyExposeSystemEnvironmentVariables: true,
        prioritiseProductionBuilds: true,
        skewProtection: "12 hours",
        // A function that hangs lets go of its database connection after this, not after Vercel's five minutes.
        resourceConfig: {
          fluid: true,
          functionDefaultRegions: [region],
          functionDefaultTimeout: service.maxDurationSeconds,
        },
      },
      child,
    );
    const ids = { projectId: project.id, teamId };

    const sessionSecret = new random.RandomPassword(
      `${name}-session-secret`,
      { length: 64, special: false },
      child,
    );
    const crons =
      service.crons.length > 0
        ? {
            paths: service.crons,
            secret: new random.RandomPassword(`${name}-cron-secret`, { length: 48, special: false }, child)
              .result,
          }
        : undefined;
    declareVariables(
      name,
      ids,
      {
        stack,
        url: `https://${args.domain}${base}`,
        database: args.database,
        user: databaseUser(service.name),
        login: args.login,
        cache: args.cache,
        aws: args.aws,
        sessionSecret: sessionSecret.result,
        cronSecret: crons?.secret,
        environment: args.environment,
        secrets: args.secrets,
      },
      child,
    );
    const { way } = args;
    if (way.kind === "cloudfront") {
      new vercel.ProjectDomain(name, { ...ids, domain: originHost(service.name, args.domain) }, child);
    }
    if (way.kind === "vercel" || way.ownsDomain) {
      new vercel.ProjectDomain(`${name}-customers`, { ...ids, domain: args.domain }, child);
    }
    new vercel.FirewallConfig(
      name,
      {
        ...ids,
        enabled: true,
        managedRulesets: managedRulesets(way),
        rules: {
          rules: firewallRules(
            base,
            service.pages[pageFor("login", service) ?? ""] ?? `${base}/login`,
            way,
            crons,
          ),
        },
      },
      { parent: this, additionalSecretOutputs: ["rules"] },
    );
    // What can be rolled back to.
    new vercel.ProjectDeploymentRetention(
      name,
      {
        ...ids,
        expirationProduction: "1y",
        expirationPreview: "1m",
        expirationCanceled: "1m",
        expirationErrored: "3m",
      },
      child,
    );
    if (tier === "production") {
      new vercel.ProjectRollingRelease(
        name,
        {
          ...ids,
          advancementType: "automatic",
          stages: [{ targetPercentage: 10, duration: watchMinutes }, { targetPercentage: 100 }],
        },
        child,
      );
    }

    this.projectId = project.id;
    this.registerOutputs({ projectId: this.projectId });
  }
}
