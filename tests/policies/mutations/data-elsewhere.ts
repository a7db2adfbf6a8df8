/** What is broken where somebody else runs the database: its login, and the dumps in the stack's own bucket. */
import { type Change, drop, type Mutation, on, set } from "./mutation.ts";
import { statements, trust } from "./statements.ts";
import { unlink } from "./unlink.ts";

const variant = "data elsewhere";
const own = (type: string) => ({ type, name: /-dumps$/ });
const lock = own("aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration");
const job = own("aws:iam/role:Role");
const grant = own("aws:iam/rolePolicy:RolePolicy");
const variable = (key: string) => ({
  type: "vercel:index/projectEnvironmentVariable:ProjectEnvironmentVariable",
  name: `portal-${key}`,
});
const missing = { type: "datadog:index/monitor:Monitor", name: "platform-dump-missing" };

const alert = (id: string) => ({ type: "datadog:index/monitor:Monitor", name: `portal-${id}` });
const metric = (pattern: string) => ({
  type: "datadog:index/logsMetric:LogsMetric",
  name: new RegExp(`-${pattern}$`),
});
const ask =
  (old: string, text: string): Change =>
  (r) =>
    set("query", String(r.props["query"]).replace(old, text))(r);

/** Another type and name: nothing of the stack's own is changed by it. */
const also = (type: string, name: string, props: object): Change => {
  return (r) => ({ ...r, type, name, props: props as typeof r.props });
};

const broken: readonly (readonly [rule: string, title: string, change: Change, also?: readonly string[]])[] =
  [
    ["dumps-locked", "dumps can be deleted at once", drop(lock)],
    [
      "dumps-locked",
      "the bucket is made without a lock",
      on(own("aws:s3/bucket:Bucket"), set("objectLockEnabled", false)),
    ],
    ["dumps-locked", "dumps can be deleted after a week", on(lock, set("rule.defaultRetention.days", 7))],
    [
      "dumps-locked",
      "an administrator can lift the lock",
      on(lock, set("rule.defaultRetention.mode", "GOVERNANCE")),
    ],
    [
      "dumps-kept",
      "dumps are deleted after a month",
      on(
        own("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"),
        set("rules.0.expiration.days", 31),
      ),
    ],
    [
      "customer-data-in-one-geography",
      "functions run where Vercel likes",
      on("vercel:index/project:Project", set("resourceConfig.functionDefaultRegions", [])),
    ],
    [
      "dumps-kept",
      "dumps are kept for ever",
      on(
        own("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration"),
        set("rules.0.expiration", {}),
      ),
    ],
    [
      "dumps-key-own",
      "dumps are encrypted by S3's own key",
      on(
        own("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"),
        unlink("rules"),
        set("rules", [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }]),
      ),
    ],
    [
      "dumps-key-not-deleted",
      "any administrator can delete the key",
      on(own("aws:kms/key:Key"), (r) => {
        const { Statement, ...policy } = JSON.parse(String(r.props["policy"]));
        const left = Statement.filter(({ Sid }: { Sid: string }) => Sid !== "KeptForEmergencies");
        return set("policy", JSON.stringify({ ...policy, Statement: left }))(r);
      }),
    ],
    ["dumps-job-of-one-branch", "any job of the repository", on(job, trust("sub", undefined))],
    [
      "dumps-job-of-one-branch",
      "pull requests",
      on(job, trust("sub", "repo:example/portal-readiness:pull_request")),
    ],
    [
      "dumps-job-adds-alone",
      "the job reads dumps",
      on(
        grant,
        statements((all) =>
          all.map((s) =>
            s["Action"] === "s3:PutObject" ? { ...s, Action: ["s3:PutObject", "s3:GetObject"] } : s,
          ),
        ),
      ),
    ],
    [
      "dumps-job-adds-alone",
      "the job writes into any bucket",
      on(
        grant,
        statements((all) => all.map((s) => (s["Action"] === "s3:PutObject" ? { ...s, Resource: "*" } : s))),
      ),
    ],
    ["dumps-counted", "nothing counts the dumps", drop("aws:s3/bucketMetric:BucketMetric")],
    [
      "dumps-counted",
      "it counts other objects",
      on("aws:s3/bucketMetric:BucketMetric", set("filter.prefix", "x/")),
    ],
    ["dump-missing-alerted", "nobody hears of a dump that is missing", drop(missing)],
    [
      "dump-missing-alerted",
      "uploads to other buckets count as well",
      on(missing, (r) => set("query", String(r.props["query"]).replace(",filterid:dumps", ""))(r)),
    ],
    [
      "database-connections-refused-alerted",
      "hundreds have to be refused",
      on(
        alert("database-connections-refused"),
        set("monitorThresholds.critical", "500"),
        ask("> 10", "> 500"),
      ),
    ],
    [
      "database-connections-refused-alerted",
      "those that are refused for a day",
      on(alert("database-connections-refused"), ask("last_5m", "last_1d")),
      ["alerts-in-time"],
    ],
    [
      "database-logins-refused-alerted",
      "hundreds have to be refused",
      on(alert("database-logins-refused"), set("monitorThresholds.critical", "500"), ask("> 5", "> 500")),
    ],
    ["database-logins-refused-alerted", "nobody hears of them", drop(alert("database-logins-refused"))],
    [
      "log-metrics-complete",
      "refusals of the pooler alone",
      on(
        metric("database-refusals"),
        set("filter.query", 'env:prod service:(portal) "no more connections allowed"'),
      ),
    ],
    ["database-login-secret", "the login can be read", on(variable("database-url"), set("sensitive", false))],
    [
      "database-elsewhere-verified",
      "any certificate will do",
      on(variable("pgsslmode"), set("value", "verify-ca")),
    ],
    [
      "database-address-verified",
      "the address says that any certificate will do",
      on(variable("database-url"), set("value", "postgresql://a:b@db.example.com/portal?sslmode=require")),
    ],
    [
      "downtimes-not-without-maintenance",
      "every week is muted",
      on(
        { type: "datadog:index/monitor:Monitor", name: "portal-pool-waiting" },
        also("datadog:index/downtimeSchedule:DowntimeSchedule", "weekly", {
          scope: "*",
          monitorIdentifier: { monitorTags: ["product:portal", "environment:prod"] },
          recurringSchedule: {
            timezone: "UTC",
            recurrences: [{ rrule: "FREQ=WEEKLY;BYDAY=SU", duration: "1h", start: "2099-01-04T03:00:00" }],
          },
        }),
      ),
      ["pool-waiting-alerted"],
    ],
    [
      "corrections-not-without-maintenance",
      "an hour a week is not counted",
      on(
        { type: "datadog:index/monitor:Monitor", name: "portal-pool-waiting" },
        also("datadog:index/sloCorrection:SloCorrection", "weekly", {
          sloId: "slo",
          category: "Scheduled Maintenance",
          start: 1_767_495_600,
          duration: 3_600,
          rrule: "FREQ=WEEKLY",
          timezone: "UTC",
        }),
      ),
      ["pool-waiting-alerted"],
    ],
    [
      "parts-as-chosen",
      "there is a database of the stack's own all the same",
      on(own("aws:kms/alias:Alias"), also("aws:rds/instance:Instance", "db", {})),
      [
        "aws-resources-tagged",
        "deploy-rights-cover-resources",
        "properties-sound",
        "stateful-resources-protected",
      ],
    ],
    [
      "parts-as-chosen",
      "there is a network all the same",
      on(own("aws:kms/alias:Alias"), also("aws:ec2/vpc:Vpc", "vpc", { cidrBlock: "10.0.0.0/16" })),
      ["aws-resources-tagged", "deploy-rights-cover-resources"],
    ],
    [
      "app-variables-complete",
      "no login",
      drop(variable("database-url")),
      ["database-login-secret", "database-address-verified"],
    ],
  ];

export const dataElsewhereMutations: readonly Mutation[] = broken.map(([rule, title, change, also = []]) => ({
  rule,
  title,
  change,
  also,
  variant,
}));
