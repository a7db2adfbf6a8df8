/** What properties of Vercel's resources may be (REST API reference, and the provider's own lists). */
import { absent, between, filled, flag, ifSet, is, like, oneOf, type SoundProperties } from "./sound.ts";

/** How long a deployment is kept that is none of production's. */
const kept = oneOf("1d", "1w", "1m", "2m", "3m", "6m", "1y", "unlimited");
const region = like(/^[a-z]{3}1$/, "a region such as fra1");

export const vercelProperties: Readonly<Record<string, SoundProperties>> = {
  "random:index/randomPassword:RandomPassword": { special: ifSet(flag) },
  "vercel:index/firewallConfig:FirewallConfig": {
    // It may only log, and has to look.
    "managedRulesets.botProtection.active": is(true),
    "rules.rules.*.action.rateLimit.algo": oneOf("fixed_window", "token_bucket"),
  },
  "vercel:index/network:Network": { region },
  // Who asks for one of the domains gets production.
  "vercel:index/projectDomain:ProjectDomain": { customEnvironmentId: absent, gitBranch: absent },
  "vercel:index/project:Project": {
    automaticallyExposeSystemEnvironmentVariables: is(true),
    framework: filled,
    name: filled,
    nodeVersion: ifSet(like(/^(2[2-9]|[3-9]\d)\.x$/, "a version in support")),
    buildCommand: ifSet(like(/^(npm|pnpm|yarn|bun)( run)? [\w:-]+$/, "a script of package.json")),
    "resourceConfig.fluid": is(true),
    "resourceConfig.functionDefaultRegions.*": region,
    // A request that takes longer has been given up by whoever asked.
    "resourceConfig.functionDefaultTimeout": between(5, 60, "seconds"),
    rootDirectory: ifSet(like(/^(?!\/)(?!.*\.\.).+$/, "a folder of the repository")),
  },
  "vercel:index/projectDeploymentRetention:ProjectDeploymentRetention": {
    expirationCanceled: kept,
    expirationErrored: kept,
    expirationPreview: kept,
  },
  "vercel:index/projectRollingRelease:ProjectRollingRelease": {
    advancementType: oneOf("automatic", "manual-approval"),
  },
};
