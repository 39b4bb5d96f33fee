-- Lists of issues that somebody keeps under a name: private, and of one project. Operational, as a person may delete them (architecture 2).
create table saved_view (
  id           integer primary key generated always as identity,
  account_id   integer not null references account on delete cascade,
  project_id   integer not null,                -- a fold (`project`): its rows come and go, so nothing refers to them
  place        integer not null,                -- from the left, within the person's views of the project
  name         text not null,
  query        text not null,
  sort         text not null,
  environments text[] not null,
  period       text,                            -- like 14d; null = any time, or from start to end
  start_at     timestamptz,
  end_at       timestamptz,
  columns      text[],                          -- null = as the person has set them
  density      text,
  created_at   timestamptz not null default now(),
  updated_at   timestamptz not null default now()
);
create unique index saved_view_name on saved_view (account_id, project_id, lower(name));
