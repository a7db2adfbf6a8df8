/** @param {import("node-pg-migrate").MigrationBuilder} pgm */
export function up(pgm) {
  // Orders are written while it is built. A build that failed leaves an invalid index behind.
  pgm.noTransaction();
  pgm.sql("drop index concurrently if exists orders_words");
  pgm.sql("create index concurrently orders_words on orders using gin (words)");
}

/** @param {import("node-pg-migrate").MigrationBuilder} pgm */
export function down(pgm) {
  pgm.noTransaction();
  pgm.sql("drop index concurrently if exists orders_words");
}
