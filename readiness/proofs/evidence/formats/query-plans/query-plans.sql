-- The plan of each statement in a file, each ended by `;` at a line's end, for the format `postgres-explain`:
-- psql -XqAt -v ON_ERROR_STOP=1 -v queries=queries.sql -f query-plans.sql "$DATABASE_URL" > FILE
-- Beside each plan the rows of all tables: a plan tells how many rows a scan returns, not how many it reads.
\set statements `cat :'queries'`
create function pg_temp.plan_of(statement text) returns jsonb language plpgsql as $$
declare
  plan jsonb;
begin
  execute 'explain (format json, settings) ' || statement into plan;
  return plan -> 0;
end
$$;
with sizes as (
  select relname, case when min(reltuples) < 0 then -1 else max(reltuples) end as rows
  from pg_class join pg_namespace on pg_namespace.oid = relnamespace
  where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  group by relname
)
select jsonb_agg(
  pg_temp.plan_of(statement)
  || jsonb_build_object('Query Text', statement, 'Table Rows', (select jsonb_object_agg(relname, rows) from sizes))
  order by place
)
from regexp_split_to_table(:'statements', ';\s*(\n|$)') with ordinality as split(statement, place)
where trim(statement, E' \n\t') <> '';
