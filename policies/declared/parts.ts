/** What tells that a stack has a part, and of which kind: the types of its resources. */
import { type Kind, type Part, type Parts, partNames, parts } from "../../model/parts.ts";
import type { Resource, Stack } from "../resource.ts";

/** The types of each kind; those that say nothing of a part stand with none. */
const typesOf: { readonly [P in Part]: { readonly [K in Kind<P>]?: RegExp } } = {
  network: {
    "secure-compute": /^(vercel:index\/network:|aws:(ec2|vpc)\/|readiness:index:(Private)?Network$)/,
    "static-ips": /^(aws:(ec2|vpc)\/(?!vpcPeering)|readiness:index:Network$)/,
  },
  database: {
    rds: /^aws:(rds|backup)\//,
    // What is read is not declared.
    "existing-rds": /^aws:backup\//,
    external: /^readiness:index:DumpStore$/,
  },
  cache: { valkey: /^aws:(elasticache|memorydb)\// },
  dns: {
    route53: /^aws:route53\/(zone|record|hostedZoneDnsSec|keySigningKey|queryLog):/,
    cloudflare: /^cloudflare:/,
  },
  edge: { cloudfront: /^aws:(cloudfront|wafv2)\// },
  errors: { sentry: /^sentry:/ },
  chat: {
    slack: /^(datadog:slack\/|pagerduty:index\/slackConnection:)/,
    teams: /^datadog:ms\/integrationTeams/,
  },
  outsideWatch: {
    route53: /^(aws:route53\/healthCheck:|readiness:index:OutsideWatch$)/,
    elsewhere: /^readiness:index:OutsideWatchKey$/,
  },
};

/** The resources of parts that a stack is said to do without, and of kinds that it is said not to have. */
export function strangers(
  stack: Stack,
  chosen: Parts,
): readonly { readonly resource: Resource; readonly part: string; readonly kind: string }[] {
  const types = new Set(stack.resources.map(({ type }) => type));
  const strange = new Map<string, { part: string; kind: string }>();
  for (const part of parts) {
    const { kind } = chosen[part];
    const kinds: Readonly<Record<string, RegExp | undefined>> = typesOf[part];
    for (const type of types) {
      const theirs = Object.values(kinds).some((like) => like?.test(type));
      if (theirs && !kinds[kind]?.test(type)) strange.set(type, { part: partNames[part], kind });
    }
  }
  return stack.resources.flatMap((resource) => {
    const found = strange.get(resource.type);
    return found ? [{ resource, ...found }] : [];
  });
}
