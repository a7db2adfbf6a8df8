/** What stacks declare and no rule reads, because readiness does not hang on it: nobody reaches data by it, nobody is paged, nothing is watched. */

export interface Exception {
  readonly type: string;
  /** As `leavesOf` gives it; what is below it too. The whole type where absent. */
  readonly path?: string;
  /** Why readiness does not hang on it. */
  readonly reason: string;
}

/** Properties whose changes the engine may pass over: by type. */
export const ignorable: Readonly<Record<string, readonly string[]>> = {
  // A window that has begun cannot be moved.
  "pagerduty:index/maintenanceWindow:MaintenanceWindow": ["startTime"],
};

export const exceptions: readonly Exception[] = [];
