-- Files of children, visits, entrusted care, directors and stations (rules B2.4 to B2.6).

-- The file of a child (rules B2.4): what lists read. Names are sealed.
create table child.file (
  case_number text primary key,
  kind text not null check (kind in ('hardship', 'left_behind', 'migrant')),
  -- 9 or 12 digits.
  division text not null,
  state text not null, open boolean not null,
  level text not null check (level in ('high', 'middle', 'low')),
  -- Person key of the child; null while it has no number.
  child_key text,
  -- Person key, or the blind index of name and birth of a child without a number.
  child_mark text not null,
  father_key text, mother_key text, carer_key text,
  -- A signed 监护责任确认书.
  letter boolean not null default false,
  -- Who is alarmed that a visit is late: '', supervisor, county.
  alarm text not null default '' check (alarm in ('', 'supervisor', 'county')),
  categories text[] not null default '{}',
  last_visit_at timestamptz, last_outcome text not null default '',
  sealed bytea not null
);
-- One child, one open file (rules B2.4).
create unique index one_file on child.file (child_mark) where open;
create index file_of_division on child.file (division text_pattern_ops, case_number) where open;
create index file_of_child on child.file (child_key) where open;
create index file_of_father on child.file (father_key) where open;
create index file_of_mother on child.file (mother_key) where open;

-- Visits (rules B2.5). The id is given by the phone.
create table child.visit (
  id uuid primary key,
  file text not null references child.file,
  made_at timestamptz not null, received_at timestamptz not null,
  account uuid, outcome text not null,
  unsettled boolean not null default false,
  version bigint not null check (version > 0),
  -- What was seen, who wrote which field, photographs.
  sealed bytea not null
);
create index visit_of_file on child.visit (file, made_at desc);
create index visit_of_account on child.visit (account, made_at);

-- The plan: a file has at most one visit to make.
create table child.visit_plan (
  id uuid primary key,
  file text not null references child.file,
  due_on date not null,
  -- The visit that fulfilled it; null with ended_at: it fell away.
  done_by uuid references child.visit,
  ended_at timestamptz,
  check (done_by is null or ended_at is not null)
);
create unique index one_plan on child.visit_plan (file) where ended_at is null;
create index plan_due on child.visit_plan (due_on) where ended_at is null;

-- Whoever cares for children of others, by key; `barred` is the word of 未成年人保护法22.
create table child.carer (
  person_key text primary key,
  barred boolean not null default false,
  constraint carer_word unique (person_key, barred)
);
-- Why somebody is barred. Such a row stands only beside a carer who is barred.
create table child.barred_carer (
  person_key text not null,
  code text not null check (code in ('sexual', 'maltreatment', 'abandonment', 'trafficking',
                                     'violence', 'habit', 'refused', 'unfit')),
  since date not null,
  -- Case that found it; empty: told by another department.
  case_number text not null default '',
  barred boolean not null generated always as (true) stored,
  primary key (person_key, code),
  constraint barred_is_said foreign key (person_key, barred)
    references child.carer (person_key, barred)
);

-- Entrusted care (rules B2.6). While the carer is trusted, `trusted` is false and points at a carer
-- who is not barred: a barred one cannot be active, whoever writes the row (rules B5.11).
create table child.entrusted (
  case_number text primary key,
  division text not null,
  state text not null, open boolean not null,
  parent_key text not null, child_mark text not null, carer_key text not null,
  barred boolean generated always as (
    case when state in ('suitable', 'signed', 'active') then false end) stored,
  sealed bytea not null,
  constraint carer_not_barred foreign key (carer_key, barred)
    references child.carer (person_key, barred)
);
create unique index one_entrustment on child.entrusted (child_mark) where open;
create index entrusted_of_carer on child.entrusted (carer_key) where open;

-- Directors and supervisors 儿童主任、儿童督导员 (民发〔2019〕34号). Names are sealed.
create table child.director (
  id uuid primary key,
  post text not null check (post in ('director', 'supervisor')),
  -- 12 digits of a director, 9 of a supervisor.
  division text not null check (length(division) = case post when 'director' then 12 else 9 end),
  person_key text not null,
  committee boolean not null default false,
  -- Name to log in with; empty: none.
  account text not null default '',
  since date not null, until date,
  active boolean not null generated always as (until is null) stored,
  record_checked_on date,
  record_result text not null default '' check (record_result in ('', 'clean', 'barred')),
  record_paper text not null default '',
  version bigint not null default 1,
  sealed bytea not null,
  check (until >= since),
  check ((record_checked_on is null) = (record_result = '')),
  -- 未成年人保护法62: nobody with a record goes on.
  constraint director_not_barred check (until is not null or record_result <> 'barred')
);
-- The same person is on the roster of a place once.
create unique index one_post on child.director (person_key, division) where until is null;
create index director_of_division on child.director (division text_pattern_ops) where until is null;

create table child.training (
  id uuid primary key,
  director uuid not null references child.director,
  held_on date not null, hours integer not null check (hours between 1 and 200),
  title text not null
);
create index training_of_director on child.training (director, held_on);

-- Stations 工作站, centres, welfare homes, children's homes 儿童之家, project sites.
create table child.place (
  id uuid primary key,
  kind text not null check (kind in ('station', 'centre', 'welfare_home', 'home', 'companion')),
  -- 6, 9 or 12 digits by kind.
  division text not null,
  name text not null, address text not null default '', phone text not null default '',
  hours text not null default '', staff integer not null default 0 check (staff >= 0),
  active boolean not null default true, version bigint not null default 1
);
-- One station for each township, one centre for each county (未成年人保护法81).
create unique index one_station on child.place (kind, division)
  where active and kind in ('station', 'centre');
create index place_of_division on child.place (division text_pattern_ops) where active;
