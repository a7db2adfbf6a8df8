import { type Mutation, on, set, unset } from "./mutation.ts";

const alias = "aws:kms/alias:Alias";

export const governanceMutations: readonly Mutation[] = [
  {
    rule: "aws-resources-tagged",
    title: "a VPC without an owner",
    change: on("aws:ec2/vpc:Vpc", unset("tags.owner")),
  },
  {
    rule: "environment-tag-names-stack",
    title: "a VPC that says it belongs to staging",
    change: on("aws:ec2/vpc:Vpc", set("tags.environment", "staging")),
  },
  {
    rule: "stateful-resources-protected",
    title: "a zone that a deployment may delete",
    change: on("aws:route53/zone:Zone", (r) => ({ ...r, protect: false })),
  },
  {
    rule: "resources-inside-components",
    title: "key aliases at the root of the stack",
    change: on(alias, (r) => ({ ...r, parent: undefined })),
  },
  {
    rule: "resource-types-supported",
    title: "an origin access identity, which AWS replaced",
    change: on(
      alias,
      set("tags", { product: "p", environment: "prod", owner: "o", "managed-by": "pulumi" }),
      (r) => ({
        ...r,
        type: "aws:cloudfront/originAccessIdentity:OriginAccessIdentity",
      }),
    ),
  },
  {
    rule: "customer-data-in-one-geography",
    title: "the second copy of the backups on another continent",
    also: ["deploy-rights-cover-resources"],
    change: on({ type: "pulumi:providers:aws", name: "aws-copy-region" }, set("region", "us-west-2")),
  },
  {
    rule: "aws-provider-explicit",
    title: "key aliases through the default provider",
    also: ["deploy-rights-cover-resources"],
    change: on(alias, (r) => ({ ...r, provider: undefined })),
  },
  {
    rule: "deployment-settled",
    title: "a VPC whose last update ended in an error",
    change: on("aws:ec2/vpc:Vpc", (r) => ({
      ...r,
      flaws: [{ observed: "it is half made", wanted: "whole" }],
    })),
  },
];
