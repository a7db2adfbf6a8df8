/** The alert on dumps of a database that somebody else runs. */
import type { PlatformRows } from "../alert.ts";
import { cloudWatch } from "../cloudwatch.ts";
import { awsCount } from "../telemetry.ts";

export const dumpAlerts = {
  "dump-missing": {
    title: "no dump of the database for a day",
    meaning: "The newest dump gets older; losing the database's provider would lose what came since.",
    severity: "SEV3",
    needs: { database: ["external"] },
    runbook: "backups",
    dashboard: "Operations",
    graph: "Dumps of the database",
    signals: (spec) => {
      const uploaded = awsCount(spec, "s3.bytes_uploaded");
      // Only what a bucket's filter counts is told of at all, and the name of the filter with it.
      const series = { ...uploaded, filter: { ...uploaded.filter, filterid: "dumps" } };
      return [
        {
          // An empty database's dump is larger.
          ...cloudWatch({ series }, "<", { critical: 1024 }, "bytes"),
          over: "sum",
          // A day, and what a dump may take.
          windowMinutes: 26 * 60,
          onMissingData: "show_and_notify_no_data",
        },
      ];
    },
  },
} as const satisfies PlatformRows;
