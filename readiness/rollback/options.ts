/** What `rollback` is told. */
export interface RollbackOptions {
  readonly stack: string;
  readonly service?: string;
  readonly to?: string;
  readonly undo: boolean;
  readonly url?: string;
  readonly migrations?: string;
  readonly downTo?: string;
  readonly accept: readonly string[];
  readonly checkMigrations: boolean;
  readonly infrastructure?: string;
  /** Whether the app goes back, too. */
  readonly app: boolean;
  readonly verified: readonly number[];
  readonly since?: string;
  readonly practise: boolean;
  readonly dryRun: boolean;
  readonly abandon: boolean;
  readonly yes: boolean;
  readonly format: "text" | "json";
}
