/** A cache that is there already, in the network of the database that is, as AWS's provider tells of it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Changes, ingress, peeredWith, type Values, writeFacts } from "./existing-database.ts";

const account = "111122223333";
const region = "eu-central-1";
const arnOf = (service: string, rest: string) => `arn:aws:${service}:${region}:${account}:${rest}`;
const vpcId = "vpc-0a1b2c3d4e5f60001";
const groupId = "sg-0a1b2c3d4e5f60003";
const keyId = "0a1b2c3d-0000-4000-8000-000000000003";
const databaseKey = "0a1b2c3d-0000-4000-8000-000000000001";

export const replicationGroupId = "sessions-prod";

/** By names of the tests' own: token, arguments and answer. */
type Answers = Readonly<Record<string, readonly [token: string, args: Values, answer: Values]>>;

const logs = ["slow-log", "engine-log"].map((log) => [log, `/aws/elasticache/sessions/${log}`] as const);

function answersOf(clients: readonly string[]): Answers {
  return {
    cache: [
      "aws:elasticache/replicationGroup:ReplicationGroup",
      { id: replicationGroupId },
      {
        arn: arnOf("elasticache", `replicationgroup:${replicationGroupId}`),
        atRestEncryptionEnabled: true,
        autoMinorVersionUpgrade: true,
        automaticFailoverEnabled: true,
        clusterEnabled: false,
        clusterMode: "disabled",
        configurationEndpointAddress: "",
        dataTieringEnabled: false,
        description: "Sessions",
        engine: "valkey",
        engineVersion: "8.0",
        engineVersionActual: "8.0.1",
        globalReplicationGroupId: "",
        ipDiscovery: "ipv4",
        kmsKeyId: arnOf("kms", `key/${keyId}`),
        logDeliveryConfigurations: logs.map(([logType, destination]) => ({
          destination,
          destinationType: "cloudwatch-logs",
          logFormat: "json",
          logType,
        })),
        maintenanceWindow: "sun:03:30-sun:04:30",
        memberClusters: ["sessions-prod-001", "sessions-prod-002"],
        multiAzEnabled: true,
        networkType: "ipv4",
        nodeType: "cache.m7g.large",
        numCacheClusters: 2,
        numNodeGroups: 1,
        parameterGroupName: "sessions-8",
        port: 6379,
        primaryEndpointAddress: "master.sessions-prod.abc123.euc1.cache.amazonaws.com",
        readerEndpointAddress: "replica.sessions-prod.abc123.euc1.cache.amazonaws.com",
        region,
        replicasPerNodeGroup: 1,
        replicationGroupId,
        securityGroupIds: [groupId],
        securityGroupNames: [],
        snapshotRetentionLimit: 7,
        snapshotWindow: "01:00-02:00",
        subnetGroupName: "sessions",
        tags: { team: "data" },
        tagsAll: { team: "data" },
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        userGroupIds: [],
      },
    ],
    login: [
      "aws:elasticache/getReplicationGroup:getReplicationGroup",
      { replicationGroupId },
      { authTokenEnabled: true, id: replicationGroupId, region, replicationGroupId },
    ],
    cacheParameters: [
      "aws:elasticache/parameterGroup:ParameterGroup",
      { id: "sessions-8" },
      {
        arn: arnOf("elasticache", "parametergroup:sessions-8"),
        description: "Sessions",
        family: "valkey8",
        name: "sessions-8",
        parameters: [{ name: "maxmemory-policy", value: "allkeys-lru" }],
        region,
      },
    ],
    cacheSubnets: [
      "aws:elasticache/subnetGroup:SubnetGroup",
      { id: "sessions" },
      {
        arn: arnOf("elasticache", "subnetgroup:sessions"),
        description: "Sessions",
        name: "sessions",
        region,
        subnetIds: [1, 2, 3].map((n) => `subnet-0a1b2c3d4e5f6000${n}`),
        vpcId,
      },
    ],
    cacheGroup: [
      "aws:ec2/securityGroup:SecurityGroup",
      { id: groupId },
      {
        arn: arnOf("ec2", `security-group/${groupId}`),
        description: "sessions",
        egress: [],
        ingress: [ingress(clients, 6379)],
        name: "sessions",
        ownerId: account,
        region,
        vpcId,
      },
    ],
    users: [
      "aws:elasticache/userGroup:UserGroup",
      { id: "sessions" },
      {
        arn: arnOf("elasticache", "usergroup:sessions"),
        engine: "valkey",
        region,
        userGroupId: "sessions",
        userIds: ["sessions-default", "sessions-portal"],
      },
    ],
    defaultUser: [
      "aws:elasticache/user:User",
      { id: "sessions-default" },
      {
        accessString: "off ~* +@all",
        arn: arnOf("elasticache", "user:sessions-default"),
        authenticationMode: { passwordCount: 0, type: "no-password" },
        engine: "valkey",
        userId: "sessions-default",
        userName: "default",
      },
    ],
    user: [
      "aws:elasticache/user:User",
      { id: "sessions-portal" },
      {
        accessString: "on ~* +@all",
        arn: arnOf("elasticache", "user:sessions-portal"),
        authenticationMode: { passwordCount: 1, type: "password" },
        engine: "valkey",
        userId: "sessions-portal",
        userName: "portal",
      },
    ],
    ...Object.fromEntries(
      logs.map(([log, name]) => [
        log,
        [
          "aws:cloudwatch/logGroup:LogGroup",
          { id: name },
          {
            arn: arnOf("logs", `log-group:${name}`),
            kmsKeyId: arnOf("kms", `key/${keyId}`),
            logGroupClass: "STANDARD",
            name,
            region,
            retentionInDays: 365,
          },
        ],
      ]),
    ),
  };
}

interface Told {
  /** The range of the application's network. */
  readonly peered: string;
  readonly changes?: Changes;
  readonly recorded?: Date;
}

/** Writes what lookups of a stack have answered, of a database, of the network and of the cache in it. */
export function writeCacheFacts(cwd: string, stack: string, { peered, changes = {}, recorded }: Told): void {
  writeFacts(cwd, stack, { ...peeredWith(peered), ...changes }, recorded);
  const path = join(cwd, `facts/${stack}.json`);
  const { lookups, ...file } = JSON.parse(readFileSync(path, "utf8"));
  // Like that of the database, for other logs.
  const key = JSON.parse(
    JSON.stringify(lookups.find((one: { args: Values }) => one.args["id"] === databaseKey))
      .replaceAll(databaseKey, keyId)
      .replaceAll("/aws/rds/instance/ledger-main/", "/aws/elasticache/sessions/"),
  );
  const more = Object.entries(answersOf([peered])).flatMap(([name, [token, args, answer]]) =>
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
  writeFileSync(
    path,
    JSON.stringify({ ...file, lookups: [...lookups, ...("cacheKey" in changes ? [] : [key]), ...more] }),
  );
}
