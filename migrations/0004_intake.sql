-- Settings and limits of what comes in, what comes with events, and what was refused. The fold now reads more of the same log, so
-- the projections start again from its beginning: that is what a log is for. Projects and their keys stay while it is read again, so
-- that SDKs find their keys.
alter table project add column settings text not null default '{}';   -- JSON text: core/project/settings.ts
alter table project_key add column rate_limit_count integer;
alter table project_key add column rate_limit_window integer;          -- seconds

-- One row: what holds for the whole installation.
create table organization_settings (
  singleton boolean primary key default true check (singleton),
  quotas    text not null                                              -- JSON text: core/quota/quota.ts
);

-- Where in the log an attachment lies: the bytes stay there. Linked to its event by the id the SDK gave both.
create table attachment (
  project_id  integer not null,
  position    bigint not null,
  item        integer not null,             -- index in its envelope
  event_id    uuid not null,
  name        text not null,                -- basename without control characters
  content_type text not null,               -- as the SDK said; never trusted for display
  type        text not null,                -- event.attachment, event.minidump …
  size        bigint not null,
  created_at  timestamptz not null,
  primary key (project_id, position, item)
);
create index attachment_event on attachment (project_id, event_id);

-- What users wrote. A report belongs to an event and the last one wins; a feedback has an id of its own.
create table feedback (
  project_id  integer not null,
  feedback_id text not null,                -- 'report:' or 'feedback:' and an event id
  position    bigint not null,              -- of its last version
  event_id    uuid,                         -- the event it is about
  own_id      uuid not null,                -- whose attachments it has
  name        text not null,
  email       text not null,
  message     text not null,
  url         text not null,
  source      text not null,
  created_at  timestamptz not null,
  primary key (project_id, feedback_id)
);
create index feedback_event on feedback (project_id, event_id);
create index feedback_newest on feedback (project_id, position desc);

-- The latest of each kind of outcome that is not `accepted`: what the setup page shows. Bounded by the vocabulary.
create table latest_outcome (
  project_id integer not null,              -- 0: requests that named no project
  category   text not null,
  outcome    text not null,
  reason     text not null,
  position   bigint not null,
  quantity   bigint not null,               -- in all
  detail     text,
  sdk        text,
  event_id   uuid,
  last_seen  timestamptz not null,
  primary key (project_id, category, outcome, reason)
);

truncate parked, event, issue_key, issue, event_key, issue_hour, issue_tag, project_hour, outcome_hour, activity;
update checkpoint set position = 0;
