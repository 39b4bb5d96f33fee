-- What the API asks for: roles and membership, releases and deploys, search that uses an index whatever it looks for, artifacts.
-- The fold reads more of the same log, so the projections start again from its beginning; projects and their keys stay while it is
-- read again, so that SDKs find their keys.
create extension if not exists pg_trgm; -- comes with PostgreSQL, and is trusted: the owner of a database may create it

-- Who may do what (core/access.ts).
alter table account drop constraint account_role_check;
alter table account add constraint account_role_check check (role in ('owner', 'manager', 'member', 'viewer'));
alter table account
  add column projects   integer[],              -- null = every project, also those to come
  add column removed_at timestamptz;            -- keeps the name beside what the person did; can neither sign in nor use a token
alter table token
  add column kind       text not null default 'user' check (kind in ('user', 'org')),
  add column expires_at timestamptz;            -- null = never

create table invitation (
  id          integer primary key generated always as identity,
  email       text not null,
  role        text not null check (role in ('owner', 'manager', 'member', 'viewer')),
  projects    integer[],
  hash        text not null,                    -- sha256 of the secret in the link
  invited_by  integer references account on delete set null,
  created_at  timestamptz not null default now(),
  expires_at  timestamptz not null,
  accepted_at timestamptz
);
create unique index invitation_open on invitation (lower(email)) where accepted_at is null;

-- The audit log, filtered.
create index log_decisions_type on log_decisions (type, position);
create index log_decisions_actor on log_decisions (actor, position);

-- Triage with conditions. `resolved_in`: '>shop@1.2' = events of later releases reopen, '=shop@1.2' = of this one too; null = any event does.
alter table issue_key  add column resolved_in text;
alter table issue      add column resolved_in text;
alter table issue_part add column resolved_in text;
alter table named_key  add column resolved_in text, add column reviewed_position bigint not null default 0, add column deleted_position bigint not null default 0;

-- Issues that a job looks at every minute (projections/issues/watch.ts).
create index issue_watched on issue (generation, id) where substatus in ('archived_until_escalating', 'archived_until_condition_met');

-- The tags of an event as hashes of `key=value` and of `key` (core/event/tag-hash.ts): a list of events is filtered by them.
alter table event add column tags integer[] not null default '{}';

-- Where free text and stack.* are looked for: the newest title and culprit of a key, and the in-app frames of its founding event.
create table key_text (
  generation bigint not null,
  key_id     bigint not null,
  text       text not null,                     -- lower case
  frames     text not null,                     -- lower case; a frame a line: file, function and module with tabs between
  primary key (generation, key_id)
);
create index key_text_text on key_text using gin (text gin_trgm_ops);
create index key_text_frames on key_text using gin (frames gin_trgm_ops);

-- Room on each page for the counts to be changed in place: else nearly every change of one is an entry in both indexes.
alter table issue_tag set (fillfactor = 85);
-- In the order of bytes, whatever the language of the database: values that begin alike lie together.
create index issue_tag_value on issue_tag (generation, tag, value collate "C", key_id);
create index issue_key_first_release on issue_key (generation, first_release) where first_release is not null;

-- One row per release and project: from its first event, or from what sentry-cli said, whichever came first.
create table release (
  project_id     integer not null,
  version        text not null,
  first_position bigint not null,               -- the fact that it appeared with: the order of releases whose names say nothing
  created_at     timestamptz not null,
  started_at     timestamptz,
  released_at    timestamptz,
  url            text,
  status         text not null default 'open' check (status in ('open', 'archived')),
  refs           text not null default '[]',    -- JSON text
  commits        text not null default '[]',    -- JSON text
  events         bigint not null default 0,
  first_event    timestamptz,
  last_event     timestamptz,
  primary key (project_id, version)
);
create index release_newest on release (project_id, first_position desc);

create table deploy (
  id          bigint not null,                  -- position of its decision
  project_id  integer not null,
  version     text not null,
  environment text not null,
  name        text,
  url         text,
  started_at  timestamptz,
  finished_at timestamptz not null,
  primary key (id, project_id)
);
create index deploy_release on deploy (project_id, version, id);

-- Uploaded source maps and debug files: operational tables, deletable (architecture 2). Bytes are shared by their hash within the
-- installation and read through an artifact of one's own project only. A chunk without one goes a day after it was last asked for.
create table artifact_chunk (
  sha1       text primary key,
  bytes      bytea not null,
  size       integer not null,
  created_at timestamptz not null default now()
);
alter table artifact_chunk alter column bytes set storage external;

-- A file that was assembled and is sound: a bundle of source maps, or a debug file.
create table artifact (
  id          bigint primary key generated always as identity,
  kind        text not null check (kind in ('bundle', 'debug_file')),
  sha1        text not null,
  project_id  integer not null,
  release     text,
  dist        text,
  name        text not null,
  about       text not null default '{}',       -- JSON text: of a debug file its cpu, debug id, features
  chunks      text[] not null,
  size        bigint not null,
  created_at  timestamptz not null default now()
);
create unique index artifact_once on artifact (project_id, kind, sha1, coalesce(release, ''), coalesce(dist, ''));
create index artifact_release on artifact (project_id, release) where release is not null;
create index artifact_chunks on artifact using gin (chunks);

-- The files of a bundle: by what an event finds them, and where they lie in it.
create table artifact_file (
  artifact_id bigint not null references artifact on delete cascade,
  path        text not null,                    -- in the zip
  type        text not null,                    -- minified_source, source_map, source …
  url         text not null,
  debug_id    uuid,
  source_map  text,                             -- url of its map, as its header says
  place       text not null,                    -- JSON text: its entry of the zip
  primary key (artifact_id, path)
);
create index artifact_file_debug_id on artifact_file (debug_id) where debug_id is not null;

truncate parked, event, issue_key, issue, event_key, issue_hour, issue_tag, project_hour, outcome_hour, activity, attachment, feedback, latest_outcome,
  generation, generation_build, rules_revision, issue_part, named_key, merge_part, organization_settings;
update checkpoint set position = 0;
