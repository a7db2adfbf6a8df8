/** The providers of a stack. Credentials come from the environment; what the config decides is explicit here. */
import * as aws from "@pulumi/aws";
import * as cloudflare from "@pulumi/cloudflare";
import * as datadog from "@pulumi/datadog";
import type * as pulumi from "@pulumi/pulumi";
import * as vercel from "@pulumiverse/vercel";
import type { StackSpec } from "../model/config/stack-spec.ts";

export interface Providers {
  /** AWS in the stack's own region. */
  readonly home: aws.Provider;
  /** AWS in us-east-1, where CloudFront demands its certificate and web ACL; made for whoever asks for it first. */
  readonly usEast1: aws.Provider;
  /** AWS in the region of the second backup copy. */
  readonly copyRegion: aws.Provider;
  /** Where the domain's records are there. */
  readonly cloudflare: cloudflare.Provider | undefined;
  /** Vercel as the team that owns the projects; some of its resources fail without a team. */
  readonly vercel: vercel.Provider;
  /** Datadog at the organisation's site. */
  readonly datadog: datadog.Provider;
}

export function createProviders(
  spec: Pick<StackSpec, "region"> & {
    readonly awsAccount: Pick<StackSpec["awsAccount"], "id">;
    readonly backups: Pick<StackSpec["backups"], "copyRegion">;
    readonly dns: Pick<StackSpec["dns"], "kind">;
    readonly vercel: Pick<StackSpec["vercel"], "teamId">;
    readonly monitoring: Pick<StackSpec["monitoring"], "site">;
  },
  within: { readonly parent?: pulumi.Resource } = {},
): Providers {
  const allowedAccountIds = [spec.awsAccount.id];
  const inRegion = (name: string, region: string) =>
    new aws.Provider(name, { region, allowedAccountIds }, within);
  let usEast1: aws.Provider | undefined;
  return {
    home: inRegion("aws-home", spec.region),
    get usEast1() {
      usEast1 ??= inRegion("aws-us-east-1", "us-east-1");
      return usEast1;
    },
    copyRegion: inRegion("aws-copy-region", spec.backups.copyRegion),
    cloudflare:
      spec.dns.kind === "cloudflare" ? new cloudflare.Provider("cloudflare", {}, within) : undefined,
    vercel: new vercel.Provider("vercel", { team: spec.vercel.teamId }, within),
    datadog: new datadog.Provider("datadog", { apiUrl: `https://api.${spec.monitoring.site}/` }, within),
  };
}

/** AWS in one region more, as a part of a component. */
export function awsIn(
  name: string,
  region: string,
  within: { readonly parent: pulumi.Resource },
): aws.Provider {
  return new aws.Provider(name, { region: region as aws.Region }, within);
}
