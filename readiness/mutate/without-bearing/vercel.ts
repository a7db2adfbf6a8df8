/** What weakens nothing of Vercel's resources. */
import { because, gone, type WithoutBearing } from "./rows.ts";

const rulesets = ["gen", "java", "lfi", "ma", "php", "rce", "rfi", "sd", "sf", "sqli", "xss"];

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
  ...because("where no role takes its tokens, they open nothing", {
    "vercel:index/project:Project": { oidcTokenConfig: gone, "oidcTokenConfig.issuerMode": gone },
  }),
  // Of secrets the other direction is noticed.
  ...because("what need not be secret is kept so", {
    "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable": { sensitive: ["flipped"] },
  }),
  ...because("it is on by default, or of no program here", {
    "vercel:index/firewallConfig:FirewallConfig": {
      ...Object.fromEntries(rulesets.map((set) => [`managedRulesets.owasp.${set}.active`, ["deleted"]])),
      "managedRulesets.owasp.java": ["deleted"],
      "managedRulesets.owasp.php": ["deleted"],
      "managedRulesets.botProtection": gone,
      "managedRulesets.botProtection.action": ["deleted"],
      "managedRulesets.botProtection.active": ["deleted", "flipped"],
      "rules.rules.*.active": ["deleted"],
    },
  }),
  ...because("the same requests, or more of them", {
    "vercel:index/firewallConfig:FirewallConfig": {
      ipRules: ["set"],
      "rules.rules": ["widened"],
      "rules.rules.*.conditionGroups.*.conditions.*": ["dropped"],
      "rules.rules.*.conditionGroups.*.conditions.*.key": ["set"],
      "rules.rules.*.conditionGroups.*.conditions.*.value": gone,
      "rules.rules.*.conditionGroups.*.conditions.*.values": ["set"],
    },
    "vercel:index/project:Project": { rootDirectory: ["deleted"] },
    "vercel:index/projectRollingRelease:ProjectRollingRelease": {
      "stages.*.targetPercentage": ["very small"],
    },
  }),
];
