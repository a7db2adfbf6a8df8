/** Everything that a product needs to be ready: its components, put together as its spec says. */
import type * as pulumi from "@pulumi/pulumi";
import { partsOf, type StackSpec } from "../model/config/stack-spec.ts";
import { platform } from "../model/on-call/routing.ts";
import { databaseUser } from "./app/project.ts";
import { App } from "./app.ts";
import { declareDataStores } from "./data-stores.ts";
import { declareEdge } from "./declare-edge.ts";
import { DeployAccess } from "./deploy-access.ts";
import type { Dns } from "./edge/dns/dns.ts";
import { keyAlias } from "./encryption-key.ts";
import { ErrorTracking } from "./error-tracking.ts";
import { EvidenceStore } from "./evidence-store.ts";
import { IncidentManagement } from "./incident-management.ts";
import { Monitoring } from "./monitoring.ts";
import { OnCall } from "./on-call.ts";
import { OutsideWatch } from "./outside-watch.ts";
import { OutsideWatchKey } from "./outside-watch-key.ts";
import { createProviders } from "./providers.ts";
import { awsTags } from "./tags.ts";

/** What others have to know of a declared stack. */
export interface ReadinessOutputs {
  /** Address of the product. */
  readonly url: string;
  /** ARNs of the roles with which CI deploys and previews. */
  readonly deployRole: pulumi.Output<string>;
  readonly previewRole: pulumi.Output<string>;
  /** Of production alone: Pulumi warns of what is undefined, so it is null elsewhere. */
  readonly evidenceBucket: pulumi.Output<string> | null;
  readonly evidenceRoles: EvidenceStore["roleArns"] | null;
  /** Of a database elsewhere alone: where its dumps go, and the role of the job that takes them. */
  readonly dumpBucket: pulumi.Output<string> | null;
  readonly dumpRole: pulumi.Output<string> | null;
  /** To be entered where the domain is registered. */
  readonly nameServers: NonNullable<Dns["nameServers"]> | null;
  readonly dsRecord: NonNullable<Dns["dsRecord"]> | null;
  /** To be entered where the domain's records are, unless the stack itself declares them. */
  readonly dnsRecords: NonNullable<Dns["wanted"]> | null;
  /** Secret, for what watches for outages elsewhere: a key of PagerDuty's Events API. */
  readonly outsideWatchKey: pulumi.Output<string> | null;
  /** Addresses by name. */
  readonly dashboards: Monitoring["dashboardUrls"];
}

/**
 * Declares the whole stack of a spec.
 * @param secretOf gives the value of a secret by its name; it throws where there is none
 * @param within the component that it is a part of, where it is one
 */
export function declareSpec(
  spec: StackSpec,
  secretOf: (name: string) => pulumi.Output<string>,
  within: { readonly parent?: pulumi.Resource } = {},
): ReadinessOutputs {
  const { product: name, stack, tier, region, services } = spec;
  const providers = createProviders(spec, within);
  const { home, copyRegion, cloudflare, vercel, datadog } = providers;
  const opts = { ...within, providers: [home, vercel, datadog, ...(cloudflare ? [cloudflare] : [])] };
  const tags = awsTags(spec);

  const evidenceStore = `${name}-evidence`;
  const deployAccess = new DeployAccess(
    `${name}-deploy`,
    {
      product: name,
      stack,
      tier,
      repository: spec.repository,
      repositoryIds: spec.repositoryIds,
      regions: [region, spec.backups.copyRegion],
      databaseUsers:
        spec.database.kind === "external" ? [] : services.map((service) => databaseUser(service.name)),
      parts: partsOf(spec),
      evidenceKey: keyAlias(evidenceStore, tags),
      tags,
    },
    opts,
  );
  const shared = { region, tier, tags, permissionsBoundary: deployAccess.boundaryArn };

  // A release of production alone is proven by evidence.
  const evidence =
    tier === "production"
      ? new EvidenceStore(
          evidenceStore,
          {
            ...shared,
            product: name,
            // What is the platform's is handed in by the workflows of this repository's main.
            sources: [
              ...services.map((s) => ({ ...s, service: s.name })),
              { ...spec, service: platform, branch: "main" },
            ],
            gitHub: deployAccess.providerArn,
          },
          opts,
        )
      : undefined;

  const data = declareDataStores({ spec, secretOf, deployAccess, copyProvider: copyRegion, tags }, opts);

  const { dns, wayTo } = declareEdge(spec, { providers, tags }, opts);

  const onCall = new OnCall(`${name}-on-call`, spec, opts);
  const monitoring = new Monitoring(`${name}-monitoring`, { spec, secretOf }, { ...opts, dependsOn: onCall });
  const root = services.find(({ path }) => path === "/");
  const rings = { pagingServiceId: onCall.pagingServiceId(platform, "SEV1") };
  const watchElsewhere =
    tier === "production" && spec.outsideWatch.kind === "elsewhere"
      ? new OutsideWatchKey(`${name}-outside-watch`, rings, opts)
      : undefined;
  if (tier === "production" && spec.outsideWatch.kind === "route53" && root) {
    new OutsideWatch(
      `${name}-outside-watch`,
      {
        domain: spec.domain,
        healthPath: root.healthPath,
        pending: spec.launch !== undefined,
        ...rings,
        usEast1: providers.usEast1,
        tier,
        tags,
      },
      opts,
    );
  }
  // A fault of staging is no incident; drills are test incidents of production's type.
  if (tier === "production") {
    new IncidentManagement(`${name}-incidents`, spec, { ...opts, dependsOn: onCall });
  }

  for (const service of services) {
    const errors =
      spec.errors.kind === "sentry"
        ? new ErrorTracking(
            `${service.name}-errors`,
            {
              spec,
              settings: spec.errors,
              service,
              pagingServiceId: (severity) => onCall.pagingServiceId(service.name, severity),
            },
            opts,
          )
        : undefined;
    new App(
      service.name,
      {
        service,
        stack,
        tier,
        domain: spec.domain,
        way: wayTo(service),
        vercel: spec.vercel,
        ...data.of(service.name),
        secrets: Object.fromEntries(service.secrets.map((key) => [key, secretOf(key)])),
        environment: { ...monitoring.environmentOf(service.name), ...(errors && { SENTRY_DSN: errors.dsn }) },
      },
      opts,
    );
  }

  return {
    url: `https://${spec.domain}`,
    deployRole: deployAccess.deployRoleArn,
    previewRole: deployAccess.previewRoleArn,
    evidenceBucket: evidence?.bucket ?? null,
    evidenceRoles: evidence?.roleArns ?? null,
    dumpBucket: data.dumps?.bucket ?? null,
    dumpRole: data.dumps?.roleArn ?? null,
    nameServers: dns.nameServers ?? null,
    dsRecord: dns.dsRecord ?? null,
    dnsRecords: dns.wanted ?? null,
    outsideWatchKey: watchElsewhere?.key ?? null,
    dashboards: monitoring.dashboardUrls,
  };
}
