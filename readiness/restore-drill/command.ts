/** `restore-drill` on the command line; what it does is loaded when it is called. */
import type { Command } from "commander";
import { Option } from "commander";
import { once, type Run, stackName } from "../terminal/options.ts";
import type { DrillOptions } from "./options.ts";

export function addRestoreDrill(program: Command, run: Run): void {
  program
    .command("restore-drill")
    .description(
      "Restore a backup into a scratch PostgreSQL, hold it against the original, and measure RTO and RPO",
    )
    .option("-s, --stack <name>", "the stack, whose objectives count", stackName, "prod")
    .option("--from <dump>", "what pg_dump wrote", once("--from"))
    .option(
      "--globals <file>",
      "the roles, as pg_dumpall --globals-only writes them; DUMP.globals.sql where that is there",
      once("--globals"),
    )
    .option(
      "--scratch",
      "restore the dump into the empty server at SCRATCH_DATABASE_URL; what it gets there is taken away again",
      false,
    )
    .option("--base-backup <folder>", "what pg_basebackup wrote, in plain format", once("--base-backup"))
    .option("--wal <folder>", "where archive_command puts the WAL", once("--wal"))
    .option(
      "--until <time>",
      "bring the base backup to this moment, such as 2026-01-05T09:00:00Z",
      once("--until"),
    )
    .option("--user <role>", "a superuser of the base backup", once("--user"), "postgres")
    .option(
      "--database <name>",
      "which of the base backup's databases; the manifest's where absent",
      once("--database"),
    )
    .option(
      "--restore-job <id>",
      "a job of AWS Backup's restore testing: check RESTORED_DATABASE_URL, and report to AWS",
      once("--restore-job"),
    )
    .option(
      "--manifest <file>",
      "what the original was made of; SOURCE_DATABASE_URL is asked where absent",
      once("--manifest"),
    )
    .option(
      "--take [dump]",
      "copy SOURCE_DATABASE_URL into a dump, and write the manifest of that moment",
      once("--take"),
    )
    .option("--vault <name>", "the backup vault that it comes from", once("--vault"))
    .option(
      "--recovery-point <id>",
      "the recovery point; the file's name and digest where absent",
      once("--recovery-point"),
    )
    .option("--record <file>", "where the record for INC-02 goes", once("--record"))
    .option("--sign <key>", "private SSH key: hand the record in, signed", once("--sign"))
    .addOption(new Option("--format <name>", "of what is said").choices(["text", "json"]).default("text"))
    .action((options: DrillOptions) =>
      run(async () => (await import("./restore-drill.ts")).restoreDrill(options, process.cwd())),
    );
}
