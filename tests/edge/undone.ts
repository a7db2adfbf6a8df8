/** The edge without what makes a stock app work behind it, one thing at a time: what a test must be able to fail by. */
import { changed, type Declared } from "./declared-edge.ts";

type Edge = readonly Declared[];

const exceptHost = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/** Each service is called by its own name, and CloudFront-Viewer-Address goes with Host. */
export function beforeHost(edge: Edge): Edge {
  const called = changed(edge, "Distribution", (site) => {
    site.defaultCacheBehavior.originRequestPolicyId = exceptHost;
  });
  return changed(called, "ProjectDomain", (_, name) => (name.endsWith("-customers") ? null : undefined));
}

/** AWS's rule against bodies over 8 KB blocks. */
export function beforeUploads(edge: Edge): Edge {
  return changed(edge, "WebAcl", ({ rules }) => {
    for (const { statement } of rules) delete statement.managedRuleGroupStatement?.ruleActionOverrides;
  });
}

/** The lock knows CloudFront alone. */
export function withoutCrons(edge: Edge): Edge {
  return changed(edge, "FirewallConfig", ({ rules: { rules } }) => {
    for (const group of rules[0].conditionGroups) {
      group.conditions = group.conditions.filter(
        ({ type, key, op }: { type: string; key?: string; op: string }) =>
          key !== "authorization" && !(type === "path" && op === "ninc"),
      );
    }
  });
}

/** CloudFront's own times: as long as a function may take, three times. */
export function beforeTimes(edge: Edge): Edge {
  return changed(edge, "Distribution", ({ origins }) => {
    for (const origin of origins) {
      for (const key of ["connectionAttempts", "connectionTimeout", "responseCompletionTimeout"])
        delete origin[key];
      delete origin.customOriginConfig?.originReadTimeout;
    }
  });
}

/** The edge's policy takes the place of the pages' own. */
export function beforeNonces(edge: Edge): Edge {
  return changed(edge, "ResponseHeadersPolicy", ({ securityHeadersConfig: { contentSecurityPolicy } }) => {
    contentSecurityPolicy.override = true;
  });
}
