/** Formats of what is run on a site: its dependencies, bundles, pages, answers under load, migrations and queries. */
import type { Format } from "../reading.ts";
import { axe } from "./accessibility/axe.ts";
import { esbuildMetafile } from "./bundles/esbuild-metafile.ts";
import { nextBundle } from "./bundles/next-bundle.ts";
import { sizeLimit } from "./bundles/size-limit.ts";
import { autocannon } from "./load/autocannon.ts";
import { k6Summary } from "./load/k6-summary.ts";
import { drizzle } from "./migrations/drizzle.ts";
import { flywayInfo } from "./migrations/flyway-info.ts";
import { nodePgMigrate } from "./migrations/node-pg-migrate.ts";
import { prisma } from "./migrations/prisma.ts";
import { lhci } from "./performance/lhci.ts";
import { lighthouse } from "./performance/lighthouse.ts";
import { postgresExplain } from "./query-plans/postgres-explain.ts";
import { cyclonedx } from "./vulnerabilities/cyclonedx.ts";
import { npmAudit } from "./vulnerabilities/npm-audit.ts";
import { osv } from "./vulnerabilities/osv.ts";
import { trivy } from "./vulnerabilities/trivy.ts";

export const siteFormats: readonly Format[] = [
  npmAudit,
  osv,
  trivy,
  cyclonedx,
  nextBundle,
  sizeLimit,
  esbuildMetafile,
  lighthouse,
  lhci,
  axe,
  k6Summary,
  autocannon,
  drizzle,
  nodePgMigrate,
  flywayInfo,
  prisma,
  postgresExplain,
];
