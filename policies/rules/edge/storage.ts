/** Buckets, and the one of the static files. */
import type * as aws from "@pulumi/aws";
import { about, type ResourceOf } from "../../aws.ts";
import {
  bucket,
  bucketPolicy,
  encryption,
  lifecycle,
  ownership,
  publicAccess,
  versioning,
} from "../../declared/buckets.ts";
import { distribution } from "../../declared/edge.ts";
import { eachRule } from "../../each-rule.ts";
import { readBucketPolicy } from "../../effects/bucket-policy.ts";
import { demanded } from "../../effects/iam-condition.ts";
import { isDenied, mayAllow } from "../../effects/iam-decision.ts";
import { admitted } from "../../effects/iam-principal.ts";
import type { Statement } from "../../effects/iam-statement.ts";
import { kept } from "../../effects/lifecycle.ts";
import { all, equals } from "../../expect.ts";
import { explains } from "../../relations.ts";
import { linked, type Resource, resourceType, type Stack } from "../../resource.ts";
import type { Rule } from "../../rule.ts";
import { whenReadable } from "../../unknown-value.ts";

const accessControl = resourceType<aws.cloudfront.OriginAccessControlArgs>(
  "aws:cloudfront/originAccessControl:OriginAccessControl",
);
/** Days that what was overwritten or deleted can be brought back: a weekend, and those who notice afterwards. */
const earlierDays = 7;

/** S3 User Guide, "Protecting data with encryption": the kinds that S3 knows. */
const encryptions = ["AES256", "aws:kms", "aws:kms:dsse"];

const blocks = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** Vercel's own edge serves files itself: without CloudFront there may be no bucket. */
const absentWith = { edge: ["vercel"] } as const;

export const storageRules: readonly Rule[] = [
  // Security Hub, S3.8.
  eachRule({
    id: "edge-buckets-not-public",
    item: "EDGE-10",
    existing: (store, stack) =>
      stack.attached(publicAccess, "bucket", store).flatMap((resource) => {
        const open = blocks.filter((key) => resource.props[key] === false);
        const names = open.join(" and ");
        return open.length === 0
          ? []
          : about(resource as Resource, {
              observed: `${names} ${open.length === 1 ? "is" : "are"} false`,
              wanted: "true",
              mend: `set ${names} to true`,
            });
      }),
    each: bucket,
    absentWith,
    check: (store, stack) => {
      const attached = stack.attached(publicAccess, "bucket", store);
      if (attached.length === 0) return { observed: "public access is not blocked", wanted: "blocked" };
      return attached.flatMap(({ props }) => blocks.flatMap((key) => equals(props, key, true) ?? []));
    },
  }),
  // Security Hub, S3.12.
  eachRule({
    id: "edge-buckets-without-acls",
    item: "EDGE-10",
    each: bucket,
    absentWith,
    check: (store, stack) => {
      const controls = stack.attached(ownership, "bucket", store);
      return controls.length > 0 &&
        controls.every(({ props }) => props.rule.objectOwnership === "BucketOwnerEnforced")
        ? undefined
        : { observed: "access control lists count", wanted: "BucketOwnerEnforced" };
    },
  }),
  eachRule({
    id: "edge-buckets-encrypted",
    item: "EDGE-10",
    each: bucket,
    absentWith,
    check: (store, stack) => {
      const rules = stack.attached(encryption, "bucket", store).flatMap(({ props }) => props.rules);
      return rules.length > 0 &&
        rules.every(
          ({ applyServerSideEncryptionByDefault: by }) => by && encryptions.includes(by.sseAlgorithm),
        )
        ? undefined
        : { observed: "no encryption is declared", wanted: "encrypted" };
    },
  }),
  // Security Hub, S3.5.
  eachRule({
    id: "edge-buckets-tls-only",
    item: "EDGE-10",
    each: bucket,
    absentWith,
    check: (store, stack) => {
      const policies = stack.attached(bucketPolicy, "bucket", store);
      if (policies.length > 1) {
        return {
          observed: `it has ${policies.length} policies`,
          wanted: "one: the last that is written counts",
        };
      }
      return policies.some(({ props }) => deniesPlainHttp(props.policy))
        ? undefined
        : { observed: "its policy allows plain HTTP", wanted: "TLS alone" };
    },
  }),
  // Security Hub, S3.14.
  eachRule({
    id: "edge-buckets-versioned",
    item: "EDGE-11",
    existing: (store, stack) =>
      isVersioned(store, stack) || isFleeting(store, stack)
        ? undefined
        : {
            observed: "versioning is off",
            wanted: "Enabled",
            mend: "declare an aws.s3.BucketVersioning of status Enabled for it, or a lifecycle where all in it may go",
          },
    each: bucket,
    absentWith,
    check: (store, stack) => {
      const switches = stack.attached(versioning, "bucket", store);
      const on = switches.filter(({ props }) => props.versioningConfiguration.status === "Enabled");
      if (on.length === 0 || on.length < switches.length)
        return { observed: "versioning is off", wanted: "Enabled" };
      const { earlier } = kept(stack.attached(lifecycle, "bucket", store).map(({ props }) => props));
      return earlier >= earlierDays
        ? undefined
        : { observed: `what is overwritten is gone after ${earlier} days`, wanted: `≥ ${earlierDays}` };
    },
  }),
  eachRule({
    id: "edge-buckets-kept",
    tiers: ["production"],
    item: "EDGE-11",
    existing: true,
    each: bucket,
    absentWith,
    check: ({ props }) =>
      props.forceDestroy === true
        ? {
            observed: "it may be deleted with all that is in it",
            wanted: "only when it is empty",
            mend: "set forceDestroy to false",
          }
        : undefined,
  }),
  eachRule({
    id: "edge-static-files-stay",
    item: "EDGE-11",
    needs: { edge: ["cloudfront"] },
    existing: true,
    each: distribution,
    check: (site, stack) =>
      linked(site as Resource, "origins", bucket).flatMap((files) => {
        const { current } = kept(stack.attached(lifecycle, "bucket", files).map(({ props }) => props));
        return current === Number.POSITIVE_INFINITY
          ? []
          : about(files as Resource, {
              observed: `its files are deleted after ${current} days`,
              wanted: "kept",
            });
      }),
  }),
  // Security Hub, CloudFront.13.
  eachRule({
    id: "edge-static-requests-signed",
    item: "EDGE-12",
    each: distribution,
    check: (site, stack) => {
      const open = site.props.origins
        .filter(({ customOriginConfig }) => customOriginConfig === undefined)
        .filter((origin) => !Object.hasOwn(origin, "originAccessControlId"))
        .map(({ originId }) => `requests to ${originId} are not signed`);
      const controls = linked(site as Resource, "origins", accessControl);
      const strange =
        site.props.origins.some(({ customOriginConfig }) => customOriginConfig === undefined) &&
        linked(site as Resource, "origins", bucket).length === 0;
      const foreign = site.props.origins
        .filter(({ customOriginConfig }) => customOriginConfig === undefined)
        .map((origin) => whenReadable(() => origin.domainName))
        .filter((host) => host !== undefined && explains(stack, host)?.type !== bucket.token);
      return [
        ...foreign.map((host) => ({
          observed: `its files are at ${host}`,
          wanted: "in a bucket of this stack",
        })),
        ...(strange ? [{ observed: "its files are in no bucket of this stack", wanted: "its own" }] : []),
        ...(controls.length === 0
          ? [{ observed: "no access control of this stack is used", wanted: "used" }]
          : []),
        ...open.map((observed) => ({ observed, wanted: "signed" })),
        ...controls.flatMap((control) =>
          about(
            control,
            all(
              equals(control.props, "signingBehavior", "always"),
              equals(control.props, "signingProtocol", "sigv4"),
              equals(control.props, "originAccessControlOriginType", "s3"),
            ),
          ),
        ),
      ];
    },
  }),
  eachRule({
    id: "edge-static-files-for-cloudfront-alone",
    item: "EDGE-12",
    each: distribution,
    check: (site, stack) =>
      linked(site as Resource, "origins", bucket).flatMap((files) => {
        const policies = stack.attached(bucketPolicy, "bucket", files);
        const statements = policies.flatMap(({ props }) => readBucketPolicy(props.policy));
        const grants = statements.filter(({ effect }) => effect === "Allow");
        const wanted = "cloudfront.amazonaws.com with the distribution's ARN as aws:SourceArn";
        const reads = mayAllow(statements, { action: "s3:GetObject", resource: "/*", trusting: true });
        return [
          ...(grants.every(isForOneDistribution)
            ? []
            : about(policies[0] as Resource, {
                observed: "it allows more than this distribution to read",
                wanted,
              })),
          ...(reads.some(isForOneDistribution)
            ? []
            : about(files as Resource, { observed: "it does not let this distribution read", wanted })),
        ];
      }),
  }),
];

/** Apart from the bucket, or as older providers have it, in it. */
function isVersioned(store: ResourceOf<typeof bucket>, stack: Stack): boolean {
  const inside = (store as Resource).props["versioning"] as { readonly enabled?: boolean } | undefined;
  const apart = stack.attached(versioning, "bucket", store);
  return (
    inside?.enabled === true || apart.some(({ props }) => props.versioningConfiguration.status === "Enabled")
  );
}

/** All that is in it goes by itself: there is nothing to bring back. */
function isFleeting(store: ResourceOf<typeof bucket>, stack: Stack): boolean {
  const inside = ((store as Resource).props["lifecycleRules"] ?? []) as readonly {
    readonly expiration?: unknown;
  }[];
  const { current } = kept(stack.attached(lifecycle, "bucket", store).map(({ props }) => props));
  return current < Number.POSITIVE_INFINITY || inside.some(({ expiration }) => expiration !== undefined);
}

/** Of the bucket and of its objects; where those are references, there have to be two. */
function deniesPlainHttp(policy: unknown): boolean {
  const context = { "aws:securetransport": "false" };
  return readBucketPolicy(policy).some((statement) => {
    const { of } = statement.resources;
    return (
      (of.length > 1 || of[0] === "*") &&
      ["", "/*"].every((resource) =>
        isDenied([statement], { action: "s3:*", resource, context, trusting: true }),
      )
    );
  });
}

/** CloudFront's service asks for every customer of AWS: without the condition, anybody's distribution may read. */
function isForOneDistribution(statement: Statement): boolean {
  const { actions, conditions } = statement;
  return (
    admitted(statement).every((a) => a.who === "service" && a.name === "cloudfront.amazonaws.com") &&
    demanded(conditions, /^aws:sourcearn$/).length > 0 &&
    !actions.not &&
    actions.of.every((action) => /^s3:(GetObject|ListBucket)$/i.test(action))
  );
}
