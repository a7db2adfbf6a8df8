import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../model/config/stack-spec.ts";

export interface ExistingDatabaseArgs {
  readonly settings: Pick<Settings<"database", "existing-rds">, "identifier" | "databaseName">;
}

/** PostgreSQL on an instance of RDS that is there already: read, and never changed. */
export class ExistingDatabase extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>;
  readonly port: pulumi.Output<number>;
  readonly databaseName: string;
  readonly arn: pulumi.Output<string>;
  /** `db-…`, as `rds-db:connect` permissions name it. */
  readonly resourceId: pulumi.Output<string>;
  /** Where a restored copy can live. */
  readonly subnetGroupName: pulumi.Output<string>;
  readonly isPublic = true;
  readonly isExisting = true;

  constructor(name: string, { settings }: ExistingDatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("readiness:index:ExistingDatabase", name, {}, opts);
    const instance = aws.rds.Instance.get(name, settings.identifier, {}, { parent: this });
    // Read to be judged with it.
    const parent = { parent: this };
    aws.rds.ParameterGroup.get(name, instance.parameterGroupName, {}, parent);
    const subnets = aws.rds.SubnetGroup.get(name, instance.dbSubnetGroupName, {}, parent);
    aws.ec2.Vpc.get(name, subnets.vpcId, {}, parent);
    instance.vpcSecurityGroupIds.apply((ids) => {
      for (const id of ids) aws.ec2.SecurityGroup.get(`${name}-${id}`, id, {}, parent);
    });

    this.host = instance.address;
    this.port = instance.port;
    this.databaseName = settings.databaseName;
    this.arn = instance.arn;
    this.resourceId = instance.resourceId;
    this.subnetGroupName = instance.dbSubnetGroupName;
    this.registerOutputs({ host: this.host, arn: this.arn });
  }
}
