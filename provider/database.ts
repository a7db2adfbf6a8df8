/** components/database.ts with its backups, in any language. */
import * as pulumi from "@pulumi/pulumi";
import { z } from "zod";
import { Backups as BackupsComponent } from "../components/backups.ts";
import { Database as Component } from "../components/database.ts";
import { awsIn } from "../components/providers.ts";
import { backups as backupSettings, rds } from "../model/config/data-schema.ts";
import type { Problem } from "../model/config/error.ts";
import { cidr } from "../model/config/forms.ts";
import { region } from "../model/config/regions.ts";
import { checked } from "./checked.ts";
import { owned, ownership } from "./owned.ts";

/** Snapshots in locked vaults, here and in a second region. */
export interface Backups {
  /** Another region than the database's. */
  copyRegion: string;
  dailyRetentionDays: number;
  weeklyRetentionDays: number;
  monthlyRetentionDays: number;
  /** governance, which an administrator can lift, or compliance, which nobody can. */
  vaultLock: string;
  /** Who is told of failed jobs. */
  notifyEmails: string[];
}

export interface DatabaseArgs {
  /** Name of the product, part of the instance's; and the team that owns it. */
  product: string;
  owner: string;
  /** staging or production, where the stack's name does not tell; production's is protected and outlives the stack. */
  tier?: string;
  /** The AWS region that it is in. */
  region: string;
  vpcId: pulumi.Input<string>;
  /** Private subnets in at least two zones. */
  subnetIds: pulumi.Input<string[]>;
  /** Private address ranges that may connect. */
  clientCidrs: string[];
  /** ARN of the policy that no role made here can exceed. */
  permissionsBoundary: pulumi.Input<string>;
  /** Name of the role that alone, with the account's root user, can delete the keys, in production. */
  breakGlassRole?: string;
  /** PostgreSQL's version, major or major.minor. */
  engineVersion: string;
  allowMajorVersionUpgrade?: boolean;
  /** Such as db.m7g.large. */
  instanceClass: string;
  multiAz: boolean;
  storageGiB: number;
  maxStorageGiB: number;
  /** Days that point-in-time recovery reaches back. */
  backupRetentionDays: number;
  maxConnections: number;
  /** Days that CloudWatch keeps its logs. */
  logRetentionDays: number;
  backups: Backups;
}

/** PostgreSQL on RDS, with IAM log-ins over TLS, and its backups. */
export class Database extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: pulumi.Output<string>;
  readonly arn: pulumi.Output<string>;
  /** `db-…`, as `rds-db:connect` permissions name it. */
  readonly resourceId: pulumi.Output<string>;
  readonly backupVaultName: pulumi.Output<string>;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("production-readiness:index:Database", name, {}, opts);
    const { vpcId, subnetIds, permissionsBoundary, ...plain } = args;
    const { product, owner, tier, backups, ...rest } = checked(settings, plain, copyElsewhere);
    const { region, clientCidrs, logRetentionDays, breakGlassRole, ...own } = rest;
    const shared = { ...ownership({ product, owner, tier }), permissionsBoundary, breakGlassRole };
    const child = { parent: this };
    const database = new Component(
      name,
      {
        ...shared,
        region,
        vpcId,
        subnetIds: pulumi.output(subnetIds),
        clientCidrs,
        logRetentionDays,
        settings: own,
      },
      child,
    );
    const { notifyEmails, ...retention } = backups;
    const copyProvider = awsIn(`${name}-copy`, backups.copyRegion, child);
    const kept = { ...shared, settings: retention, copyProvider, notifyEmails, database };
    this.backupVaultName = new BackupsComponent(`${name}-backups`, kept, child).vaultName;
    this.host = database.host;
    this.port = pulumi.output(database.port);
    this.databaseName = pulumi.output(database.databaseName);
    this.arn = database.arn;
    this.resourceId = database.resourceId;
    this.registerOutputs({});
  }
}

const settings = z.strictObject({
  ...owned,
  ...rds.omit({ kind: true }).shape,
  region,
  clientCidrs: z.array(cidr).min(1),
  logRetentionDays: z.literal([30, 90, 180, 365, 731]),
  breakGlassRole: z.string().optional(),
  backups: z.strictObject({ ...backupSettings.shape, notifyEmails: z.array(z.email()).min(1) }),
});

function* copyElsewhere({ region, backups: { copyRegion } }: z.output<typeof settings>): Iterable<Problem> {
  if (copyRegion !== region) return;
  yield [["backups", "copyRegion"], `found "${copyRegion}", must be another region than the database's`];
}
