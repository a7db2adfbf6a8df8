import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../model/config/stack-spec.ts";
import { ExistingParts } from "./database/existing-parts.ts";

export interface ExistingDatabaseArgs {
  readonly settings: Pick<Settings<"database", "existing-rds">, "identifier" | "databaseName" | "flowLogId">;
  /** Whether clients come over the internet; by private addresses alone where absent. */
  readonly isPublic?: boolean;
  /** What is read already, by another component of the stack. */
  readonly seen?: Set<string>;
}

/**
 * PostgreSQL on an instance of RDS that is there already: read, with all that its rules ask for, and never changed.
 * What cannot be found from the instance is named in the config: AWS lists no flow logs of a network.
 */
export class ExistingDatabase extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: string;
  readonly arn: pulumi.Output<string>;
  /** `db-…`, as `rds-db:connect` permissions name it. */
  readonly resourceId: pulumi.Output<string>;
  /** Where a restored copy can live. */
  readonly subnetGroupName: pulumi.Output<string>;
  readonly isPublic: boolean;
  readonly isExisting = true;

  constructor(name: string, args: ExistingDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ExistingDatabase", name, {}, opts);
    const { identifier, databaseName, flowLogId } = args.settings;
    const child = { parent: this };
    const instance = aws.rds.Instance.get(name, identifier, {}, child);
    aws.rds.ParameterGroup.get(name, instance.parameterGroupName, {}, child);
    const subnets = aws.rds.SubnetGroup.get(name, instance.dbSubnetGroupName, {}, child);

    const parts = new ExistingParts(name, this, args.seen);
    parts.network(subnets.vpcId, subnets.subnetIds);
    parts.securityGroups(instance.vpcSecurityGroupIds);
    parts.keys(instance.kmsKeyId.apply((key) => [key]));
    parts.keys(instance.performanceInsightsKmsKeyId.apply((key) => [key]));
    parts.keys(instance.masterUserSecrets.apply((secrets) => secrets.map(({ kmsKeyId }) => kmsKeyId)));
    parts.roles(instance.monitoringRoleArn.apply((role) => [role]));
    // RDS makes those that nobody has made beforehand with the first line of a log.
    const logs = aws.cloudwatch.getLogGroupsOutput(
      { logGroupNamePrefix: `/aws/rds/instance/${identifier}/` },
      parts.asking,
    );
    parts.logGroups(logs.logGroupNames);
    if (flowLogId !== undefined) parts.flowLog(flowLogId);

    this.host = instance.address;
    this.port = instance.port;
    this.databaseName = databaseName;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.subnetGroupName = instance.dbSubnetGroupName;
    this.isPublic = args.isPublic ?? false;
    this.registerOutputs({ host: this.host, arn: this.arn });
  }
}
