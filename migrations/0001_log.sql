-- The append-only log (architecture 3). One head row gives positions: commit order = position order, no gaps.
create table log_head (
  singleton boolean primary key default true check (singleton),
  position  bigint  not null
) with (fillfactor = 10);
insert into log_head (position) values (0);

create table log (
  position    bigint      not null,
  kind        "char"      not null check (kind in ('e', 'd')),
  recorded_at timestamptz not null default clock_timestamp(),
  project_id  integer,
  type        text        not null,
  version     smallint    not null default 1,
  stream      text,
  actor       text,
  command_id  uuid,
  remote_addr inet,
  sdk         text,
  event_id    uuid,          -- envelopes: the event id that was answered
  meta        text,          -- envelopes: what of the HTTP request the fold needs, as JSON text (never parsed by Postgres)
  encoding    "char"      not null check (encoding in ('n', 'g', 'd', 'b', 'z')),
  payload     bytea       not null
) partition by list (kind);
alter table log alter column payload set storage external; -- payloads are compressed already

create table log_decisions partition of log for values in ('d');
alter table log_decisions add primary key (position);
create unique index log_decisions_command on log_decisions (command_id, position) where command_id is not null;
create index log_decisions_stream on log_decisions (stream, position);
create index log_decisions_project on log_decisions (project_id, position);

create table log_envelopes partition of log for values in ('e') partition by range (position);

-- Envelope partitions are made by log_make_partition, ahead of need by a job and on demand by an append that finds none.
-- `attach` takes only a share-update-exclusive lock on the parent; `create … partition of` would stop every append.
create function log_make_partition(first bigint, size bigint) returns boolean language plpgsql as $$
declare
  name text := 'log_envelopes_' || lpad(first::text, 15, '0');
begin
  perform pg_advisory_xact_lock(hashtext('refold.log_make_partition'));
  if to_regclass(name) is not null then
    return false;
  end if;
  execute format('create table %I (like log_envelopes including defaults including constraints including storage)', name);
  execute format('alter table %I add primary key (position)', name);
  execute format('create index on %I (project_id, position)', name);
  execute format('alter table %I add constraint in_range check (kind = ''e'' and position >= %s and position < %s)', name, first, first + size);
  execute format('alter table log_envelopes attach partition %I for values from (%s) to (%s)', name, first, first + size);
  execute format('alter table %I drop constraint in_range', name);
  execute format('create trigger append_only_truncate before truncate on %I for each statement execute function log_refuse()', name);
  return true;
end $$;

-- Append-only is enforced. Row triggers are inherited by partitions, truncate triggers are not.
create function log_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the log is append-only: % on % is refused', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger append_only_row before update or delete on log for each row execute function log_refuse();
create trigger append_only_truncate before truncate on log for each statement execute function log_refuse();
create trigger append_only_truncate before truncate on log_decisions for each statement execute function log_refuse();
create trigger append_only_truncate before truncate on log_envelopes for each statement execute function log_refuse();

select log_make_partition(0, 1000000);
