/** What each rule asks of what exists in a program that was made for something else. */
import { describe, expect, it } from "vitest";
import type { Registration } from "../../readiness/engine/registration.ts";
import {
  behind,
  bucket,
  check,
  database,
  group,
  lifecycle,
  monitor,
  opening,
  pager,
  parameters,
  role,
  told,
  trusting,
  versioned,
  withParameters,
} from "./support/existing.ts";
import { declared } from "./support/stack.ts";

describe.each<[rule: string, bad: readonly Registration[], good: readonly Registration[]]>([
  ["database-not-public", [database({ publiclyAccessible: true })], [database({})]],
  [
    "database-clients-private",
    [behind(database({}), "vpcSecurityGroupIds", group({})), group(opening(["0.0.0.0/0"]))],
    [behind(database({}), "vpcSecurityGroupIds", group({})), group(opening(["10.2.0.0/16"]))],
  ],
  [
    "network-administration-closed",
    [group({ ingress: [{ protocol: "tcp", fromPort: 0, toPort: 1024, cidrBlocks: ["0.0.0.0/0"] }] })],
    [
      group({
        ingress: [
          { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["10.0.0.0/8", "198.51.100.7/32"] },
          { protocol: "icmp", fromPort: -1, toPort: -1, cidrBlocks: ["0.0.0.0/0"] },
          { protocol: "udp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] },
        ],
      }),
    ],
  ],
  [
    "network-administration-closed",
    [group({ ingress: [{ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }] })],
    [group({})],
  ],
  ["database-certificate-current", [database({ caCertIdentifier: "rds-ca-2019" })], [database({})]],
  [
    "database-backups-retained",
    [database({ backupRetentionPeriod: 0 })],
    [database({ replicateSourceDb: "other" })],
  ],
  ["database-storage-encrypted", [database({})], [database({ storageEncrypted: true })]],
  [
    "database-multi-zone",
    [database({ multiAz: false })],
    [database({ multiAz: false, replicateSourceDb: "other" })],
  ],
  ["database-deletion-protected", [database({})], [database({ deletionProtection: true })]],
  ["database-final-snapshot", [database({ skipFinalSnapshot: true })], [database({})]],
  ["database-patched", [database({ autoMinorVersionUpgrade: false })], [database({})]],
  [
    "database-storage-grows",
    [database({ allocatedStorage: 20 })],
    [database({ allocatedStorage: 20, maxAllocatedStorage: 50 })],
  ],
  [
    "database-settings-sound",
    [database({ applyImmediately: true })],
    [database({ snapshotIdentifier: "one", optionGroupName: "own" })],
  ],
  [
    "database-windows-apart",
    [database({ backupWindow: "03:00-04:00", maintenanceWindow: "sun:03:30-sun:04:30" })],
    [database({ backupWindow: "01:00-02:00" })],
  ],
  ["database-tls-forced", [database({ engineVersion: "14.9" })], [database({ engineVersion: "16.6" })]],
  [
    "database-tls-forced",
    withParameters({}, parameters("postgres17", ["rds.force_ssl", "0"])),
    withParameters({}, parameters("postgres17")),
  ],
  [
    "database-tls-forced",
    withParameters({ engine: "mysql", engineVersion: "8.0.40" }, parameters("mysql8.0")),
    withParameters(
      { engine: "mysql", engineVersion: "8.0.40" },
      parameters("mysql8.0", ["require_secure_transport", "ON"]),
    ),
  ],
  [
    "database-tls-forced",
    [database({ engine: "mysql", engineVersion: "8.4.3" })],
    [database({ engine: "mariadb", engineVersion: "11.10.1" })],
  ],
  ["database-tls-forced", [database({ engineVersion: "14.9" })], [database({ engine: "oracle-ee" })]],
  [
    "database-parameters-sound",
    withParameters({}, parameters("postgres17", ["fsync", "0"])),
    withParameters({ engine: "mysql" }, parameters("mysql8.0", ["slow_query_log", "1"])),
  ],
  ["edge-buckets-versioned", [bucket], [bucket, versioned]],
  ["edge-buckets-versioned", [bucket], [bucket, lifecycle]],
  [
    "edge-buckets-versioned",
    [bucket],
    [declared("aws:s3/bucketV2:BucketV2", { versioning: { enabled: true } })],
  ],
  ["edge-buckets-kept", [declared("aws:s3/bucket:Bucket", { forceDestroy: true })], [bucket]],
  ["checks-from-several-regions", [check({ locations: ["aws:a"] })], [check({ locations: ["pl:own"] })]],
  [
    "checks-agree",
    [check({ optionsList: { tickEvery: 60 } })],
    [check({ locations: ["aws:a"], optionsList: {} })],
  ],
  ["checks-live", [check({ status: "paused" })], [check({})]],
  ["alerts-page-once", [monitor({ message: "High." })], [monitor({ message: "High. @slack-ops" })]],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shopp" }), pager({})],
    [monitor({ message: "@pagerduty-Elsewhere" }), pager({})],
  ],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shp-API" }), pager({ name: "Shop API" })],
    [monitor({ message: "@pagerduty-Shop-API" }), pager({ name: "Shop API" })],
  ],
  [
    "alerts-page-declared-service",
    [monitor({ message: "@pagerduty-Shopp" }), pager({})],
    [monitor({ message: "@pagerduty-shard-2" }), pager({ name: "shard-1" })],
  ],
  [
    "alerts-say-when-over",
    [monitor({ message: "{{#is_alert}}@pagerduty-Shop{{/is_alert}}" })],
    [monitor({})],
  ],
  [
    "warnings-page-nobody",
    [monitor({ monitorThresholds: { critical: "1", warning: "0.5" } })],
    [monitor({})],
  ],
  ["alert-values-agree", [monitor({ monitorThresholds: { critical: "2" } })], [monitor({})]],
  [
    "alert-options-hold-nothing-back",
    [monitor({ newGroupDelay: 86_400 })],
    [monitor({ notifyNoData: true, noDataTimeframe: 20 })],
  ],
  [
    "paging-service-urgent",
    [pager({ incidentUrgencyRule: { type: "constant", urgency: "low" } })],
    [pager({ name: "Shop tickets", incidentUrgencyRule: { type: "constant", urgency: "low" } })],
  ],
  ["incidents-stay-open", [pager({ autoResolveTimeout: "14400" })], [pager({ autoResolveTimeout: "null" })]],
  [
    "acknowledgement-expires",
    [pager({ acknowledgementTimeout: "null", incidentUrgencyRule: { type: "constant", urgency: "high" } })],
    [pager({})],
  ],
  [
    "roles-taken-on-by-their-own",
    [role({ assumeRolePolicy: trusting("*") })],
    [role({ assumeRolePolicy: trusting({ Service: "lambda.amazonaws.com" }) })],
  ],
  [
    "encryption-keys-rotate",
    [declared("aws:kms/key:Key", {})],
    [declared("aws:kms/key:Key", { customerMasterKeySpec: "RSA_2048" })],
  ],
  [
    "resource-types-supported",
    [
      declared(
        "aws:s3/bucketV2:BucketV2",
        {},
        { provider: "urn:pulumi:prod::readiness::pulumi:providers:aws::seven" },
      ),
      declared("pulumi:providers:aws", { version: "7.1.0" }, { name: "seven" }),
    ],
    [
      declared(
        "aws:s3/bucketV2:BucketV2",
        {},
        { provider: "urn:pulumi:prod::readiness::pulumi:providers:aws::six" },
      ),
      declared("pulumi:providers:aws", { version: "6.83.0" }, { name: "six" }),
    ],
  ],
])("%s", (rule, bad, good) => {
  it("is asked of what exists", () => {
    expect(told(rule, bad)).toHaveLength(1);
    expect(told(rule, good)).toEqual([]);
  });
});
