/** How a project is built, protected and released. */
import type * as vercel from "@pulumiverse/vercel";
import { project } from "../../declared/application.ts";
import { eachRule } from "../../each-rule.ts";
import { equals, oneOf, present, show } from "../../expect.ts";
import { resourceType } from "../../resource.ts";
import { type Rule, resourceRule } from "../../rule.ts";

const domain = resourceType<vercel.ProjectDomainArgs>("vercel:index/projectDomain:ProjectDomain");
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

/** Percent of the traffic that sees a release first, and minutes of watching: requirements, "Deployment". */
const firstStage = { percent: 25, minutes: 10 } as const;

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
  resourceRule({
    id: "app-previews-protected",
    item: "APP-02",
    type: project,
    check: ({ props }) => equals(props, "vercelAuthentication.deploymentType", protection),
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
    check: ({ props }) => equals(props, "protectedSourcemaps", true),
  }),
  resourceRule({
    id: "app-region-chosen",
    item: "APP-14",
    type: project,
    check: ({ props }) => present(props, "resourceConfig.functionDefaultRegions"),
  }),
  eachRule({
    id: "app-host-name-attached",
    item: "APP-12",
    each: project,
    check: (app, stack) =>
      stack.attached(domain, "projectId", app).length > 0
        ? undefined
        : { observed: "no host name leads to it", wanted: "given one (ProjectDomain)" },
  }),
  eachRule({
    id: "app-released-gradually",
    item: "APP-13",
    tiers: ["production"],
    each: project,
    check: (app, stack) => {
      const wanted = `≤ ${firstStage.percent} % of the traffic for ≥ ${firstStage.minutes} minutes`;
      const [release] = stack.attached(rollingRelease, "projectId", app);
      const [first] = release?.props.stages ?? [];
      if (!first) return { observed: "a release reaches everybody at once", wanted };
      // Without a duration somebody has to let the release go on.
      const minutes = first.duration ?? Number.POSITIVE_INFINITY;
      return first.targetPercentage <= firstStage.percent && minutes >= firstStage.minutes
        ? undefined
        : {
            observed: `a release starts at ${first.targetPercentage} % for ${show(minutes, "minutes")}`,
            wanted,
          };
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
    check: ({ props }) => present(props, "skewProtection"),
  }),
  resourceRule({
    id: "app-production-built-first",
    item: "APP-13",
    type: project,
    check: ({ props }) => equals(props, "prioritiseProductionBuilds", true),
  }),
];
