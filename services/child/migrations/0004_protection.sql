-- Reports, the four-step case, guardianship by civil affairs, where a child is (rules B2.7 to B2.9).
-- Persons stand here by key; names and stories are sealed (bytea).
create extension if not exists btree_gist;

-- One row for each case GA; the case holds the story.
create table child.protection (
  case_number    text primary key,
  division       text not null check (division ~ '^[0-9]{9}([0-9]{3})?$'),
  state          text not null,
  -- Person key of the child; null while nobody knows who it is.
  child_key      text,
  reported_at    timestamptz not null,
  channel        text not null,
  duty_bound     boolean not null,
  danger_now     boolean not null,
  police_told_at timestamptz,
  -- Low to urgent; empty: not triaged.
  risk           text not null default '',
  -- The case it was merged into, or that took it over elsewhere: a report never ends otherwise
  -- than by a recorded decision.
  goes_on_in     text references child.protection,
  -- Guardianship by civil affairs that this case opened last.
  custody_case   text,
  -- Sealed JSON: what lists show of the child.
  sealed         bytea not null,
  check ((state in ('merged', 'transferred')) = (goes_on_in is not null))
);
create index protection_of_child on child.protection (child_key) where child_key is not null;
create index protection_of_place on child.protection (division text_pattern_ops, reported_at desc);

-- Nobody deletes a report (rules B5.4).
create function child.report_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a report is never deleted' using errcode = 'restrict_violation';
end $$;
create trigger report_stays before delete on child.protection
  for each row execute function child.report_stays();

-- Who may have harmed a child: no carer, no receiver of its money while the case is open (B5.12).
create table child.suspect (
  case_number text not null references child.protection,
  person_key  text not null,
  primary key (case_number, person_key)
);
create index suspect_person on child.suspect (person_key);

-- Who reported: sealed, never in the case, in lists, exports (rules B5.3). Also the second report
-- of a merged case stays with its own number.
create table child.reporter (
  case_number text primary key references child.protection,
  -- Of the code by which the reporter asks what became of it.
  code_hash   bytea not null check (length(code_hash) = 32),
  known       boolean not null,
  -- Sealed JSON: kind, name, telephone, unit.
  sealed      bytea not null
);
create trigger reporter_stays before delete on child.reporter
  for each row execute function child.report_stays();

-- Guardianship by civil affairs 临时监护、长期监护: from the first day to the last one body answers
-- for the child, and the child is in exactly one place (rules B5.9).
create table child.custody (
  id          uuid primary key,
  kind        text not null check (kind in ('temporary', 'long')),
  -- The case that bears it now: LJ, then perhaps CG.
  case_number text not null,
  -- Person key of the child; null while nobody knows who it is.
  child_key   text,
  -- County whose civil affairs are the guardian.
  guardian    text not null check (guardian ~ '^[0-9]{6}$'),
  division    text not null check (division ~ '^[0-9]{9}([0-9]{3})?$'),
  started_at  timestamptz not null,
  until       timestamptz not null default 'infinity' check (started_at < until),
  -- Its last placement.
  last        int not null default 1 check (last >= 1),
  open_case   text generated always as (case when not isfinite(until) then case_number end) stored,
  unique (id, started_at),
  unique (id, until),
  constraint one_open_custody_of_case unique (open_case),
  constraint one_custody_of_child exclude using gist
    (child_key with =, tstzrange(started_at, until) with &&) where (child_key is not null)
);
create index custody_of_case on child.custody (case_number);
create index custody_of_place on child.custody (division text_pattern_ops) where not isfinite(until);

-- Where the child is: a chain without gap and without overlap. The first placement begins with the
-- custody, each next one where the one before ends, the last one ends with the custody.
create table child.placement (
  custody     uuid not null references child.custody,
  nth         int not null check (nth >= 1),
  case_number text not null,
  kind        text not null check (kind in ('relative', 'foster', 'centre', 'home')),
  -- Person key of the carer; null: an institution.
  carer_key   text,
  from_at     timestamptz not null,
  to_at       timestamptz not null default 'infinity' check (from_at < to_at),
  custody_until timestamptz not null default 'infinity' check (to_at <= custody_until),
  before      int generated always as (nullif(nth - 1, 0)) stored,
  first_at    timestamptz generated always as (case when nth = 1 then from_at end) stored,
  -- Sealed JSON: carer, telephone.
  sealed      bytea not null,
  primary key (custody, nth),
  unique (custody, nth, to_at),
  check ((kind in ('relative', 'foster')) = (carer_key is not null)),
  foreign key (custody, first_at) references child.custody (id, started_at)
    deferrable initially deferred,
  constraint no_gap foreign key (custody, before, from_at) references child.placement (custody, nth, to_at)
    deferrable initially deferred,
  foreign key (custody, custody_until) references child.custody (id, until)
    on update cascade deferrable initially deferred,
  constraint one_place_at_a_time exclude using gist
    (custody with =, tstzrange(from_at, to_at) with &&)
);
create index placement_of_carer on child.placement (carer_key) where carer_key is not null;
alter table child.custody add constraint placed_to_the_end
  foreign key (id, last, until) references child.placement (custody, nth, to_at)
  deferrable initially deferred;

-- A case of guardianship that is open bears an open custody.
create table child.guardianship (
  case_number text primary key,
  kind        text not null check (kind in ('temporary', 'long')),
  -- The case GA it came from; null: none.
  protection  text references child.protection,
  child_key   text,
  open        boolean not null,
  state       text not null,
  -- Guardians are under suspicion: no money to them (rules B5.12).
  suspicion   boolean not null default false,
  -- Sealed JSON: what lists show of the child.
  sealed      bytea not null,
  must        text generated always as (case when open then case_number end) stored,
  constraint in_care foreign key (must) references child.custody (open_case)
    deferrable initially deferred
);
create index guardianship_of_child on child.guardianship (child_key) where child_key is not null;
create index guardianship_of_protection on child.guardianship (protection) where protection is not null;

-- A minor whom a rescue station found comes under guardianship once.
create table child.found_at_station (
  stay        text primary key,
  case_number text not null references child.guardianship
);
