-- Operational tables: what must be deletable does not belong in a log that cannot be edited (architecture 2).
create sequence project_id_seq as integer;
create sequence key_id_seq as integer;

create table account (
  id            integer primary key generated always as identity,
  email         text not null,
  name          text not null,
  password_hash text not null,               -- argon2id, PHC string
  role          text not null check (role in ('owner', 'member')),
  options       text not null default '{}',  -- theme, stack trace order …: JSON text, the app's own
  created_at    timestamptz not null default now(),
  last_seen_at  timestamptz
);
create unique index account_email on account (lower(email));

create table session (
  id         text primary key,               -- sha256 of the session id in the cookie
  data       text not null,
  account_id integer references account on delete cascade,
  expires_at timestamptz not null
);
create index session_expires on session (expires_at);

create table token (
  id              integer primary key generated always as identity,
  account_id      integer not null references account on delete cascade,
  name            text not null,
  hash            text not null unique,      -- sha256 of the 40 hex digits
  last_characters text not null,
  scopes          text[] not null,
  created_at      timestamptz not null default now(),
  last_used_at    timestamptz
);
