-- Online memorials 网络祭扫 (rules F17): one for each dead person, kept by the family. Whoever
-- has the code sees it; it is found by name only where the family wants that.
create table burial.memorial (
  id          uuid primary key,
  -- 128 random bits in hex: knowing it is the right to look.
  code        text not null unique,
  person_key  text not null unique,
  -- Where the grave is kept or was signed for, 9 digits: its staff may take the page down.
  division    text not null,
  keeper      uuid not null,
  -- Keyed hash of the name; null: not to be found.
  name_key    text,
  state       text not null check (state in ('open', 'closed', 'taken_down')),
  -- Sealed JSON: name, words of the family, why it was taken down.
  body        bytea not null,
  opened_at   timestamptz not null,
  changed_at  timestamptz not null
);
create index memorial_of_keeper on burial.memorial (keeper);
create index memorial_by_name on burial.memorial (name_key) where name_key is not null;

-- What somebody leaves: words are shown once the keeper has read them.
create table burial.offering (
  id        uuid primary key,
  memorial  uuid not null references burial.memorial,
  kind      text not null,
  account   uuid not null,
  -- Beijing day: one of a kind a day from one account.
  day       date not null,
  -- shown | waiting | refused
  state     text not null check (state in ('shown', 'waiting', 'refused')),
  -- Sealed JSON: name and words.
  body      bytea not null,
  at        timestamptz not null,
  constraint one_offering_a_day unique (memorial, account, kind, day)
);
create index offering_of on burial.offering (memorial, state, at);
