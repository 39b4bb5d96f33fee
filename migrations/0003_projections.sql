-- Every table here is a fold of the log, filled by projections/ in lockstep with the checkpoint and by nothing else.
-- `refold verify` makes the same tables in a schema of its own, folds the log into them and compares row by row.
-- Tables that depend on grouping carry `generation`; a generation belongs to one project.

create table checkpoint (
  name     text primary key,
  position bigint not null
);
insert into checkpoint (name, position) values ('main', 0);

create table parked (
  position   bigint primary key,
  project_id integer,
  error      text not null
);

create table project (
  id          integer primary key,
  slug        text not null unique,
  name        text not null,
  platform    text,
  generation  bigint not null,              -- the live one
  created_at  timestamptz not null,
  first_event timestamptz,
  last_event  timestamptz
);

create table project_key (
  id         integer primary key,
  project_id integer not null,
  public_key text not null unique,
  label      text not null,
  is_active  boolean not null,
  created_at timestamptz not null
);
create index project_key_project on project_key (project_id);

create table generation (
  id         bigint primary key,            -- position of the fact that asked for it
  project_id integer not null,
  state      text not null check (state in ('building', 'candidate', 'live', 'retired')),
  version    text not null,                 -- grouping version: v1 …
  created_at timestamptz not null
);

-- One row per accepted event; independent of grouping. A second event with the same id is a duplicate and has no row.
create table event (
  project_id  integer not null,
  position    bigint not null,
  event_id    uuid not null,
  seen_at     timestamptz not null,         -- the event's own time, corrected (protocol 4.13)
  received_at timestamptz not null,
  level       text not null,
  title       text not null,
  platform    text not null,
  release     text,
  environment text,
  user_tag    text,                         -- id:…, username:…, email:… or ip:…
  sdk         text,
  primary key (project_id, position),
  unique (project_id, event_id)
);
create index event_position on event (position);

-- One row per key and generation. Counters live here, so that merge and unmerge move no number.
create table issue_key (
  generation        bigint not null,
  id                bigint not null,        -- position of the key's earliest event
  project_id        integer not null,
  issue_id          bigint not null,
  key               text not null,
  status            text not null check (status in ('unresolved', 'resolved', 'ignored')),
  substatus         text,
  status_position   bigint not null,        -- the fact that decided it
  assignee          text,                   -- user:3
  assigned_position bigint not null,
  title             text not null,          -- of the newest event, as are the next six
  culprit           text not null,
  type              text not null,          -- error, default …
  metadata          text not null,          -- JSON text: type, value, filename, function
  level             text not null,
  platform          text not null,
  logger            text,
  events            bigint not null,
  users             bigint not null,
  comments          integer not null,
  first_seen        timestamptz not null,
  last_seen         timestamptz not null,
  last_position     bigint not null,
  unhandled         boolean not null,       -- any event of it was
  first_release     text,
  last_release      text,
  primary key (generation, id),
  unique (generation, key)
);
create index issue_key_issue on issue_key (generation, issue_id);

-- What the stream shows: an issue combines its keys. `id` = smallest id of them = position of the founding event.
create table issue (like issue_key including comments);
alter table issue drop column key, drop column issue_id, add primary key (generation, id);
create index issue_status_seen on issue (generation, status, last_seen desc, id desc);
create index issue_seen on issue (generation, last_seen desc, id desc);
create index issue_status_new on issue (generation, status, first_seen desc, id desc);
create index issue_status_events on issue (generation, status, events desc, id desc);
create index issue_status_users on issue (generation, status, users desc, id desc);

create table event_key (
  generation bigint not null,
  position   bigint not null,
  key_id     bigint not null,
  primary key (generation, position)
);
create index event_key_key on event_key (generation, key_id, position);

create table issue_hour (
  generation bigint not null,
  key_id     bigint not null,
  hour       timestamptz not null,
  events     bigint not null,
  primary key (generation, key_id, hour)
);

-- Tag values per key; the tag `user` also makes the count of distinct users.
create table issue_tag (
  generation bigint not null,
  key_id     bigint not null,
  tag        text not null,
  value      text not null,
  events     bigint not null,
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  primary key (generation, key_id, tag, value)
);

create table project_hour (
  project_id integer not null,
  hour       timestamptz not null,
  events     bigint not null,
  primary key (project_id, hour)
);

create table outcome_hour (
  project_id integer not null,
  hour       timestamptz not null,
  category   text not null,
  outcome    text not null,                 -- accepted, invalid, duplicate, unsupported …
  reason     text not null,
  count      bigint not null,
  primary key (project_id, hour, category, outcome, reason)
);

create table activity (
  generation bigint not null,
  position   bigint not null,
  key_id     bigint not null,
  type       text not null,                 -- Sentry's: first_seen, set_resolved, set_regression, note …
  actor      text,
  data       text not null,                 -- JSON text
  created_at timestamptz not null,
  primary key (generation, position, key_id, type)
);
create index activity_key on activity (generation, key_id, position);
