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
    also: ["encryption-key-aliases-own", "preview-role-reads-alone"],
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
    rule: "parts-as-chosen",
    title: "a record at Cloudflare, beside the zone at Route 53",
    also: ["edge-dns-answers-last", "encryption-key-aliases-own", "preview-role-reads-alone"],
    change: on(alias, (r) => ({ ...r, type: "cloudflare:index/dnsRecord:DnsRecord" })),
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
  {
    rule: "providers-in-support",
    title: "AWS is asked by a provider of years ago",
    change: on({ type: "pulumi:providers:aws", name: "aws-home" }, set("version", "4.0.0")),
  },
  {
    rule: "provider-credentials-given",
    title: "PagerDuty's token is empty",
    change: on("pulumi:providers:pagerduty", set("token", "")),
  },
  {
    rule: "provider-credentials-given",
    title: "Datadog's key is empty",
    change: on("pulumi:providers:datadog", set("apiKey", "")),
  },
  {
    rule: "providers-ask-their-vendors",
    title: "PagerDuty's provider asks somebody else",
    change: on("pulumi:providers:pagerduty", set("apiUrlOverride", "https://api.pagerduty.com.example.net")),
  },
  {
    rule: "providers-ask-their-vendors",
    title: "Datadog's provider does not try its key",
    change: on("pulumi:providers:datadog", set("validate", "false")),
  },
  {
    rule: "providers-ask-their-vendors",
    title: "Datadog's provider gives up at the first refusal",
    stack: "staging",
    change: on("pulumi:providers:datadog", set("httpClientRetryEnabled", "false")),
  },
  {
    rule: "providers-ask-their-vendors",
    title: "Vercel's provider has no team",
    change: on("pulumi:providers:vercel", unset("team")),
  },
  {
    rule: "aws-in-one-account",
    title: "one of AWS's providers deploys to whatever account the profile is of",
    change: on({ type: "pulumi:providers:aws", name: "aws-copy-region" }, unset("allowedAccountIds")),
  },
  {
    rule: "aws-in-one-account",
    title: "one of AWS's providers deploys to another account",
    stack: "staging",
    change: on(
      { type: "pulumi:providers:aws", name: "aws-us-east-1" },
      set("allowedAccountIds", '["999999999999"]'),
    ),
  },
  {
    rule: "vercel-in-one-team",
    title: "one variable is another team's",
    change: on(
      { type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable", name: "portal-app-url" },
      set("teamId", "team_0therT3am"),
    ),
  },
  {
    rule: "providers-ask-their-vendors",
    title: "Datadog's site is that of whoever deploys",
    change: on("pulumi:providers:datadog", unset("apiUrl")),
  },
  {
    rule: "shared-names-tell-stack",
    title: "both stacks' private networks have one name",
    change: on("vercel:index/network:Network", set("name", "portal-private-network")),
  },
];
