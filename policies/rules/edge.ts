import type { Rule } from "../rule.ts";
import { accessLogRules } from "./edge/access-logs.ts";
import { bodyRules } from "./edge/bodies.ts";
import { dnsRules } from "./edge/dns.ts";
import { dnssecRules } from "./edge/dnssec.ts";
import { firewallRules } from "./edge/firewall.ts";
import { headerRules } from "./edge/headers.ts";
import { queryLogRules } from "./edge/query-logs.ts";
import { serviceHostRules } from "./edge/service-host.ts";
import { storageRules } from "./edge/storage.ts";
import { trafficRules } from "./edge/traffic.ts";
import { transportRules } from "./edge/transport.ts";

export const edgeRules: readonly Rule[] = [
  ...transportRules,
  ...trafficRules,
  ...serviceHostRules,
  ...headerRules,
  ...firewallRules,
  ...bodyRules,
  ...accessLogRules,
  ...storageRules,
  ...dnsRules,
  ...dnssecRules,
  ...queryLogRules,
];
