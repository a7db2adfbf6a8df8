/** The records that people write. */
import type { Format } from "../reading.ts";
import { alertHistory } from "./records/alert-history.ts";
import { drill } from "./records/drill.ts";
import { restoreTest } from "./records/restore-test.ts";
import { rollbackTest } from "./records/rollback-test.ts";
import { securityReview } from "./records/security-review.ts";

export const recordFormats: readonly Format[] = [
  restoreTest,
  rollbackTest,
  drill,
  securityReview,
  alertHistory,
];
