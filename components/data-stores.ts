/** Where a product keeps its data, and how its services reach it, as the spec chooses these parts. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { StackSpec } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { PrivateNetwork } from "./app/private-network.ts";
import type { VariablesArgs } from "./app/variables.ts";
import { AppAccess } from "./app-access.ts";
import { Backups } from "./backups.ts";
import { Cache } from "./cache.ts";
import { Database } from "./database.ts";
import { Network } from "./network.ts";
import type { AwsTags } from "./tags.ts";

/** What every component of AWS takes. */
interface Shared {
  readonly region: string;
  readonly tier: Tier;
  readonly permissionsBoundary: pulumi.Input<string>;
  readonly tags: AwsTags;
}

/** What a service has to know of the data. */
export type StoreVariables = Pick<VariablesArgs, "cache" | "aws"> & {
  readonly database: Omit<VariablesArgs["database"], "user">;
};

/** Gives what a service, by its name, has to know of the data. */
export type DataStores = (service: string) => StoreVariables;

/**
 * Declares network, database, cache and backups, and the services' way to them.
 * @param copyProvider AWS in the region of the second copy
 */
export function declareDataStores(
  spec: StackSpec,
  shared: Shared,
  copyProvider: aws.Provider,
  opts: pulumi.ComponentResourceOptions,
): DataStores {
  const { product: name, stack, services, region } = spec;
  const { breakGlassRole } = spec.awsAccount;
  const network = new Network(`${name}-network`, { ...shared, settings: spec.network }, opts);
  const store = {
    ...shared,
    vpcId: network.vpcId,
    subnetIds: network.dataSubnetIds,
    clientCidrs: [spec.vercel.privateNetworkCidr],
    logRetentionDays: spec.network.logRetentionDays,
  };
  const database = new Database(`${name}-db`, { ...store, breakGlassRole, settings: spec.database }, opts);
  const cache =
    spec.cache.kind === "valkey"
      ? new Cache(`${name}-cache`, { ...store, settings: spec.cache }, opts)
      : undefined;
  new Backups(
    `${name}-backups`,
    {
      ...shared,
      breakGlassRole,
      settings: spec.backups,
      copyProvider,
      notifyEmails: spec.people.filter((p) => p.role === "devops-lead").map((p) => p.email),
      database,
    },
    opts,
  );
  new PrivateNetwork(
    `${name}-private-network`,
    {
      settings: spec.vercel,
      label: `${name}-${stack}`,
      routeTableId: network.dataRouteTableId,
      tags: shared.tags,
    },
    opts,
  );
  const access = new AppAccess(
    `${name}-access`,
    { ...shared, services: services.map((s) => s.name), stack, teamSlug: spec.vercel.teamSlug, database },
    opts,
  );
  return (service) => ({
    database: { host: database.host, port: database.port, name: database.databaseName },
    cache,
    aws: { roleArn: access.roleArn(service), region },
  });
}
