/** What `restore-drill` is told. */
export interface DrillOptions {
  readonly stack: string;
  readonly from?: string;
  readonly globals?: string;
  /** Into the empty server at SCRATCH_DATABASE_URL, in place of one of our own. */
  readonly scratch: boolean;
  readonly baseBackup?: string;
  readonly wal?: string;
  readonly until?: string;
  readonly user: string;
  readonly database?: string;
  readonly restoreJob?: string;
  readonly manifest?: string;
  /** A dump to write; `true` for the manifest alone. */
  readonly take?: string | true;
  readonly vault?: string;
  readonly recoveryPoint?: string;
  readonly record?: string;
  readonly sign?: string;
  readonly format: "text" | "json";
}
