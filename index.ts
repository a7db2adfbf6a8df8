/** Composition root: config → spec → components → outputs. */
import * as pulumi from "@pulumi/pulumi";
import { PrivateNetwork } from "./components/app/private-network.ts";
import { databaseUser } from "./components/app/project.ts";
import { App } from "./components/app.ts";
import { AppAccess } from "./components/app-access.ts";
import { Backups } from "./components/backups.ts";
import { Cache } from "./components/cache.ts";
import { Database } from "./components/database.ts";
import { DeployAccess } from "./components/deploy-access.ts";
import { rumIntake } from "./components/edge/headers.ts";
import { originHost } from "./components/edge/origin.ts";
import { Edge } from "./components/edge.ts";
import { keyAlias } from "./components/encryption-key.ts";
import { EvidenceStore } from "./components/evidence-store.ts";
import { IncidentManagement } from "./components/incident-management.ts";
import { Monitoring } from "./components/monitoring.ts";
import { Network } from "./components/network.ts";
import { OnCall } from "./components/on-call.ts";
import { OutsideWatch } from "./components/outside-watch.ts";
import { createProviders } from "./components/providers.ts";
import { awsTags } from "./components/tags.ts";
import { loadSpec } from "./model/config/stack-spec.ts";
import { platform } from "./model/on-call/routing.ts";

const spec = loadSpec(pulumi.getStack(), pulumi.runtime.allConfig());
const { product: name, stack, tier, region, services } = spec;
const { home, usEast1, copyRegion, vercel, datadog } = createProviders(spec);
const opts = { providers: [home, vercel, datadog] };
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
    databaseUsers: spec.services.map((service) => databaseUser(service.name)),
    evidenceKey: keyAlias(evidenceStore, tags),
    tags,
  },
  opts,
);
const { breakGlassRole } = spec.awsAccount;
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

const network = new Network(`${name}-network`, { ...shared, settings: spec.network }, opts);
const store = {
  ...shared,
  vpcId: network.vpcId,
  subnetIds: network.dataSubnetIds,
  clientCidrs: [spec.vercel.privateNetworkCidr],
  logRetentionDays: spec.network.logRetentionDays,
};
const database = new Database(`${name}-db`, { ...store, breakGlassRole, settings: spec.database }, opts);
const cache = new Cache(`${name}-cache`, { ...store, settings: spec.cache }, opts);
new Backups(
  `${name}-backups`,
  {
    ...shared,
    breakGlassRole,
    settings: spec.backups,
    copyProvider: copyRegion,
    notifyEmails: spec.people.filter((p) => p.role === "devops-lead").map((p) => p.email),
    database,
  },
  opts,
);

const edge = new Edge(
  `${name}-edge`,
  {
    ...shared,
    settings: spec.edge,
    domain: spec.domain,
    origins: services.map((s) => ({ ...s, service: s.name, host: originHost(s.name, spec.domain) })),
    connectSources: [rumIntake(spec.monitoring.site)],
    usEast1,
  },
  opts,
);

const onCall = new OnCall(`${name}-on-call`, spec, opts);
const secrets = new pulumi.Config("secrets");
const monitoring = new Monitoring(
  `${name}-monitoring`,
  { spec, secretOf: (key) => secrets.requireSecret(key) },
  { ...opts, dependsOn: onCall },
);
const root = services.find(({ path }) => path === "/");
if (tier === "production" && root) {
  new OutsideWatch(
    `${name}-outside-watch`,
    {
      domain: spec.domain,
      healthPath: root.healthPath,
      pending: spec.launch !== undefined,
      pagingServiceId: onCall.pagingServiceId(platform, "SEV1"),
      usEast1,
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

new PrivateNetwork(
  `${name}-private-network`,
  {
    settings: spec.vercel,
    label: `${name}-${stack}`,
    routeTableId: network.dataRouteTableId,
    tags,
  },
  opts,
);
const access = new AppAccess(
  `${name}-access`,
  { ...shared, services: services.map((s) => s.name), stack, teamSlug: spec.vercel.teamSlug, database },
  opts,
);
for (const service of services) {
  new App(
    service.name,
    {
      service,
      stack,
      tier,
      domain: spec.domain,
      ownsDomain: spec.edge.forwardHost && service.path === "/",
      vercel: spec.vercel,
      database: { host: database.host, port: database.port, name: database.databaseName },
      cache,
      aws: { roleArn: access.roleArn(service.name), region },
      originSecret: edge.originSecret,
      secrets: Object.fromEntries(service.secrets.map((key) => [key, secrets.requireSecret(key)])),
      environment: monitoring.environmentOf(service.name),
    },
    opts,
  );
}

export const url = `https://${spec.domain}`;
export const deployRole = deployAccess.deployRoleArn;
export const previewRole = deployAccess.previewRoleArn;
// Null in staging: Pulumi warns of what is undefined.
export const evidenceBucket = evidence?.bucket ?? null;
export const evidenceRoles = evidence?.roleArns ?? null;
export const nameServers = edge.nameServers;
export const dsRecord = edge.dsRecord ?? null;
export const dashboards = monitoring.dashboardUrls;
