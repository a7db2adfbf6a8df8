/** What a service on Vercel has to be told by CloudFront, and how long CloudFront waits for it. */
import { leadsOn, type Project, projectsAt } from "../../declared/application.ts";
import {
  challengePath,
  distribution,
  isChallenge,
  originSecretHeader,
  serviceBehaviours,
  serviceOrigins,
} from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { behaviourOf, forwarded, keeps, originOf } from "../../effects/cloudfront.ts";
import { show } from "../../expect.ts";
import type { Resource, Stack } from "../../resource.ts";
import { type Doubt, type Rule, resourceRule, type Violation } from "../../rule.ts";

type Site = Resource<NonNullable<(typeof distribution)["props"]>>;

/** Seconds, where nothing is said: CloudFront's (developer guide, "Origin settings") and Vercel's, with fluid compute. */
const usual = { read: 30, attempts: 3, connection: 10, function: 300 };

/** Seconds that Vercel's own answer to a function that hangs needs to arrive. */
const margin = 5;

/** Seconds that a customer waits for an origin that nobody answers at. */
const longestConnecting = 15;

export const serviceHostRules: readonly Rule[] = [
  eachRule({
    id: "edge-host-is-the-services",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    each: distribution,
    // Vercel finds the project by the host name, and has a certificate for its domains alone.
    check: (site, stack) =>
      serviceBehaviours(site)
        .filter(({ behaviour }) => forwarded(behaviour)?.host === true)
        .flatMap(({ path, origin }) => {
          const services = projectsAt(origin.domainName, stack);
          return (site.props.aliases ?? [])
            .filter((alias) => !isOf(projectsAt(alias, stack), services) || leadsOn(alias, stack))
            .map((alias) => ({
              observed: `requests ${path} ask ${origin.originId} for ${alias}, which is no domain of its project`,
              wanted: "a ProjectDomain",
            }));
        }),
  }),
  eachRule({
    id: "edge-vercel-certificate-renewed",
    item: "EDGE-03",
    each: distribution,
    check: (site, stack) => {
      const asked = serviceBehaviours(site).find(({ behaviour }) => forwarded(behaviour)?.host === true);
      return asked ? unanswered(site, projectsAt(asked.origin.domainName, stack), stack) : undefined;
    },
  }),
  resourceRule({
    id: "edge-visitors-told-apart",
    item: "EDGE-16",
    type: distribution,
    // Vercel's documentation, "Reverse proxy servers": a proxy without it is taken for one visitor, and for a flood.
    check: ({ props }) =>
      forwarded(props.defaultCacheBehavior)?.cloudFront === true
        ? undefined
        : {
            observed: "Vercel is not told whose requests these are (CloudFront-Viewer-Address)",
            wanted: "told, as by AllViewerAndCloudFrontHeaders",
          },
  }),
  eachRule({
    id: "edge-waits-for-services",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    each: distribution,
    check: (site, stack) =>
      serviceOrigins(site).flatMap((origin) => {
        const read = origin.customOriginConfig?.originReadTimeout ?? usual.read;
        const attempts = origin.connectionAttempts ?? usual.attempts;
        const connecting = attempts * (origin.connectionTimeout ?? usual.connection);
        const whole = origin.responseCompletionTimeout || attempts * read;
        return [
          ...projectsAt(origin.domainName, stack)
            .map(secondsOf)
            .filter((seconds) => read < seconds + margin)
            .map((seconds) => ({
              observed: `CloudFront waits for ${origin.originId} ${show(read, "seconds")}, and a function takes up to ${seconds}`,
              wanted: `≥ ${seconds + margin}`,
            })),
          ...(whole < 2 * read
            ? []
            : [
                {
                  observed: `a read of ${origin.originId} that runs out of time is asked ${attempts} times`,
                  wanted: "once (responseCompletionTimeout below twice originReadTimeout)",
                },
              ]),
          ...(connecting <= longestConnecting
            ? []
            : [
                {
                  observed: `CloudFront tries to reach ${origin.originId} for ${connecting} seconds`,
                  wanted: `≤ ${longestConnecting}`,
                },
              ]),
        ];
      }),
  }),
];

function isOf(apps: readonly Project[], services: readonly Project[]): boolean {
  return apps.length === 1 && services.length === 1 && apps[0] === services[0];
}

function secondsOf({ props }: Project): number {
  return props.resourceConfig?.functionDefaultTimeout ?? usual.function;
}

/** Why an authority that Vercel has asked for a certificate of the domain does not get its answer through CloudFront. */
function unanswered(
  { props }: Site,
  services: readonly Project[],
  stack: Stack,
): readonly (Violation | Doubt)[] {
  const behaviour = behaviourOf(props, `${challengePath}token`);
  const origin = originOf(props, behaviour);
  const config = origin?.customOriginConfig;
  const plain = config !== undefined && ["http-only", "match-viewer"].includes(config.originProtocolPolicy);
  const own = config !== undefined && isOf(projectsAt(origin?.domainName ?? "", stack), services);
  const secrets = (origin?.customHeaders ?? []).filter(
    ({ name }) => name?.toLowerCase() === originSecretHeader,
  );
  const wanted = "as Vercel's documentation, “Reverse proxy servers”, asks";
  return [
    ...(isChallenge(behaviour) && behaviour.viewerProtocolPolicy === "allow-all" && own && plain
      ? []
      : [{ observed: `${challengePath}* does not lead to its service over plain HTTP`, wanted }]),
    ...(forwarded(behaviour)?.host === false
      ? [{ observed: `${challengePath}* does not say which domain is asked for`, wanted }]
      : []),
    ...(keeps(behaviour) === "always" ? [{ observed: `answers of ${challengePath}* are kept`, wanted }] : []),
    ...(plain && secrets.length > 0
      ? [{ observed: `${originSecretHeader} travels over plain HTTP`, wanted: "left out" }]
      : []),
  ];
}
