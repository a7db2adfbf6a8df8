/** What CloudFront adds to and takes from every answer (developer guide, "Understand response headers policies"). */
import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";

type Policy = Unwrap<aws.cloudfront.ResponseHeadersPolicyArgs>;

/** The value of a header of the policy's own; undefined where it is not sent. */
export function customHeader({ customHeadersConfig }: Policy, name: string): string | undefined {
  return customHeadersConfig?.items?.find(({ header }) => header?.toLowerCase() === name)?.value;
}

/** Features of the browser that a policy such as `camera=(), geolocation=(self)` gives to nobody, or to the site alone. */
export function deniedFeatures(permissionsPolicy: string): ReadonlySet<string> {
  const entries = permissionsPolicy.matchAll(/(?<![a-z-])([a-z-]+)\s*=\s*(\([^()]*\)|[^,\s]+)/g);
  return new Set(
    [...entries]
      .filter(([, , to = ""]) => /^(\(\s*(self)?\s*\)|self)$/.test(to))
      .map(([, name = ""]) => name),
  );
}

/** Headers that only tell what a server is made of. */
const telling = ["x-powered-by", "server", "via", "x-aspnet-version", "x-aspnetmvc-version", "x-generator"];

/** What is taken from answers beside that. */
export function takenAway({ removeHeadersConfig }: Policy): readonly string[] {
  return (removeHeadersConfig?.items ?? [])
    .map(({ header }) => header.toLowerCase())
    .filter((header) => !telling.includes(header));
}

/** The origins whose pages may read answers; everybody's where it is not said whose. */
export function sharedWith(policy: Policy): readonly string[] {
  const { corsConfig } = policy;
  const origins = corsConfig ? (corsConfig.accessControlAllowOrigins?.items ?? ["*"]) : [];
  const written = customHeader(policy, "access-control-allow-origin");
  return [...origins, ...(written ? [written] : [])].map((origin) => origin?.trim() ?? "*");
}

/** Whether an origin stands for every one. */
export function isEverybody(origin: string): boolean {
  return /^(\*|null|https?:\/\/\*(\.\w+)?)$/.test(origin);
}
