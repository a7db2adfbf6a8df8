/** Where a product keeps its data, and how its services reach it, as the spec chooses these parts. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { cacheSecret, databaseSecret, makesNetwork } from "../model/config/data-contradictions.ts";
import type { Settings, StackSpec } from "../model/config/stack-spec.ts";
import { holdersOf } from "../model/on-call/people.ts";
import type { Tier } from "../model/tier.ts";
import { PrivateNetwork } from "./app/private-network.ts";
import type { VariablesArgs } from "./app/variables.ts";
import { AppAccess } from "./app-access.ts";
import { Backups } from "./backups.ts";
import { Cache } from "./cache.ts";
import { Database } from "./database.ts";
import type { DeployAccess } from "./deploy-access.ts";
import { DumpStore } from "./dump-store.ts";
import { ExistingCache } from "./existing-cache.ts";
import { ExistingDatabase } from "./existing-database.ts";
import { Network } from "./network.ts";
import type { AwsTags } from "./tags.ts";

export interface DataStoresArgs {
  readonly spec: StackSpec;
  /** The value of a secret of the config. */
  readonly secretOf: (name: string) => pulumi.Output<string>;
  readonly deployAccess: Pick<DeployAccess, "boundaryArn" | "providerArn">;
  /** AWS in the region of the second copy. */
  readonly copyProvider: aws.Provider;
  readonly tags: AwsTags;
}

export interface DataStores {
  /** What a service, by its name, has to know of the data. */
  readonly of: (service: string) => Pick<VariablesArgs, "database" | "cache" | "aws" | "login">;
  /** Where dumps of a database elsewhere go; nothing of one that AWS Backup copies. */
  readonly dumps?: DumpStore;
}

/** What the components of AWS take. */
interface Shared {
  readonly region: string;
  readonly tier: Tier;
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly breakGlassRole?: string | undefined;
  readonly tags: AwsTags;
}

/** Declares network, database, cache and backups, and the services' way to them. */
export function declareDataStores(args: DataStoresArgs, opts: pulumi.ComponentResourceOptions): DataStores {
  const { spec, secretOf, deployAccess, copyProvider, tags } = args;
  const { product: name, region, tier, database, repository, repositoryIds } = spec;
  const { breakGlassRole } = spec.awsAccount;
  const shared = { region, tier, tags, permissionsBoundary: deployAccess.boundaryArn, breakGlassRole };
  const store =
    spec.network.kind === "none" || !makesNetwork(spec)
      ? undefined
      : declareNetwork(spec, spec.network, shared, opts);
  // Their owners accept the peering that Vercel asks for, and route it.
  if (!store && spec.network.kind === "secure-compute") declareWayIn(spec, spec.network, tags, opts);
  // What two stores share is read once.
  const seen = new Set<string>();
  const cache = declareCache(spec, store, { secretOf, seen }, opts);
  if (database.kind === "external") {
    const dumps = new DumpStore(
      `${name}-dumps`,
      {
        ...shared,
        settings: spec.backups,
        repository,
        repositoryIds,
        gitHub: deployAccess.providerArn,
        copyProvider,
      },
      opts,
    );
    const login = { [databaseSecret]: secretOf(databaseSecret) };
    return { dumps, of: () => ({ login, cache }) };
  }
  const around = { shared, cache, copyProvider };
  if (database.kind === "existing-rds") {
    const isPublic = spec.network.kind === "static-ips";
    const existing = new ExistingDatabase(`${name}-db`, { settings: database, isPublic, seen }, opts);
    return { of: declareAccess(spec, existing, around, opts) };
  }
  if (!store) throw new Error(`nothing leads to the database: network.kind is ${spec.network.kind}`);
  const isPublic = spec.network.kind === "static-ips";
  const own = new Database(`${name}-db`, { ...store, isPublic, settings: database }, opts);
  return { of: declareAccess(spec, own, around, opts) };
}

function declareCache(
  { product, cache: settings }: StackSpec,
  store: Store | undefined,
  { secretOf, seen }: Pick<DataStoresArgs, "secretOf"> & { readonly seen: Set<string> },
  opts: pulumi.ComponentResourceOptions,
): Cache | ExistingCache | undefined {
  const name = `${product}-cache`;
  switch (settings.kind) {
    case "existing":
      return new ExistingCache(name, { settings, token: secretOf(cacheSecret), seen }, opts);
    case "valkey":
      return store && new Cache(name, { ...store, settings }, opts);
    case "none":
      return undefined;
  }
}

type Store = ReturnType<typeof declareNetwork>;

/** Gives what a store in the network takes. */
function declareNetwork(
  spec: StackSpec,
  settings: Exclude<StackSpec["network"], { readonly kind: "none" }>,
  shared: Shared,
  opts: pulumi.ComponentResourceOptions,
) {
  const { product: name } = spec;
  const { kind, cidr, zones, logRetentionDays } = settings;
  if (!cidr || !zones || !logRetentionDays)
    throw new Error("a network that is made has ranges, zones and logs");
  const made = { kind, cidr, zones, logRetentionDays };
  const network = new Network(`${name}-network`, { ...shared, settings: made }, opts);
  if (settings.kind === "secure-compute")
    declareWayIn(spec, settings, shared.tags, opts, network.dataRouteTableId);
  return {
    ...shared,
    vpcId: network.vpcId,
    subnetIds: network.dataSubnetIds,
    clientCidrs:
      settings.kind === "secure-compute"
        ? [settings.privateNetworkCidr]
        : settings.addresses.map((address) => `${address}/32`),
    logRetentionDays,
  };
}

/** Declares the services' private network. */
function declareWayIn(
  { product: name, stack, vercel }: StackSpec,
  settings: Settings<"network", "secure-compute">,
  tags: AwsTags,
  opts: pulumi.ComponentResourceOptions,
  routeTableId?: pulumi.Input<string>,
): void {
  new PrivateNetwork(
    `${name}-private-network`,
    { settings, vercel, label: `${name}-${stack}`, routeTableId, tags },
    opts,
  );
}

interface Around {
  readonly shared: Shared;
  readonly cache: Cache | ExistingCache | undefined;
  readonly copyProvider: aws.Provider;
}

/** The backups of a database on RDS, and the roles by which services log in. */
function declareAccess(
  { product: name, stack, region, services, people, backups, vercel }: StackSpec,
  database: Database | ExistingDatabase,
  { shared, cache, copyProvider }: Around,
  opts: pulumi.ComponentResourceOptions,
): DataStores["of"] {
  new Backups(
    `${name}-backups`,
    {
      ...shared,
      settings: backups,
      copyProvider,
      notifyEmails: holdersOf("devops-lead", people).map((p) => p.email),
      database,
    },
    opts,
  );
  const access = new AppAccess(
    `${name}-access`,
    { ...shared, services: services.map((s) => s.name), stack, teamSlug: vercel.teamSlug, database },
    opts,
  );
  return (service) => ({
    database: { host: database.host, port: database.port, name: database.databaseName },
    cache,
    aws: { roleArn: access.roleArn(service), region },
    ...(database.isPublic && { login: {} }),
  });
}
