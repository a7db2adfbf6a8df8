/**
 * A small stack of the project's own components: three clouds, dependencies between them, and secrets. Its second
 * revision creates, changes, replaces and deletes something.
 */
import * as pagerduty from "@pulumi/pagerduty";
import * as pulumi from "@pulumi/pulumi";
import { Cache } from "../../../components/cache.ts";
import { Network } from "../../../components/network.ts";
import { PagingService } from "../../../components/on-call/paging-service.ts";

const stack = pulumi.getStack();
const first = new pulumi.Config("small").requireNumber("revision") === 1;
const owner = first ? "tests" : "others";
const tags = { product: "small", environment: stack, owner, "managed-by": "pulumi" } as const;
const shared = { region: "eu-central-1", tier: "staging", tags } as const;

const network = new Network("small-network", {
  permissionsBoundary: "arn:aws:iam::123456789012:policy/boundary",
  ...shared,
  settings: {
    cidr: "10.0.0.0/16",
    zones: ["eu-central-1a", ...(first ? [] : ["eu-central-1b"])],
    logRetentionDays: 30,
  },
});
const cache = new Cache("small-cache", {
  ...shared,
  settings: {
    kind: "valkey",
    engineVersion: "8.0",
    nodeType: "cache.t4g.small",
    nodes: 2,
    snapshotRetentionDays: 1,
  },
  vpcId: network.vpcId,
  subnetIds: network.dataSubnetIds,
  clientCidrs: ["10.1.0.0/16"],
  logRetentionDays: 30,
});
const user = new pagerduty.User("small-person", { email: "person@example.com", name: "Person" });
const escalationPolicy = new pagerduty.EscalationPolicy("small-policy", {
  name: `small-${stack}`,
  rules: [{ escalationDelayInMinutes: 5, targets: [{ type: "user_reference", id: user.id }] }],
});
const businessService = new pagerduty.BusinessService("small-business", { name: `small-${stack}` });
new PagingService("small-service", {
  serviceName: `small-${stack}-sev1`,
  severity: "SEV1",
  tier: "staging",
  escalationPolicy,
  businessService,
  vendor: first ? "datadog" : "another",
  onCall: {
    timeZone: "Etc/UTC",
    shifts: [],
    alertGrouping: false,
  },
  chat: { kind: "slack", workspaceId: "T1", channelId: "C1", channel: "incidents", account: "example" },
});

if (first) new pagerduty.Tag("small-first", { label: `small-${stack}` });

export const authToken = cache.authToken;
