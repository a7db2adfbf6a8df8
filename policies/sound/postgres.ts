/** What parameters of PostgreSQL may be: its documentation, "Server Configuration", and RDS's own parameters. */
import { limit, type SoundParameters } from "./parameters.ts";
import { alike, anything, between, filled, like, oneOf, type Sound } from "./sound.ts";

const on = oneOf("1", "on", "true");
const off = oneOf("0", "off", "false");
const either = oneOf("1", "on", "true", "0", "off", "false");
const tellsErrors = like(/^(debug\d?|info|notice|warning|error)$/, "error or more");
const hour = 3_600_000;
const day = 24 * hour;
/** Milliseconds in which a statement of a service, or of a migration, ends; what is shorter fails it. */
const ends = (least: number): Sound => limit(least, day, 0, "ms");
/** A log of each statement holds what customers entered. */
const notEachStatement = limit(100, day, -1, "ms");

export const postgresParameters: SoundParameters = {
  // What is written has to stay, and be found.
  ...alike(
    ["autovacuum", "fsync", "full_page_writes", "row_security", "track_activities", "track_counts"],
    on,
  ),
  ...alike(["default_transaction_deferrable", "default_transaction_read_only"], off),
  default_transaction_isolation: oneOf("read committed", "repeatable read", "serializable"),
  // Of a replica: triggers, and with them foreign keys, do not fire.
  session_replication_role: oneOf("origin"),
  synchronous_commit: oneOf("on", "remote_apply", "remote_write"),

  // Who logs in, and how.
  password_encryption: oneOf("scram-sha-256"),
  "rds.accepted_password_auth_method": oneOf("scram", "md5+scram"),
  "rds.restrict_password_commands": either,
  ssl_min_protocol_version: oneOf("TLSv1.2", "TLSv1.3"),

  // How long.
  deadlock_timeout: between(100, 60_000, "ms"),
  // What a crashed client left open holds locks.
  idle_in_transaction_session_timeout: between(1_000, hour, "ms"),
  idle_session_timeout: ends(60_000),
  lock_timeout: ends(1_000),
  statement_timeout: ends(1_000),
  transaction_timeout: ends(1_000),
  tcp_keepalives_count: between(0, 20),
  tcp_keepalives_idle: between(0, 7_200, "s"),
  tcp_keepalives_interval: between(0, 300, "s"),

  // What it tells, and what it must not.
  ...alike(["log_min_error_statement", "log_min_messages"], tellsErrors),
  // Rules of their own ask for these.
  ...alike(
    [
      "log_connections",
      "log_disconnections",
      "log_min_duration_statement",
      "log_statement",
      "rds.force_ssl",
      "shared_preload_libraries",
    ],
    anything,
  ),
  ...alike(["log_checkpoints", "log_hostname", "log_lock_waits", "log_recovery_conflict_waits"], either),
  ...alike(["log_duration", "log_executor_stats", "log_parser_stats", "log_planner_stats"], off),
  ...alike(["debug_print_parse", "debug_print_plan", "debug_print_rewritten", "log_statement_stats"], off),
  ...alike(["auto_explain.log_min_duration", "log_min_duration_sample"], notEachStatement),
  log_autovacuum_min_duration: limit(0, day, -1, "ms"),
  log_destination: like(/^(stderr|csvlog)(,\s*(stderr|csvlog))*$/, "stderr or csvlog"),
  log_error_verbosity: oneOf("default", "verbose"),
  log_parameter_max_length: between(-1, 1_048_576),
  // By itself it logs nothing: what is sampled is bounded above.
  log_statement_sample_rate: between(0, 1),
  log_temp_files: limit(0, 2_147_483_647, -1, "kB"),
  log_transaction_sample_rate: between(0, 0.01),
  "rds.log_retention_period": between(1_440, 10_080, "minutes"),
  ...alike(["pg_stat_statements.save", "pg_stat_statements.track_utility", "track_io_timing"], either),
  "pg_stat_statements.max": between(100, 100_000),
  "pg_stat_statements.track": oneOf("all", "top"),
  track_activity_query_size: between(100, 1_048_576, "bytes"),
  track_functions: oneOf("none", "pl", "all"),
  track_wal_io_timing: either,
  ...alike(["timezone", "log_timezone"], filled),

  // How much of the machine: of memory each connection takes its part.
  max_connections: between(25, 5_000),
  maintenance_work_mem: between(1_024, 16_777_216, "kB"),
  work_mem: between(64, 262_144, "kB"),
  effective_cache_size: filled,
  temp_file_limit: limit(1_048_576, 2_147_483_647, -1, "kB"),
  max_locks_per_transaction: between(64, 10_000),
  ...alike(
    ["max_parallel_workers", "max_parallel_workers_per_gather", "max_worker_processes"],
    between(0, 128),
  ),
  max_parallel_maintenance_workers: between(0, 64),
  checkpoint_completion_target: between(0.5, 0.95),
  checkpoint_timeout: between(30, 3_600, "s"),
  max_wal_size: between(256, 1_048_576, "MB"),
  min_wal_size: between(80, 1_048_576, "MB"),
  autovacuum_analyze_scale_factor: between(0, 0.5),
  autovacuum_freeze_max_age: between(100_000_000, 1_000_000_000),
  autovacuum_max_workers: between(1, 100),
  autovacuum_naptime: between(1, 600, "s"),
  autovacuum_vacuum_cost_delay: between(-1, 20, "ms"),
  autovacuum_vacuum_cost_limit: between(-1, 10_000),
  autovacuum_vacuum_scale_factor: between(0, 0.5),

  // How it plans.
  default_statistics_target: between(10, 10_000),
  effective_io_concurrency: between(0, 1_000),
  jit: either,
  random_page_cost: between(1, 4),
};
