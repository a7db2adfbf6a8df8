-- Up Migration
alter table orders add column words tsvector generated always as (to_tsvector('simple', title)) stored;

-- Down Migration
alter table orders drop column words;
