-- Up Migration
create table tickets (
  id bigint generated always as identity primary key,
  user_id bigint not null references users on delete cascade,
  message text not null,
  created_at timestamptz not null default now()
);
create index tickets_user_id on tickets (user_id);

-- Down Migration
drop table tickets;
