-- How much of each quota is used up, so that a restart does not begin a long window anew and processes know of each other. Operational:
-- ingest/quota adds to it every few seconds; without it every process counts for itself.
create table quota_usage (
  quota   text not null,                    -- its id in core/quota/apply.ts
  started bigint not null,                  -- number of its window since 1970
  seconds bigint not null,                  -- length of the window
  used    bigint not null,
  primary key (quota, started)
) with (fillfactor = 50);                   -- few rows, updated all the time
