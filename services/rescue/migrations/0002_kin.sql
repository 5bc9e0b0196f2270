-- The relative search 寻亲 (rules R06, R15): reports of missing people and clues of stranded ones.
-- Everything told of a person is sealed, the compact features too: they hold characters of the
-- name and digits of the citizen number. The face is biometric: sealed in a column of its own,
-- opened for nothing but this search.
--
-- `changed` is the transaction that wrote the row last. Each process follows with
-- "changed >= what was running when I looked last", which loses no row whose transaction commits
-- late, as a sequence would.

create table rescue.report (
  id          bigint generated always as identity primary key,
  -- Number for people: the family's case, or GA/YS and the external id.
  number      text not null unique,
  source      text not null check (source in ('family', 'police', 'register')),
  external_id text not null,
  -- The family's case.
  case_number text unique,
  state       text not null default 'open' check (state in ('open', 'found', 'withdrawn')),
  person_key  text,
  reported_on date,
  -- Sealed JSON without the face.
  sealed      bytea not null,
  features    bytea not null,
  face        bytea,
  -- The family lets a photograph be compared (家属同意); batches of the police need none.
  face_consent boolean not null default false,
  -- The county whose office brought it in a batch, six digits: nobody else changes it. Null: the
  -- service itself wrote it.
  county      text,
  -- The search has run since the last change.
  searched    boolean not null default false,
  changed     xid8 not null default pg_current_xact_id(),
  changed_at  timestamptz not null,
  unique (source, external_id),
  check ((source = 'family') = (case_number is not null))
);
create index report_changed on rescue.report (changed, id);
create index report_list on rescue.report (id desc) where state = 'open';
create index report_to_search on rescue.report (id) where not searched and state = 'open';

create table rescue.clues (
  id          bigint generated always as identity primary key,
  case_number text not null unique,
  active      boolean not null default true,
  sealed      bytea not null,
  face        bytea,
  searched    boolean not null default false,
  changed     xid8 not null default pg_current_xact_id(),
  changed_at  timestamptz not null
);
create index clues_changed on rescue.clues (changed);
create index clues_to_search on rescue.clues (id) where not searched and active;

-- A pair that somebody looks at: one row for ever, one case (BD).
create table rescue.kin_match (
  stay        text not null,
  report      text not null references rescue.report (number),
  case_number text not null unique,
  -- What the comparison weighed when it was raised, in nats.
  score       real not null,
  -- system | staff
  source      text not null check (source in ('system', 'staff')),
  state       text not null check (state in ('candidate', 'compared', 'confirmed', 'rejected')),
  first_by    uuid, second_by uuid,
  changed_at  timestamptz not null,
  primary key (stay, report),
  -- Two persons compare.
  constraint two_persons check (first_by <> second_by),
  check (state not in ('compared', 'confirmed') or (first_by is not null and second_by is not null))
);
create unique index one_match_of_stay on rescue.kin_match (stay) where state = 'confirmed';
create unique index one_match_of_report on rescue.kin_match (report) where state = 'confirmed';
create index kin_match_open on rescue.kin_match (state) where state in ('candidate', 'compared');
