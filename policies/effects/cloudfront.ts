/** What CloudFront does with a request (developer guide, "Distribution settings reference", "Cache behavior settings"). */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import { remembered } from "../remembered.ts";
import type { Doubt, Violation } from "../rule.ts";

type Site = Unwrap<aws.cloudfront.DistributionArgs>;
export type Behaviour = Site["defaultCacheBehavior"] & { readonly pathPattern?: string };
export type Origin = Site["origins"][number];

/** "Path pattern": the leading slash may be left out, `*` is any number of characters, `?` one; case counts. */
export function matchesPath(pattern: string, path: string): boolean {
  return expressionOf(pattern).test(path);
}

/** Each path is compared with each pattern of a site. */
const expressionOf = remembered((pattern) => {
  const expression = pattern
    .replace(/^\/?/, "/")
    .replace(/[.+^$()[\]{}|\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s");
});

/** The first behaviour in order whose pattern matches, or the default. */
export function behaviourOf(site: Site, path: string): Behaviour {
  return (
    (site.orderedCacheBehaviors ?? []).find(({ pathPattern }) => matchesPath(pathPattern, path)) ??
    site.defaultCacheBehavior
  );
}

export function originOf(site: Site, { targetOriginId }: Behaviour): Origin | undefined {
  return site.origins.find(({ originId }) => originId === targetOriginId);
}

/**
 * Managed cache policies ("Use managed cache policies"), and whether answers are kept: never, as the origin's
 * Cache-Control says and not at all where it says nothing, or for a day where it says nothing.
 */
const managedCaching: Readonly<Record<string, Keeps>> = {
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": "never",
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65": "as told",
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe": "as told",
  "658327ea-f89d-4fab-a63d-7e88639e58f6": "always",
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": "always",
  "08627262-05a9-4f76-9ded-b50ca2e3a84f": "always",
  "2e54312d-136d-493c-8eb9-b001f22f67d2": "always",
};

/** What of a request reaches a service beside its cookies and its query. */
export interface Forwarded {
  /** The host name that the customer asked for; the origin's own otherwise. */
  readonly host: boolean;
  /** What CloudFront itself knows, CloudFront-Viewer-Address among it. */
  readonly cloudFront: boolean;
}

/** AllViewerExceptHostHeader, AllViewer and AllViewerAndCloudFrontHeaders ("Use managed origin request policies"). */
const managedForwarding: Readonly<Record<string, Forwarded>> = {
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": { host: false, cloudFront: false },
  "216adef6-5c7f-47e4-b989-5492eafa07d3": { host: true, cloudFront: false },
  "33f36d7e-f396-46d9-90e0-52428a34d9dc": { host: true, cloudFront: true },
};

/** Undefined where another resource says it. */
export function forwarded({ originRequestPolicyId: id, forwardedValues }: Behaviour): Forwarded | undefined {
  if (id !== undefined) return managedForwarding[id];
  const headers = (forwardedValues?.headers ?? []).map((header) => header.toLowerCase());
  const sends = (header: string) => headers.includes("*") || headers.includes(header);
  return { host: sends("host"), cloudFront: sends("cloudfront-viewer-address") };
}

export type Keeps = "never" | "as told" | "always";

/** Whether answers are kept for the next customer; undefined where another resource says it. */
export function keeps(behaviour: Behaviour): Keeps | undefined {
  if (behaviour.cachePolicyId !== undefined) return managedCaching[behaviour.cachePolicyId];
  // Without a policy, the behaviour's own times hold: by default a day.
  const { minTtl = 0, defaultTtl = 86_400, maxTtl = 31_536_000 } = behaviour;
  if (maxTtl === 0) return "never";
  return minTtl === 0 && defaultTtl === 0 ? "as told" : "always";
}

/** Every method that a page or an API uses; CloudFront offers these seven, or fewer. */
const methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];

/** What comes between a customer and a service, in the behaviour that leads there. `where` is for messages. */
export function distortions(behaviour: Behaviour, where: string): readonly (Violation | Doubt)[] {
  const kept = keeps(behaviour);
  const missing = methods.filter((method) => !behaviour.allowedMethods.includes(method));
  return [
    ...(kept === "always"
      ? [{ observed: `answers ${where} are kept for other customers`, wanted: "not cached" }]
      : []),
    ...(kept === undefined
      ? [{ doubt: `whether answers ${where} are kept is for a cache policy to say that is not understood` }]
      : []),
    ...missing.map((method) => ({ observed: `${method} is refused ${where}`, wanted: "let through" })),
    ...forwarding(behaviour, where),
  ];
}

function forwarding(behaviour: Behaviour, where: string): readonly (Violation | Doubt)[] {
  if (forwarded(behaviour) === undefined)
    return [{ doubt: `what the service is told of requests ${where} is not understood` }];
  const { originRequestPolicyId, forwardedValues } = behaviour;
  if (originRequestPolicyId !== undefined) return [];
  const all = forwardedValues?.cookies.forward === "all" && forwardedValues.queryString;
  return all
    ? []
    : [{ observed: `cookies and queries do not reach the service ${where}`, wanted: "forwarded" }];
}

/** Seconds. CloudFront keeps errors whatever its cache policy says, and one customer's is shown to the next. */
const errorSeconds = { most: 1, default: 10 };

/** Every error that CloudFront keeps (developer guide, "Configure error response behavior"). */
const keptErrors = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Errors that customers, checks and alerts do not get to see as they are. */
export function hiddenErrors({ customErrorResponses = [] }: Site): readonly Violation[] {
  const shown = customErrorResponses.flatMap(({ errorCode, responseCode = errorCode }) => [
    ...(responseCode < 400 || responseCode > 599
      ? [{ observed: `an error ${errorCode} is shown as ${responseCode}`, wanted: "an error" }]
      : []),
  ]);
  const kept = keptErrors.flatMap((code) => {
    const own = customErrorResponses.find(({ errorCode }) => errorCode === code);
    const seconds = own?.errorCachingMinTtl ?? errorSeconds.default;
    return seconds > errorSeconds.most
      ? [{ observed: `an error ${code} is shown for ${seconds} seconds`, wanted: `≤ ${errorSeconds.most}` }]
      : [];
  });
  return [...shown, ...kept];
}

/** CORS-S3Origin: S3 refuses a signed request with more of the customer's headers. */
const bucketForwarding = "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf";

/** What keeps a behaviour that leads to a bucket from giving out files. `where` is for messages. */
export function filesWithheld(behaviour: Behaviour, where: string): readonly (Violation | Doubt)[] {
  const { allowedMethods = [], cachedMethods = [], cachePolicyId, originRequestPolicyId } = behaviour;
  const reads = ["GET", "HEAD"].every((m) => allowedMethods.includes(m) && cachedMethods.includes(m));
  return [
    ...(reads ? [] : [{ observed: `files ${where} cannot be read and kept`, wanted: "GET and HEAD" }]),
    ...(cachePolicyId || behaviour.forwardedValues
      ? []
      : [{ observed: `nothing says how long files ${where} are kept`, wanted: "a cache policy" }]),
    ...(originRequestPolicyId === undefined || originRequestPolicyId === bucketForwarding
      ? []
      : [{ doubt: `what the bucket is told of requests ${where} is not understood` }]),
  ];
}
