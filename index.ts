/** The stack: its config, checked, and everything that follows from it. */
import { declareReadiness } from "./components/from-config.ts";

export const {
  url,
  deployRole,
  previewRole,
  evidenceBucket,
  evidenceRoles,
  dumpBucket,
  dumpRole,
  nameServers,
  dsRecord,
  dnsRecords,
  outsideWatchKey,
  dashboards,
} = declareReadiness();
