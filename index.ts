/** The stack: its config, checked, and everything that follows from it. */
import * as pulumi from "@pulumi/pulumi";
import { declareReadiness } from "./components/declare-readiness.ts";
import { loadSpec } from "./model/config/stack-spec.ts";

const secrets = new pulumi.Config("secrets");

export const {
  url,
  deployRole,
  previewRole,
  evidenceBucket,
  evidenceRoles,
  nameServers,
  dsRecord,
  dnsRecords,
  dashboards,
} = declareReadiness(loadSpec(pulumi.getStack(), pulumi.runtime.allConfig()), (name) =>
  secrets.requireSecret(name),
);
