/** A database that is there already, and all that it leads to, as AWS's provider tells of it; and the facts of it. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const account = "111122223333";
const region = "eu-central-1";
const keyId = "0a1b2c3d-0000-4000-8000-000000000001";
const logsKeyId = "0a1b2c3d-0000-4000-8000-000000000002";
const arnOf = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const vpcId = "vpc-0a1b2c3d4e5f60001";
const gatewayId = "igw-0a1b2c3d4e5f60001";
const tableId = "rtb-0a1b2c3d4e5f60001";
const mainTableId = "rtb-0a1b2c3d4e5f60002";
const groupId = "sg-0a1b2c3d4e5f60001";
const defaultGroupId = "sg-0a1b2c3d4e5f60002";
const peeringId = "pcx-0a1b2c3d4e5f60001";
const subnetIds = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"];
const zones = ["a", "b", "c"].map((zone) => `${region}${zone}`);

export const flowLogId = "fl-0a1b2c3d4e5f60001";

type Values = Readonly<Record<string, unknown>>;
/** What is told of each thing, by a name of the tests' own. */
type Answers = Readonly<Record<string, readonly [token: string, args: Values, answer: Values]>>;
/** What of it is different; nothing of what is undefined. */
export type Changes = Readonly<Record<string, Values | undefined>>;

const account_ = { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${account}:root` } };

function keyPolicy(pattern: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Id: "database",
    Statement: [
      { Sid: "account", ...account_, Action: "kms:*", Resource: "*" },
      {
        Sid: "logs",
        Effect: "Allow",
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        Resource: "*",
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": arnOf("logs", `log-group:${pattern}`) },
        },
      },
    ],
  });
}

/** As AWS writes it for the keys that it manages for an account. */
export const managedByAws = JSON.stringify({
  Version: "2012-10-17",
  Id: "auto-rds-2",
  Statement: [
    {
      Sid: "Allow access through RDS for all principals in the account that are authorized to use RDS",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"],
      Resource: "*",
      Condition: {
        StringEquals: { "kms:CallerAccount": account, "kms:ViaService": `rds.${region}.amazonaws.com` },
      },
    },
    {
      Sid: "Allow direct access to key metadata to the account",
      ...account_,
      Action: ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"],
      Resource: "*",
    },
  ],
});

const key = (id: string, description: string, pattern: string): Values => ({
  arn: arnOf("kms", `key/${id}`),
  bypassPolicyLockoutSafetyCheck: false,
  customKeyStoreId: "",
  customerMasterKeySpec: "SYMMETRIC_DEFAULT",
  description,
  enableKeyRotation: true,
  isEnabled: true,
  keyId: id,
  keyUsage: "ENCRYPT_DECRYPT",
  multiRegion: false,
  policy: keyPolicy(pattern),
  region,
  rotationPeriodInDays: 365,
  tags: {},
  tagsAll: {},
  xksKeyId: "",
});

const logGroup = (name: string, id: string): Values => ({
  arn: arnOf("logs", `log-group:${name}`),
  deletionProtectionEnabled: false,
  kmsKeyId: arnOf("kms", `key/${id}`),
  logGroupClass: "STANDARD",
  name,
  namePrefix: "",
  region,
  retentionInDays: 365,
  skipDestroy: false,
  tags: {},
  tagsAll: {},
});

const role = (name: string, service: string, more: Values): Values => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  assumeRolePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  }),
  createDate: "2024-03-01T10:00:00Z",
  description: "",
  forceDetachPolicies: false,
  inlinePolicies: [],
  managedPolicyArns: [],
  maxSessionDuration: 3600,
  name,
  namePrefix: "",
  path: "/",
  permissionsBoundary: "",
  tags: {},
  tagsAll: {},
  uniqueId: "AROAEXAMPLEEXAMPLE",
  ...more,
});

/** One hop, with all that the provider tells of one. */
export const hop = (cidrBlock: string, through: Values): Values => ({
  carrierGatewayId: "",
  cidrBlock,
  coreNetworkArn: "",
  destinationPrefixListId: "",
  egressOnlyGatewayId: "",
  gatewayId: "",
  ipv6CidrBlock: "",
  localGatewayId: "",
  natGatewayId: "",
  networkInterfaceId: "",
  odbNetworkArn: "",
  transitGatewayId: "",
  vpcEndpointId: "",
  vpcPeeringConnectionId: "",
  ...through,
});

/** Lets ranges in to a port. */
export const ingress = (cidrBlocks: readonly string[], port = 5432): Values => ({
  cidrBlocks,
  description: "",
  fromPort: port,
  ipv6CidrBlocks: [],
  prefixListIds: [],
  protocol: "tcp",
  securityGroups: [],
  self: false,
  toPort: port,
});

const securityGroup = (id: string, name: string, rules: readonly Values[]): Values => ({
  arn: arnOf("ec2", `security-group/${id}`),
  description: name,
  egress: [],
  ingress: rules,
  name,
  namePrefix: "",
  ownerId: account,
  region,
  revokeRulesOnDelete: false,
  tags: {},
  tagsAll: {},
  vpcId,
});

const parameters = {
  idle_in_transaction_session_timeout: "60000",
  log_connections: "1",
  log_disconnections: "1",
  log_lock_waits: "1",
  log_min_duration_statement: "500",
  log_statement: "ddl",
  max_connections: "150",
  "rds.force_ssl": "1",
  shared_preload_libraries: "pg_stat_statements",
};

/** Parameters with some of them set otherwise; none of what is undefined. */
export function parametersWith(changed: Readonly<Record<string, string | undefined>>): Values {
  const all = Object.entries({ ...parameters, ...changed }).filter(([, value]) => value !== undefined);
  return { parameters: all.map(([name, value]) => ({ name, value, applyMethod: "pending-reboot" })) };
}

const logOf = (identifier: string, log: string) => `/aws/rds/instance/${identifier}/${log}`;
const exported = ["iam-db-auth-error", "postgresql", "upgrade"];

interface Way {
  /** Public, behind these addresses; or private, and peered with this range. */
  readonly addresses?: readonly string[];
  readonly peered?: string;
}

function answersOf(identifier: string, { addresses, peered }: Way): Answers {
  const flowLogs = `/network/${vpcId}`;
  const clients = addresses ? addresses.map((address) => `${address}/32`) : [peered ?? ""];
  const routes = addresses
    ? [hop("0.0.0.0/0", { gatewayId })]
    : [hop(peered ?? "", { vpcPeeringConnectionId: peeringId })];
  const associations = subnetIds.map((subnetId, i) => ({
    gatewayId: "",
    main: false,
    routeTableAssociationId: `rtbassoc-0a1b2c3d4e5f6000${i}`,
    routeTableId: tableId,
    subnetId,
  }));
  const table = (id: string) => ({
    arn: arnOf("ec2", `route-table/${id}`),
    id,
    ownerId: account,
    region,
    tags: {},
    vpcId,
  });
  return {
    instance: [
      "aws:rds/instance:Instance",
      { id: identifier },
      {
        address: `${identifier}.abc123example.${region}.rds.amazonaws.com`,
        allocatedStorage: 200,
        applyImmediately: false,
        arn: arnOf("rds", `db:${identifier}`),
        autoMinorVersionUpgrade: true,
        availabilityZone: zones[0],
        backupRetentionPeriod: 35,
        backupTarget: "region",
        backupWindow: "01:00-02:00",
        caCertIdentifier: "rds-ca-rsa2048-g1",
        copyTagsToSnapshot: true,
        customerOwnedIpEnabled: false,
        databaseInsightsMode: "advanced",
        dbName: "ledger",
        dbSubnetGroupName: "ledger",
        dedicatedLogVolume: false,
        deleteAutomatedBackups: true,
        deletionProtection: true,
        domain: "",
        domainDnsIps: [],
        domainFqdn: "",
        enabledCloudwatchLogsExports: exported,
        endpoint: `${identifier}.abc123example.${region}.rds.amazonaws.com:5432`,
        engine: "postgres",
        engineLifecycleSupport: "open-source-rds-extended-support-disabled",
        engineVersion: "17.5",
        engineVersionActual: "17.5",
        hostedZoneId: "Z1RLNUO7B9Q6NB",
        iamDatabaseAuthenticationEnabled: true,
        identifier,
        identifierPrefix: "",
        instanceClass: "db.m7g.large",
        iops: 3000,
        kmsKeyId: arnOf("kms", `key/${keyId}`),
        licenseModel: "postgresql-license",
        listenerEndpoints: [],
        maintenanceWindow: "sun:03:00-sun:04:00",
        masterUserSecrets: [
          {
            kmsKeyId: arnOf("kms", `key/${keyId}`),
            secretArn: arnOf("secretsmanager", "secret:rds!db-0a1b2c3d-AbCdEf"),
            secretStatus: "active",
          },
        ],
        maxAllocatedStorage: 1000,
        monitoringInterval: 60,
        monitoringRoleArn: `arn:aws:iam::${account}:role/rds-monitoring`,
        multiAz: true,
        networkType: "IPV4",
        optionGroupName: "default:postgres-17",
        parameterGroupName: "ledger-17",
        performanceInsightsEnabled: true,
        performanceInsightsKmsKeyId: arnOf("kms", `key/${keyId}`),
        performanceInsightsRetentionPeriod: 465,
        port: 5432,
        publiclyAccessible: addresses !== undefined,
        region,
        replicas: [],
        replicateSourceDb: "",
        resourceId: "db-ABCDEFGHIJKL",
        skipFinalSnapshot: true,
        status: "available",
        storageEncrypted: true,
        storageThroughput: 125,
        storageType: "gp3",
        tags: { team: "data" },
        tagsAll: { team: "data" },
        timezone: "",
        username: "postgres",
        vpcSecurityGroupIds: [groupId],
      },
    ],
    parameters: [
      "aws:rds/parameterGroup:ParameterGroup",
      { id: "ledger-17" },
      {
        arn: arnOf("rds", "pg:ledger-17"),
        description: "Ledger",
        family: "postgres17",
        name: "ledger-17",
        namePrefix: "",
        region,
        skipDestroy: false,
        tags: {},
        tagsAll: {},
        ...parametersWith({}),
      },
    ],
    subnets: [
      "aws:rds/subnetGroup:SubnetGroup",
      { id: "ledger" },
      {
        arn: arnOf("rds", "subgrp:ledger"),
        description: "Ledger",
        name: "ledger",
        namePrefix: "",
        region,
        subnetIds,
        supportedNetworkTypes: ["IPV4"],
        tags: {},
        tagsAll: {},
        vpcId,
      },
    ],
    vpc: [
      "aws:ec2/vpc:Vpc",
      { id: vpcId },
      {
        arn: arnOf("ec2", `vpc/${vpcId}`),
        assignGeneratedIpv6CidrBlock: false,
        cidrBlock: "10.20.0.0/16",
        defaultNetworkAclId: "acl-0a1b2c3d4e5f60001",
        defaultRouteTableId: mainTableId,
        defaultSecurityGroupId: defaultGroupId,
        dhcpOptionsId: "dopt-0a1b2c3d4e5f60001",
        enableDnsHostnames: true,
        enableDnsSupport: true,
        enableNetworkAddressUsageMetrics: false,
        instanceTenancy: "default",
        ipv6AssociationId: "",
        ipv6CidrBlock: "",
        ipv6CidrBlockNetworkBorderGroup: "",
        ipv6IpamPoolId: "",
        ipv6NetmaskLength: 0,
        mainRouteTableId: mainTableId,
        ownerId: account,
        region,
        tags: {},
        tagsAll: {},
      },
    ],
    ...Object.fromEntries(
      subnetIds.map((id, i) => [
        `subnet${i}`,
        [
          "aws:ec2/subnet:Subnet",
          { id },
          {
            arn: arnOf("ec2", `subnet/${id}`),
            assignIpv6AddressOnCreation: false,
            availabilityZone: zones[i],
            availabilityZoneId: `euc1-az${i + 1}`,
            cidrBlock: `10.20.${i}.0/24`,
            customerOwnedIpv4Pool: "",
            enableDns64: false,
            enableLniAtDeviceIndex: 0,
            enableResourceNameDnsARecordOnLaunch: false,
            enableResourceNameDnsAaaaRecordOnLaunch: false,
            ipv6CidrBlock: "",
            ipv6CidrBlockAssociationId: "",
            ipv6Native: false,
            mapCustomerOwnedIpOnLaunch: false,
            mapPublicIpOnLaunch: false,
            outpostArn: "",
            ownerId: account,
            privateDnsHostnameTypeOnLaunch: "ip-name",
            region,
            tags: {},
            tagsAll: {},
            vpcId,
          },
        ],
      ]),
    ),
    tables: [
      "aws:ec2/getRouteTables:getRouteTables",
      { vpcId },
      { id: region, ids: [mainTableId, tableId], region, tags: {}, vpcId },
    ],
    mainTable: [
      "aws:ec2/getRouteTable:getRouteTable",
      { routeTableId: mainTableId },
      {
        ...table(mainTableId),
        associations: [
          {
            gatewayId: "",
            main: true,
            routeTableAssociationId: "rtbassoc-0a1b2c3d4e5f60009",
            routeTableId: mainTableId,
            subnetId: "",
          },
        ],
        routeTableId: mainTableId,
        routes: [],
      },
    ],
    given: [
      "aws:ec2/getRouteTable:getRouteTable",
      { routeTableId: tableId },
      { ...table(tableId), associations, routeTableId: tableId, routes },
    ],
    table: [
      "aws:ec2/routeTable:RouteTable",
      { id: tableId },
      {
        arn: arnOf("ec2", `route-table/${tableId}`),
        ownerId: account,
        propagatingVgws: [],
        region,
        routes,
        tags: {},
        tagsAll: {},
        vpcId,
      },
    ],
    ...Object.fromEntries(
      subnetIds.map((subnetId, i) => [
        `association${i}`,
        [
          "aws:ec2/routeTableAssociation:RouteTableAssociation",
          { id: `${subnetId}/${tableId}` },
          { gatewayId: "", region, routeTableId: tableId, subnetId },
        ],
      ]),
    ),
    gateway: [
      "aws:ec2/internetGateway:InternetGateway",
      { id: gatewayId },
      {
        arn: arnOf("ec2", `internet-gateway/${gatewayId}`),
        ownerId: account,
        region,
        tags: {},
        tagsAll: {},
        vpcId,
      },
    ],
    group: [
      "aws:ec2/securityGroup:SecurityGroup",
      { id: groupId },
      securityGroup(groupId, "ledger", [ingress(clients)]),
    ],
    findDefaultGroup: [
      "aws:ec2/getSecurityGroup:getSecurityGroup",
      { name: "default", vpcId },
      {
        arn: arnOf("ec2", `security-group/${defaultGroupId}`),
        description: "default VPC security group",
        id: defaultGroupId,
        name: "default",
        region,
        tags: {},
        vpcId,
      },
    ],
    defaultGroup: [
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      { id: defaultGroupId },
      securityGroup(defaultGroupId, "default", []),
    ],
    flowLog: [
      "aws:ec2/flowLog:FlowLog",
      { id: flowLogId },
      {
        arn: arnOf("ec2", `vpc-flow-log/${flowLogId}`),
        deliverCrossAccountRole: "",
        eniId: "",
        iamRoleArn: `arn:aws:iam::${account}:role/flow-logs`,
        logDestination: arnOf("logs", `log-group:${flowLogs}`),
        logDestinationType: "cloud-watch-logs",
        logFormat:
          // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS's own fields
          "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}",
        maxAggregationInterval: 600,
        region,
        regionalNatGatewayId: "",
        subnetId: "",
        tags: {},
        tagsAll: {},
        trafficType: "ALL",
        transitGatewayAttachmentId: "",
        transitGatewayId: "",
        vpcId,
      },
    ],
    flowLogs: ["aws:cloudwatch/logGroup:LogGroup", { id: flowLogs }, logGroup(flowLogs, logsKeyId)],
    flowLogsRole: [
      "aws:iam/role:Role",
      { id: "flow-logs" },
      role("flow-logs", "vpc-flow-logs.amazonaws.com", {
        inlinePolicies: [
          {
            name: "write",
            policy: JSON.stringify({
              Version: "2012-10-17",
              Statement: [
                {
                  Effect: "Allow",
                  Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
                  Resource: `${arnOf("logs", `log-group:${flowLogs}`)}:*`,
                },
              ],
            }),
          },
        ],
      }),
    ],
    monitoringRole: [
      "aws:iam/role:Role",
      { id: "rds-monitoring" },
      role("rds-monitoring", "monitoring.rds.amazonaws.com", {
        managedPolicyArns: ["arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"],
      }),
    ],
    logs: [
      "aws:cloudwatch/getLogGroups:getLogGroups",
      { logGroupNamePrefix: logOf(identifier, "") },
      {
        arns: exported.map((log) => arnOf("logs", `log-group:${logOf(identifier, log)}`)),
        id: region,
        logGroupNamePrefix: logOf(identifier, ""),
        logGroupNames: exported.map((log) => logOf(identifier, log)),
        region,
      },
    ],
    ...Object.fromEntries(
      exported.map((log) => [
        `log ${log}`,
        [
          "aws:cloudwatch/logGroup:LogGroup",
          { id: logOf(identifier, log) },
          logGroup(logOf(identifier, log), keyId),
        ],
      ]),
    ),
    key: ["aws:kms/key:Key", { id: keyId }, key(keyId, "Ledger", `/aws/rds/instance/${identifier}/*`)],
    logsKey: ["aws:kms/key:Key", { id: logsKeyId }, key(logsKeyId, "Traffic", "/network/*")],
  };
}

export interface Told extends Way {
  readonly identifier: string;
  readonly recorded?: Date;
  /** By the name of what is told; of what is undefined nothing is. */
  readonly changes?: Changes;
}

/** Writes what lookups of a stack have answered. */
export function writeFacts(
  cwd: string,
  stack: string,
  { identifier, recorded = new Date(), changes = {}, ...way }: Told,
): void {
  const lookups = Object.entries(answersOf(identifier, way)).flatMap(([name, [token, args, answer]]) =>
    name in changes && changes[name] === undefined
      ? []
      : [
          {
            kind: "id" in args ? "resource" : "function",
            token,
            provider: "aws-home",
            args,
            answer: { ...answer, ...changes[name] },
          },
        ],
  );
  const file = { schemaVersion: "1.0", stack, recorded: recorded.toISOString(), days: 30, lookups };
  mkdirSync(join(cwd, "facts"), { recursive: true });
  writeFileSync(join(cwd, `facts/${stack}.json`), JSON.stringify(file));
}
