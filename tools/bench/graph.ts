/** A program of AWS resources as a platform team writes them; the same text for every engine and every pack. */

/** The resources of one small service, each of a type of its own; a later one refers to earlier ones alone. */
function service(i: number): readonly string[] {
  return [
    `const key${i} = new aws.kms.Key("key-${i}", { enableKeyRotation: true, deletionWindowInDays: 30, tags });`,
    `const network${i} = new aws.ec2.Vpc("network-${i}", { cidrBlock: "10.0.0.0/16", enableDnsHostnames: true, tags });`,
    `const subnet${i} = new aws.ec2.Subnet("subnet-${i}", { vpcId: network${i}.id, cidrBlock: "10.0.1.0/24", tags });`,
    `const firewall${i} = new aws.ec2.SecurityGroup("firewall-${i}", {
      vpcId: network${i}.id,
      ingress: [{ protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"] }],
      tags,
    });`,
    `const bucket${i} = new aws.s3.Bucket("bucket-${i}", { tags });`,
    `new aws.s3.BucketPublicAccessBlock("bucket-${i}", {
      bucket: bucket${i}.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });`,
    `new aws.s3.BucketVersioning("bucket-${i}", {
      bucket: bucket${i}.id,
      versioningConfiguration: { status: "Enabled" },
    });`,
    `const log${i} = new aws.cloudwatch.LogGroup("log-${i}", { kmsKeyId: key${i}.arn, retentionInDays: 365, tags });`,
    `const role${i} = new aws.iam.Role("role-${i}", {
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      }),
      tags,
    });`,
    `new aws.iam.RolePolicy("role-${i}", {
      role: role${i}.id,
      policy: log${i}.arn.apply((arn) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: arn }],
        }),
      ),
    });`,
    `const subnets${i} = new aws.rds.SubnetGroup("database-${i}", { subnetIds: [subnet${i}.id], tags });`,
    `const database${i} = new aws.rds.Instance("database-${i}", {
      engine: "postgres",
      instanceClass: "db.m7g.large",
      allocatedStorage: 100,
      storageEncrypted: true,
      kmsKeyId: key${i}.arn,
      dbSubnetGroupName: subnets${i}.name,
      vpcSecurityGroupIds: [firewall${i}.id],
      manageMasterUserPassword: true,
      username: "app",
      multiAz: true,
      backupRetentionPeriod: 35,
      deletionProtection: true,
      tags,
    });`,
    `new aws.cloudwatch.MetricAlarm("database-${i}", {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 3,
      metricName: "CPUUtilization",
      namespace: "AWS/RDS",
      period: 300,
      statistic: "Average",
      threshold: 80,
      dimensions: { DBInstanceIdentifier: database${i}.identifier },
      tags,
    });`,
    `new aws.elasticache.ReplicationGroup("cache-${i}", {
      description: "Sessions",
      engine: "valkey",
      nodeType: "cache.m7g.large",
      numCacheClusters: 2,
      automaticFailoverEnabled: true,
      atRestEncryptionEnabled: true,
      transitEncryptionEnabled: true,
      kmsKeyId: key${i}.arn,
      securityGroupIds: [firewall${i}.id],
      tags,
    });`,
    `new aws.dynamodb.Table("table-${i}", {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      pointInTimeRecovery: { enabled: true },
      tags,
    });`,
    `new aws.ebs.Volume("volume-${i}", { availabilityZone: "eu-central-1a", size: 100, encrypted: true, tags });`,
    `new aws.ec2.Instance("server-${i}", {
      ami: "ami-0abcdef1234567890",
      instanceType: "m7g.large",
      subnetId: subnet${i}.id,
      vpcSecurityGroupIds: [firewall${i}.id],
      monitoring: true,
      tags,
    });`,
    `const balancer${i} = new aws.lb.LoadBalancer("balancer-${i}", {
      internal: true,
      securityGroups: [firewall${i}.id],
      subnets: [subnet${i}.id],
      accessLogs: { bucket: bucket${i}.bucket, enabled: true },
      tags,
    });`,
    `const target${i} = new aws.lb.TargetGroup("target-${i}", {
      port: 443,
      protocol: "HTTPS",
      vpcId: network${i}.id,
      tags,
    });`,
    `new aws.lb.Listener("listener-${i}", {
      loadBalancerArn: balancer${i}.arn,
      port: 443,
      protocol: "HTTPS",
      defaultActions: [{ type: "forward", targetGroupArn: target${i}.arn }],
      tags,
    });`,
  ];
}

/** The source of a program that declares `count` resources. */
export function programOf(count: number): string {
  const services = Math.ceil(count / service(0).length);
  const resources = Array.from({ length: services }, (_, i) => service(i)).flat();
  return [
    'import * as aws from "@pulumi/aws";',
    'const tags = { product: "bench", environment: "dev", owner: "platform", "managed-by": "pulumi" };',
    ...resources.slice(0, count),
  ].join("\n");
}
