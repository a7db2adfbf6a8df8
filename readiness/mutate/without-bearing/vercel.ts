/** What weakens nothing of Vercel's resources. */
import { because, gone, type WithoutBearing } from "./rows.ts";

export const vercelRows: readonly WithoutBearing[] = [
  ...because("the provider's own team stands in for it", {
    "vercel:index/firewallConfig:FirewallConfig": { teamId: gone },
    "vercel:index/network:Network": { teamId: gone },
    "vercel:index/project:Project": { teamId: gone },
    "vercel:index/projectDeploymentRetention:ProjectDeploymentRetention": { teamId: gone },
    "vercel:index/projectDomain:ProjectDomain": { teamId: gone },
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": { teamId: gone },
    "vercel:index/projectRollingRelease:ProjectRollingRelease": { teamId: gone },
  }),
  // Of secrets the other direction is noticed.
  ...because("what need not be secret is kept so", {
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": { sensitive: ["flipped"] },
  }),
];
