/** Which service a request reaches through CloudFront, and what comes between the two. */
import type * as aws from "@pulumi/aws";
import { leadsOn, projectDomain, projectsAt, serviceOf } from "../../declared/application.ts";
import { behaviours, distribution, viewerAddressHeader } from "../../declared/edge.ts";
import { syntheticCheck, tagOf } from "../../declared/monitoring.ts";
import { eachRule } from "../../each-rule.ts";
import {
  behaviourOf,
  distortions,
  filesWithheld,
  hiddenErrors,
  type Origin,
  originOf,
} from "../../effects/cloudfront.ts";
import { setsAddress } from "../../effects/edge-function.ts";
import { all, equals } from "../../expect.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import { type Rule, resourceRule, stackRule, type Violation } from "../../rule.ts";

const edgeFunction = resourceType<aws.cloudfront.FunctionArgs>("aws:cloudfront/function:Function");
const subscription = resourceType<aws.cloudfront.MonitoringSubscriptionArgs>(
  "aws:cloudfront/monitoringSubscription:MonitoringSubscription",
);

export const trafficRules: readonly Rule[] = [
  resourceRule({
    id: "edge-site-answers",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    type: distribution,
    check: ({ props }) =>
      all(
        equals(props, "enabled", true),
        equals(props, "restrictions.geoRestriction.restrictionType", "none"),
      ),
  }),
  eachRule({
    id: "edge-requests-reach-their-service",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    each: distribution,
    check: ({ props }, stack) => {
      const own = watched(stack).filter(({ url }) => props.aliases?.includes(url.hostname));
      if (own.length === 0) return { doubt: "no check asks for anything on its domain" };
      return own.flatMap(({ service, url }) => {
        const origin = originOf(props, behaviourOf(props, url.pathname));
        const reached = origin?.customOriginConfig ? servicesAt(origin, stack) : [];
        const observed = `${url.pathname} leads to ${reached.join() || "no service"}`;
        return reached.includes(service) ? [] : [{ observed, wanted: `to ${service}` }];
      });
    },
  }),
  stackRule({
    id: "edge-requests-reach-their-project",
    item: "EDGE-17",
    needs: { edge: ["vercel"] },
    checkStack: (stack) => {
      const asked = watched(stack);
      if (asked.length === 0) return { doubt: "no check asks for anything on its domain" };
      const astray = asked.flatMap(({ service, url: { hostname } }) => {
        const reached = projectsAt(hostname, stack).map(serviceOf);
        const led = leadsOn(hostname, stack) ? "another host or no production" : reached.join();
        return reached.length === 1 && reached[0] === service && !leadsOn(hostname, stack)
          ? []
          : [{ observed: `${hostname} leads to ${led || "no service"}`, wanted: `to ${service}` }];
      });
      const unwatched = stack
        .ofType(projectDomain)
        .filter(({ props: { domain } }) => !leadsOn(domain, stack))
        .filter(({ props: { domain } }) => !asked.some(({ url }) => url.hostname === domain))
        .map((site) => ({
          resource: site as Resource,
          observed: `${site.props.domain} leads to production, and no check asks after it`,
          wanted: "watched, or left out",
        }));
      return [...astray, ...unwatched];
    },
  }),
  resourceRule({
    id: "edge-answers-not-shared",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    type: distribution,
    check: ({ props, ...site }) =>
      behaviours({ props, ...site }).flatMap(({ path, behaviour }) =>
        originOf(props, behaviour)?.customOriginConfig === undefined
          ? filesWithheld(behaviour, path)
          : distortions(behaviour, path),
      ),
  }),
  resourceRule({
    id: "edge-errors-shown",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    type: distribution,
    check: ({ props }) => hiddenErrors(props),
  }),
  eachRule({
    id: "edge-origins-own",
    item: "EDGE-17",
    needs: { edge: ["cloudfront"] },
    each: distribution,
    check: ({ props }, stack) => [
      ...props.origins
        .filter((origin) => origin.customOriginConfig !== undefined)
        .filter((origin) => servicesAt(origin, stack).length !== 1)
        .map(({ originId }) => ({
          observed: `${originId} is at no host name of a service of this stack`,
          wanted: "at that of one",
        })),
      ...unmet(props),
    ],
  }),
  // Services count and log by this header.
  resourceRule({
    id: "edge-customers-address-told",
    item: "EDGE-16",
    type: distribution,
    check: (site) => {
      const functions = ["defaultCacheBehavior", "orderedCacheBehaviors"].flatMap((property) =>
        linked(site, property, edgeFunction),
      );
      const silent = behaviours(site)
        .filter(({ behaviour }) => originOf(site.props, behaviour)?.customOriginConfig !== undefined)
        .filter(
          ({ behaviour }) => !behaviour.functionAssociations?.some((f) => f.eventType === "viewer-request"),
        )
        .map(({ path }) => `requests ${path} do not carry ${viewerAddressHeader}`);
      const missing = functions.length === 0 ? [`no function of this stack sets ${viewerAddressHeader}`] : [];
      return [
        ...[...silent, ...missing].map((observed) => ({ observed, wanted: "set to the customer's address" })),
        ...functions
          .filter(({ props }) => !setsAddress(props.code, viewerAddressHeader))
          .map(({ name }) => ({ doubt: `what the function ${name} does to requests is not understood` })),
      ];
    },
  }),
  eachRule({
    id: "edge-metrics-complete",
    item: "MON-13",
    each: distribution,
    check: (site, stack) =>
      stack
        .attached(subscription, "distributionId", site)
        .some(
          ({ props }) =>
            props.monitoringSubscription.realtimeMetricsSubscriptionConfig
              ?.realtimeMetricsSubscriptionStatus === "Enabled",
        )
        ? undefined
        : { observed: "its latency and cache hits are not measured", wanted: "additional metrics" },
  }),
];

/** What synthetic checks ask for, and whose it is. */
function watched(stack: Stack): readonly { readonly service: string; readonly url: URL }[] {
  return stack.ofType(syntheticCheck).flatMap((check) => {
    const { url } = check.props.requestDefinition ?? {};
    const service = tagOf(check, "service");
    return url && service ? [{ service, url: new URL(url) }] : [];
  });
}

/** The services at an origin's host name. */
function servicesAt(origin: Origin, stack: Stack): readonly string[] {
  return projectsAt(origin.domainName, stack).map(serviceOf);
}

/** Origins to which no request leads, and requests that lead to none. */
function unmet(site: NonNullable<(typeof distribution)["props"]>): readonly Violation[] {
  const asked = [site.defaultCacheBehavior, ...(site.orderedCacheBehaviors ?? [])].map(
    ({ targetOriginId }) => targetOriginId,
  );
  const there = site.origins.map(({ originId }) => originId);
  return [
    ...there
      .filter((id) => !asked.includes(id))
      .map((id) => ({ observed: `no request leads to ${id}`, wanted: "a behaviour for it" })),
    ...asked
      .filter((id) => !there.includes(id))
      .map((id) => ({ observed: `${id} is no origin`, wanted: "declared" })),
  ];
}
