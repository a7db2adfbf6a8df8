/**
 * A stand-in that does to requests what the developer guides of CloudFront and of AWS WAF say, by the declared
 * resources. It shares nothing with the rules, which have a model of their own.
 */
import { createContext, runInContext } from "node:vm";
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import { type Answer, type Call, says } from "./call.ts";
import { type Declared, inputsOf, meant } from "./declared-edge.ts";

type Site = Unwrap<aws.cloudfront.DistributionArgs>;
type Behaviour = Site["defaultCacheBehavior"] & { readonly pathPattern?: string };
type Origin = Site["origins"][number];
type Rule = NonNullable<Unwrap<aws.wafv2.WebAclArgs>["rules"]>[number];
type Headers = Unwrap<aws.cloudfront.ResponseHeadersPolicyArgs>;

/** "Use managed origin request policies": whether Host is forwarded, and CloudFront's own headers. */
const forwarding: Readonly<Record<string, { host: boolean; own: boolean }>> = {
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": { host: false, own: false },
  "216adef6-5c7f-47e4-b989-5492eafa07d3": { host: true, own: false },
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": { host: true, own: true },
};

/** How an origin is asked; nothing where it has no certificate of the name, or nobody is there. */
export type AskOrigin = (domainName: string, call: Call) => Promise<Answer | undefined>;

export function cloudFront(declared: readonly Declared[], askOrigin: AskOrigin) {
  const [site] = inputsOf<Site>(declared, "Distribution");
  if (!site) throw new Error("no distribution is declared");
  const acl = meant<{ rules: Rule[] }>(declared, site.webAclId);

  return async (viewer: Call): Promise<Answer> => {
    if (!site.aliases?.includes(viewer.host)) return says(403, "no distribution");
    const [path = ""] = viewer.path.split("?");
    const behaviour = behaviourOf(site, path);
    if (!viewer.secure && behaviour.viewerProtocolPolicy !== "allow-all") {
      return behaviour.viewerProtocolPolicy === "redirect-to-https"
        ? says(301, "", { location: `https://${viewer.host}${viewer.path}` })
        : says(403);
    }
    const blocked = acl && stopped(acl.rules, viewer);
    if (blocked) return says(blocked, "blocked by the web ACL");
    if (!behaviour.allowedMethods.includes(viewer.method)) return says(403);
    const origin = site.origins.find(({ originId }) => originId === behaviour.targetOriginId);
    if (!origin?.customOriginConfig) return says(404, "no file");
    const call = toOrigin(behaviour, origin, afterFunctions(declared, behaviour, viewer));
    return withHeaders(
      await patiently(origin, call, askOrigin),
      meant<Headers>(declared, behaviour.responseHeadersPolicyId),
    );
  };
}

function behaviourOf(site: Site, path: string): Behaviour {
  const matches = (pattern: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(path);
  return (
    site.orderedCacheBehaviors?.find(({ pathPattern }) => matches(pathPattern)) ?? site.defaultCacheBehavior
  );
}

/** "Setting rule priority": the status of the first block. Of the managed groups, a body's size is all that is known. */
function stopped(rules: readonly Rule[], call: Call): number | undefined {
  const labels = new Set<string>();
  for (const { statement, action, overrideAction } of rules.toSorted((a, b) => a.priority - b.priority)) {
    const group = statement.managedRuleGroupStatement;
    if (group?.name === "AWSManagedRulesCommonRuleSet" && call.body.length > 8_192) {
      labels.add("awswaf:managed:aws:core-rule-set:SizeRestrictions_Body");
      const own = group.ruleActionOverrides?.find(
        ({ name }) => name === "SizeRestrictions_BODY",
      )?.actionToUse;
      if (overrideAction?.none && !own?.count && !own?.allow) return 403;
    }
    if (action?.block && holds(statement, call, labels))
      return action.block.customResponse?.responseCode ?? 403;
  }
  return undefined;
}

function holds(statement: Rule["statement"], call: Call, labels: ReadonlySet<string>): boolean {
  const within = (part: unknown) => holds(part as Rule["statement"], call, labels);
  const { labelMatchStatement: label, regexMatchStatement: regex } = statement;
  if (label) return labels.has(label.key);
  if (regex) {
    const value = call.headers[regex.fieldToMatch?.singleHeader?.name ?? ""];
    return value !== undefined && new RegExp(regex.regexString).test(value);
  }
  if (statement.notStatement) return !within(statement.notStatement.statement);
  if (statement.andStatement) return (statement.andStatement.statements ?? []).every(within);
  if (statement.orStatement) return (statement.orStatement.statements ?? []).some(within);
  // One request is within every limit, and comes from no address of ill repute.
  return false;
}

/** "CloudFront Functions event structure": the code is run, on the request alone. */
function afterFunctions(declared: readonly Declared[], behaviour: Behaviour, call: Call): Call {
  const association = behaviour.functionAssociations?.find(({ eventType }) => eventType === "viewer-request");
  const code = association && meant<{ code: string }>(declared, association.functionArn)?.code;
  if (!code) return call;
  const headers = Object.fromEntries(
    Object.entries({ ...call.headers, host: call.host }).map(([k, value]) => [k, { value }]),
  );
  const event = { viewer: { ip: call.address }, request: { method: call.method, uri: call.path, headers } };
  const context = createContext({ event });
  const request = runInContext(`${code};\nhandler(event);`, context) as typeof event.request;
  const { host: _, ...others } = request.headers;
  return { ...call, headers: Object.fromEntries(Object.entries(others).map(([k, { value }]) => [k, value])) };
}

function toOrigin(behaviour: Behaviour, origin: Origin, call: Call): Call {
  const sent = forwarding[behaviour.originRequestPolicyId ?? ""] ?? { host: false, own: false };
  const protocol = origin.customOriginConfig?.originProtocolPolicy;
  const own = sent.own ? { "cloudfront-viewer-address": `${call.address}:50000` } : {};
  const custom = Object.fromEntries(
    (origin.customHeaders ?? []).map(({ name = "", value = "" }) => [name.toLowerCase(), value]),
  );
  return {
    ...call,
    host: sent.host ? call.host : origin.domainName,
    secure: protocol === "https-only" || (protocol === "match-viewer" && call.secure),
    headers: {
      ...withoutOwn(call.headers),
      ...own,
      ...custom,
      via: "2.0 example.cloudfront.net (CloudFront)",
    },
    // Of one of CloudFront's machines.
    address: "130.176.0.1",
  };
}

/** What CloudFront says of a viewer no viewer can say. */
function withoutOwn(headers: Call["headers"]): Call["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("cloudfront-")));
}

/** "Origin response timeout" and "Origin connection attempts": reads are asked again until time is up. */
async function patiently(origin: Origin, call: Call, askOrigin: AskOrigin): Promise<Answer> {
  const read = origin.customOriginConfig?.originReadTimeout ?? 30;
  const whole = origin.responseCompletionTimeout || Number.POSITIVE_INFINITY;
  const again = ["GET", "HEAD"].includes(call.method) ? (origin.connectionAttempts ?? 3) : 1;
  let spent = 0;
  for (let attempt = 0; attempt < again && spent < whole; attempt++) {
    const answer = await askOrigin(origin.domainName, call);
    if (answer === undefined) return says(502, "no certificate of that name");
    if ((answer.seconds ?? 0) <= read) return answer;
    spent += read;
  }
  return says(504, "CloudFront has waited", { "x-cache": "Error from cloudfront" });
}

/** "Understand response headers policies": what an origin sends itself counts where it is not overridden. */
function withHeaders(answer: Answer, policy: Headers | undefined): Answer {
  const security = policy?.securityHeadersConfig;
  const hsts = security?.strictTransportSecurity;
  const csp = security?.contentSecurityPolicy;
  const added: readonly (readonly [string, string | undefined, boolean | undefined])[] = [
    [
      "strict-transport-security",
      hsts && `max-age=${hsts.accessControlMaxAgeSec}; includeSubDomains`,
      hsts?.override,
    ],
    ["content-security-policy", csp?.contentSecurityPolicy, csp?.override],
    ["x-content-type-options", security?.contentTypeOptions && "nosniff", true],
    ["x-frame-options", security?.frameOptions?.frameOption, security?.frameOptions?.override],
    ["referrer-policy", security?.referrerPolicy?.referrerPolicy, security?.referrerPolicy?.override],
    ...(policy?.customHeadersConfig?.items ?? []).map(
      ({ header, value, override }) => [header.toLowerCase(), value, override] as const,
    ),
  ];
  const removed = (policy?.removeHeadersConfig?.items ?? []).map(({ header }) => header.toLowerCase());
  const headers: Record<string, string | readonly string[]> = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !removed.includes(name)),
  );
  for (const [name, value, override] of added) {
    if (value !== undefined && (override || !(name in headers))) headers[name] = value;
  }
  return { ...answer, headers };
}
