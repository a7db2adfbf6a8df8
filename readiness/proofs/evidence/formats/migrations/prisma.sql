-- Prisma's migration table beside its folders and the digests of their files, with the line ends that they have, those of
-- Unix and those of Windows, for the format `prisma`. The URL without what Prisma alone knows, such as `?schema=public`:
-- psql -XqAt -v ON_ERROR_STOP=1 -v folder=prisma/migrations -f prisma.sql "$DATABASE_URL" > FILE
\set folders `cd :'folder' && ls -d */`
\set digests `cd :'folder' && for file in */migration.sql; do for end in '&' '\n' '\r\n'; do echo "$(sed -z "s/\r\?\n/$end/g" "$file" | sha256sum | cut -c -64) ${file%/*}"; done; done`
with digests as (
  select substr(line, 66) as name, json_agg(left(line, 64)) as sha256
  from regexp_split_to_table(:'digests', '\n') line group by name
)
select json_build_object(
  'table', '_prisma_migrations',
  'readAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
  'folders', (
    select coalesce(json_agg(json_build_object('name', name, 'sha256', sha256)), '[]')
    from regexp_split_to_table(:'folders', '/\n?') name left join digests using (name) where name <> ''
  ),
  'rows', (
    select coalesce(json_agg(json_build_object(
      'migration_name', migration_name, 'checksum', checksum, 'finished_at', finished_at, 'rolled_back_at', rolled_back_at
    ) order by started_at), '[]') from _prisma_migrations
  )
);
