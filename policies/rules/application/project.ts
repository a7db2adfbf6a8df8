/** How a project is built, protected and released. */
import type * as vercel from "@pulumiverse/vercel";
import { databaseInstance, regionOf } from "../../aws.ts";
import { project, projectDomain } from "../../declared/application.ts";
import { claimed, isOfEvidenceWriters } from "../../declared/deploy-access.ts";
import { role } from "../../declared/roles.ts";
import { eachRule } from "../../each-rule.ts";
import { readDocument } from "../../effects/iam-statement.ts";
import { vercelRegionIn } from "../../effects/vercel-regions.ts";
import { all, equals, oneOf, present, show } from "../../expect.ts";
import { rememberedOf } from "../../remembered.ts";
import { type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Result, type Rule, resourceRule } from "../../rule.ts";

const network = resourceType<vercel.NetworkArgs>("vercel:index/network:Network");
const retention = resourceType<vercel.ProjectDeploymentRetentionArgs>(
  "vercel:index/projectDeploymentRetention:ProjectDeploymentRetention",
);
const rollingRelease = resourceType<vercel.ProjectRollingReleaseArgs>(
  "vercel:index/projectRollingRelease:ProjectRollingRelease",
);

/**
 * Vercel's protection of everything but production's own host name ("Deployment protection"). Less leaves the
 * generated addresses of production open; more asks customers to log in to Vercel.
 */
const protection = "standard_protection_new";

/** Vercel's retentions that reach back a quarter or more. */
const retentions = ["3m", "6m", "1y", "unlimited"];

/** "Skew protection": those that outlast a working day; pages stay open. */
const skewTimes = ["12 hours", "1 day", "7 days"];

/** Percent of the traffic that sees a release first, and minutes of watching: requirements, "Deployment". */
const firstStage = { percent: 25, minutes: 10 } as const;

/** Minutes: a day. A release that has not arrived by then is one that everybody has forgotten. */
const longestStage = 1_440;

export const projectRules: readonly Rule[] = [
  resourceRule({
    id: "app-git-connected",
    item: "APP-01",
    type: project,
    check: ({ props }) => present(props, "gitRepository.repo"),
  }),
  resourceRule({
    id: "app-production-branch-named",
    item: "APP-01",
    type: project,
    check: ({ props }) => present(props, "gitRepository.productionBranch"),
  }),
  eachRule({
    id: "app-branch-proven",
    tiers: ["production"],
    item: "APP-01",
    each: project,
    // What speaks for a release comes from the branch that is built.
    check: ({ props }, stack) => {
      const { repo, productionBranch } = props.gitRepository ?? {};
      return provenSubjects(stack).has(`repo:${repo}:ref:refs/heads/${productionBranch}`)
        ? undefined
        : {
            observed: `no evidence comes from ${productionBranch} of ${repo}`,
            wanted: "the branch that is built",
          };
    },
  }),
  resourceRule({
    id: "app-previews-protected",
    item: "APP-02",
    type: project,
    check: ({ props }) =>
      all(
        equals(props, "vercelAuthentication.deploymentType", protection),
        // "OPTIONS allowlist": whatever begins so is answered without the protection.
        (props.optionsAllowlist?.paths ?? []).map(({ value }) => ({
          observed: `OPTIONS of ${value} are answered to everybody`,
          wanted: "to the team",
        })),
      ),
  }),
  resourceRule({
    id: "app-forks-not-built-unasked",
    item: "APP-03",
    type: project,
    check: ({ props }) => equals(props, "gitForkProtection", true),
  }),
  resourceRule({
    id: "app-source-maps-protected",
    item: "APP-15",
    type: project,
    check: ({ props }) =>
      all(
        equals(props, "protectedSourcemaps", true),
        ...(["publicSource", "directoryListing"] as const).map((open) =>
          props[open] === true ? { observed: `${open} is true`, wanted: "false" } : undefined,
        ),
      ),
  }),
  eachRule({
    id: "app-region-chosen",
    item: "APP-14",
    each: project,
    check: ({ props }, stack, { parts }) => {
      const regions = props.resourceConfig?.functionDefaultRegions ?? [];
      if (regions.length === 0) return present(props, "resourceConfig.functionDefaultRegions");
      if (parts.network.kind === "static-ips") return farFromDatabase(regions, stack);
      const networks = stack.ofType(network).map((n) => n.props.region);
      return regions
        .filter((region) => !networks.includes(region))
        .map((region) => ({
          observed: `functions run in ${region}, where no private network leads to the database`,
          wanted: networks.join(" or ") || "a private network",
        }));
    },
  }),
  eachRule({
    id: "app-host-name-attached",
    item: "APP-12",
    each: project,
    check: (app, stack) =>
      stack
        .attached(projectDomain, "projectId", app)
        .some(
          ({ props: { redirect, gitBranch, customEnvironmentId } }) =>
            !redirect && !gitBranch && !customEnvironmentId,
        )
        ? undefined
        : { observed: "no host name leads to its production", wanted: "given one (ProjectDomain)" },
  }),
  eachRule({
    id: "app-released-gradually",
    item: "APP-13",
    tiers: ["production"],
    each: project,
    check: (app, stack) => {
      const wanted = `≤ ${firstStage.percent} % of the traffic for ≥ ${firstStage.minutes} minutes`;
      const [release, another] = stack.attached(rollingRelease, "projectId", app);
      const stages = release?.props.stages ?? [];
      const [first] = stages;
      if (!first) return { observed: "a release reaches everybody at once", wanted };
      if (another) return { observed: "two rollouts are declared, of which one counts", wanted: "one" };
      // Without a duration somebody has to let the release go on.
      const minutes = first.duration ?? firstStage.minutes;
      const shares = stages.map(({ targetPercentage }) => targetPercentage);
      const grows = shares.every((share, i) => share > (shares[i - 1] ?? 0)) && shares.at(-1) === 100;
      return [
        ...(first.targetPercentage <= firstStage.percent && minutes >= firstStage.minutes
          ? []
          : [
              {
                observed: `a release starts at ${first.targetPercentage} % for ${show(minutes, "minutes")}`,
                wanted,
              },
            ]),
        ...(grows
          ? []
          : [{ observed: `it reaches ${shares.join(", ")} %`, wanted: "more each time, and 100" }]),
        ...(release?.props.advancementType === "automatic" &&
        stages.slice(0, -1).some(({ duration }) => duration === undefined)
          ? [{ observed: "it goes on by itself, and nothing says when", wanted: "a duration for each stage" }]
          : []),
        ...stages
          .filter(({ duration = 0 }) => duration > longestStage)
          .map(({ duration }) => ({
            observed: `a stage lasts ${duration} minutes`,
            wanted: `≤ ${longestStage}`,
          })),
      ];
    },
  }),
  eachRule({
    id: "app-releases-kept",
    item: "APP-13",
    each: project,
    check: (app, stack) => {
      const [kept] = stack.attached(retention, "projectId", app);
      return oneOf(kept?.props ?? {}, "expirationProduction", retentions);
    },
  }),
  resourceRule({
    id: "app-old-pages-keep-working",
    item: "APP-13",
    type: project,
    check: ({ props }) => oneOf(props, "skewProtection", skewTimes),
  }),
  resourceRule({
    id: "app-production-built-first",
    item: "APP-13",
    type: project,
    check: ({ props }) => equals(props, "prioritiseProductionBuilds", true),
  }),
];

/** Whose evidence is taken; each service asks. */
const provenSubjects = rememberedOf(
  (stack: Stack): ReadonlySet<string> =>
    new Set(
      stack
        .ofType(role)
        .filter(isOfEvidenceWriters)
        .flatMap((writer) => readDocument(writer.props.assumeRolePolicy))
        .flatMap((statement) => claimed(statement, "sub"))
        // GitHub writes numbers behind the names of what was made or renamed since July 2026.
        .map((subject) => String(subject).replaceAll(/@\d+/g, "")),
    ),
);

/** Functions in another region than a database's, where Vercel has one there. */
function farFromDatabase(regions: readonly string[], stack: Stack): Result {
  const databases = stack.ofType(databaseInstance).flatMap((db) => regionOf(db as Resource) ?? []);
  if (databases.length === 0) return { observed: "no database is declared", wanted: "declared" };
  const beside = databases.flatMap((region) => vercelRegionIn(region) ?? []);
  return regions
    .filter((region) => beside.length > 0 && !beside.includes(region))
    .map((region) => ({
      observed: `functions run in ${region}, and the database in ${databases.join(", ")}`,
      wanted: beside.join(" or "),
    }));
}
