import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../model/config/stack-spec.ts";
import type { Tier } from "../model/tier.ts";
import { databaseParameters } from "./database/parameters.ts";
import { EncryptionKey } from "./encryption-key.ts";
import { ServiceRole } from "./service-role.ts";
import { StoreSecurityGroup } from "./store-security-group.ts";
import type { AwsTags } from "./tags.ts";

export interface DatabaseArgs {
  readonly settings: Omit<Settings<"database", "rds">, "kind">;
  /** Whether clients come over the internet; by private addresses alone where absent. */
  readonly isPublic?: boolean;
  /** The AWS region that it is in. */
  readonly region: string;
  readonly tier: Tier;
  readonly vpcId: pulumi.Input<string>;
  /** Private subnets in at least two zones. */
  readonly subnetIds: readonly pulumi.Input<string>[] | pulumi.Output<string[]>;
  /** Address ranges that may connect. */
  readonly clientCidrs: readonly string[];
  /** Days that CloudWatch keeps the database's logs. */
  readonly logRetentionDays: number;
  /** ARN of the policy that no role made here can exceed. */
  readonly permissionsBoundary: pulumi.Input<string>;
  /** Who can delete the key that the data and its snapshots hang on (components/encryption-key.ts). */
  readonly breakGlassRole?: string | undefined;
  readonly tags: AwsTags;
}

/** RDS for PostgreSQL's logs; failed IAM log-ins have one of their own. */
const logExports = ["postgresql", "upgrade", "iam-db-auth-error"];

/**
 * PostgreSQL on RDS. Applications log in with IAM tokens over TLS; the master password is made, kept and
 * rotated by Secrets Manager and never seen by Pulumi. In production it stands in two zones and outlives
 * mistakes: deletion protection, a final snapshot, and a resource that Pulumi refuses to delete.
 */
export class Database extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port = 5432;
  readonly databaseName: string;
  readonly arn: pulumi.Output<string>;
  /** `db-…`, as `rds-db:connect` permissions name it. */
  readonly resourceId: pulumi.Output<string>;
  /** Where a restored copy can live. */
  readonly subnetGroupName: pulumi.Output<string>;
  readonly isPublic: boolean;

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:Database", name, {}, opts);
    const { settings, tags } = args;
    const production = args.tier === "production";
    const child = { parent: this };
    // Explicit, since log groups and permissions name it before it exists; and not after the component, so that
    // renaming that in the code renames nothing in AWS.
    const identifier = `${tags.product}-db-${tags.environment}`;
    this.databaseName = tags.product.replaceAll("-", "_");

    const key = new EncryptionKey(
      name,
      {
        description: "Database storage, master password, insights and logs",
        logGroups: { region: args.region, pattern: `/aws/rds/instance/${identifier}/*` },
        breakGlassRole: args.breakGlassRole,
        tier: args.tier,
        tags,
      },
      child,
    );
    const subnetIds = pulumi.Output.isInstance(args.subnetIds) ? args.subnetIds : [...args.subnetIds];
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds, tags }, child);
    const firewall = new StoreSecurityGroup(
      name,
      {
        store: "database",
        vpcId: args.vpcId,
        port: this.port,
        clientCidrs: args.clientCidrs,
        tags,
      },
      child,
    );
    const parameters = new aws.rds.ParameterGroup(name, { ...databaseParameters(settings), tags }, child);
    const monitor = new ServiceRole(
      `${name}-monitor`,
      {
        service: "monitoring.rds.amazonaws.com",
        allow: {
          managedPolicyArn: "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
        },
        permissionsBoundary: args.permissionsBoundary,
        tags,
      },
      child,
    );
    // Made before the instance: RDS would make them without encryption and keep the logs forever.
    const logs = logExports.map(
      (log) =>
        new aws.cloudwatch.LogGroup(
          `${name}-${log}`,
          {
            name: `/aws/rds/instance/${identifier}/${log}`,
            retentionInDays: args.logRetentionDays,
            kmsKeyId: key.arn,
            tags,
          },
          child,
        ),
    );

    const instance = new aws.rds.Instance(
      name,
      {
        identifier,
        engine: "postgres",
        engineVersion: settings.engineVersion,
        ...(settings.allowMajorVersionUpgrade && { allowMajorVersionUpgrade: true }),
        instanceClass: settings.instanceClass,
        multiAz: settings.multiAz,
        dbName: this.databaseName,
        port: this.port,
        parameterGroupName: parameters.name,

        storageType: "gp3",
        allocatedStorage: settings.storageGiB,
        maxAllocatedStorage: settings.maxStorageGiB,
        storageEncrypted: true,
        kmsKeyId: key.arn,

        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [firewall.id],
        publiclyAccessible: args.isPublic ?? false,
        // Lasts until 2061; the previous authority expired in 2024 (RDS User Guide, "Certificate authorities").
        caCertIdentifier: "rds-ca-rsa2048-g1",

        username: "dba",
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: key.arn,
        iamDatabaseAuthenticationEnabled: true,

        backupRetentionPeriod: settings.backupRetentionDays,
        // UTC, an hour and more before the maintenance window and the backup plan's jobs.
        backupWindow: "01:00-02:00",
        maintenanceWindow: "sun:03:00-sun:04:00",
        autoMinorVersionUpgrade: true,
        deleteAutomatedBackups: !production,
        copyTagsToSnapshot: true,
        skipFinalSnapshot: !production,
        ...(production && { finalSnapshotIdentifier: `${identifier}-final` }),
        deletionProtection: production,

        // Fifteen months in production, which CloudWatch Database Insights demands of its advanced mode.
        databaseInsightsMode: production ? "advanced" : "standard",
        performanceInsightsEnabled: true,
        performanceInsightsRetentionPeriod: production ? 465 : 7,
        performanceInsightsKmsKeyId: key.arn,
        monitoringInterval: production ? 15 : 60,
        monitoringRoleArn: monitor.arn,
        enabledCloudwatchLogsExports: logExports,

        // AWS Backup selects by this tag.
        tags: { ...tags, backup: "daily" },
      },
      { parent: this, protect: production, retainOnDelete: production, dependsOn: logs },
    );

    this.host = instance.address;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.subnetGroupName = subnets.name;
    this.isPublic = args.isPublic ?? false;
    this.registerOutputs({ host: this.host, arn: this.arn });
  }
}
