-- Most payloads are 2 to 4 kB: just too large for Postgres to leave them in their row, so each cost two rows and an index entry of a
-- side table. Up to half a page they stay now: appending takes a third less time and the log a tenth less room (npm run bench).
do $$
declare
  name text;
begin
  for name in select inhrelid::regclass::text from pg_inherits where inhparent = 'log_envelopes'::regclass loop
    execute format('alter table %s set (toast_tuple_target = 4080)', name);
  end loop;
end $$;

create or replace function log_make_partition(first bigint, size bigint) returns boolean language plpgsql as $$
declare
  name text := 'log_envelopes_' || lpad(first::text, 15, '0');
begin
  perform pg_advisory_xact_lock(hashtext('refold.log_make_partition'));
  if to_regclass(name) is not null then
    return false;
  end if;
  execute format('create table %I (like log_envelopes including defaults including constraints including storage) with (toast_tuple_target = 4080)', name);
  execute format('alter table %I add primary key (position)', name);
  execute format('create index on %I (project_id, position)', name);
  execute format('create unique index %I on %I (command_id) where command_id is not null', name || '_command', name);
  execute format('alter table %I add constraint in_range check (kind = ''e'' and position >= %s and position < %s)', name, first, first + size);
  execute format('alter table log_envelopes attach partition %I for values from (%s) to (%s)', name, first, first + size);
  execute format('alter table %I drop constraint in_range', name);
  execute format('create trigger append_only_truncate before truncate on %I for each statement execute function log_refuse()', name);
  return true;
end $$;
