-- Drizzle's migration table beside its journal and the digests of the files, for the format `drizzle`:
-- psql -XqAt -v ON_ERROR_STOP=1 -v folder=drizzle -f drizzle.sql "$DATABASE_URL" > FILE
\set journal `cat :'folder'/meta/_journal.json`
\set files `cd :'folder' && sha256sum *.sql`
select json_build_object(
  'table', 'drizzle.__drizzle_migrations',
  'readAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'journal', :'journal'::json,
  'files', (
    select coalesce(json_object_agg(substr(line, 67), left(line, 64)), '{}')
    from regexp_split_to_table(:'files', '\n') line where line <> ''
  ),
  'applied', (
    select coalesce(json_agg(json_build_object('hash', hash, 'created_at', created_at) order by id), '[]')
    from drizzle.__drizzle_migrations
  )
);
