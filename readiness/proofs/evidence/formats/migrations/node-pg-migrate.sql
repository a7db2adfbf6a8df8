-- The table of node-pg-migrate beside the names of the files, for the format `node-pg-migrate`:
-- psql -XqAt -v ON_ERROR_STOP=1 -v folder=migrations -f node-pg-migrate.sql "$DATABASE_URL" > FILE
\set files `ls :'folder'`
select json_build_object(
  'table', 'pgmigrations',
  'readAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'files', (
    select coalesce(json_agg(line), '[]') from regexp_split_to_table(:'files', '\n') line where line <> ''
  ),
  'applied', (select coalesce(json_agg(name order by run_on, id), '[]') from pgmigrations)
);
