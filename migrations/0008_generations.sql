-- Generations: folds of one project under a configuration of their own (architecture 5, grouping.md 5). `generation` is a fold of the
-- log like every table before it; the four tables below it are how a generation is built and caught up. What they hold depends on
-- when it was built, what issues show does not, so `refold verify` compares the issues.
alter table generation drop constraint generation_state_check;
alter table generation add constraint generation_state_check check (state in ('building', 'live', 'retired', 'discarded'));
alter table generation
  add column revision     bigint not null default 0,   -- position of its rules revision; 0 = no rules
  add column actor        text,                        -- who asked for it
  add column then_apply   boolean not null default false,
  add column applied_at   timestamptz,
  add column retired_at   timestamptz;
create index generation_project on generation (project_id);

-- Every revision of a project's rules, for good: old configurations are computed again for lineage.
create table rules_revision (
  id          bigint primary key,          -- position of its decision
  project_id  integer not null,
  rules       text not null,
  frame_rules text not null,
  actor       text,
  created_at  timestamptz not null
);
create index rules_revision_project on rules_revision (project_id, id);

-- How far a generation is that is not live. A live one has the position of the main checkpoint.
create table generation_build (
  generation  bigint primary key,
  project_id  integer not null,
  state       text not null check (state in ('queued', 'running', 'paused', 'ready', 'failed')),
  position    bigint not null default 0,   -- the last one folded
  settings    text not null default '{}',  -- the project's settings at that position
  tracked     boolean not null,            -- false: the project's first generation; its keys are their own only parts
  watch       text,                        -- configuration whose keys all divide parts: the one that was live when it was built
  others      text[] not null default '{}',-- further configurations whose named keys do
  restart     boolean not null default false, -- built against a generation that is not live any more: to be built again
  events      bigint not null default 0,   -- folded
  total       bigint not null default 0,   -- known when it began
  parked      bigint not null default 0,
  started_at  timestamptz,
  finished_at timestamptz,
  updated_at  timestamptz not null default now(),
  error       text
);

-- Events of one key that every decision, past or future, reaches together (grouping.md 5.4).
create table issue_part (
  generation        bigint not null,
  id                bigint not null,        -- position of its first event
  key_id            bigint not null,
  watched           text,                   -- its key under generation_build.watch
  lineage           text[] not null,        -- 'configuration key' of the other named keys, sorted
  status            text not null,
  substatus         text,
  status_position   bigint not null,
  assignee          text,
  assigned_position bigint not null,
  events            bigint not null,
  primary key (generation, id)
);
create index issue_part_key on issue_part (generation, key_id, watched);
create index issue_part_watched on issue_part (generation, watched);
create index issue_part_lineage on issue_part using gin (lineage) where lineage <> '{}';

-- Keys that decisions name, and what the last ones said: a part that begins later starts with it.
create table named_key (
  generation        bigint not null,
  config            text not null,
  key               text not null,
  status            text,
  substatus         text,
  status_position   bigint not null,        -- 0 = none so far
  assignee          text,
  assigned_position bigint not null,
  primary key (generation, config, key)
);

-- What people merged: the parts that each merge reached, on which side, and in which piece of it after later unmerges.
-- A piece binds the keys of its parts while it holds two sides (grouping.md 5.5).
create table merge_part (
  generation bigint not null,
  merge      bigint not null,               -- position of the decision
  part_id    bigint not null,
  side       integer not null,
  piece      text not null,
  primary key (generation, merge, part_id)
);
