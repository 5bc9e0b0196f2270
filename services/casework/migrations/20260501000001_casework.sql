-- The life of a case. Everything that names a person is sealed (bytea).

-- Gaps are harmless; a counter row per county and day would serialise commits.
create sequence casework.case_serial;

create table casework.case_file (
  id             uuid primary key,
  number         text not null constraint case_number_once unique,
  item           text not null,
  division       text not null check (division ~ '^[0-9]{9,12}$'),
  province       text not null generated always as (left(division, 2)) stored,
  prefecture     text not null generated always as (left(division, 4)) stored,
  county         text not null generated always as (left(division, 6)) stored,
  township       text not null generated always as (left(division, 9)) stored,
  state          text not null,
  -- Role codes that are awaited, joined by '+'; 'applicant', 'department', 'time', 'standing' or 'nobody'.
  awaiting       text not null,
  closed         boolean not null,
  applicant_key  text not null,
  account        uuid not null,
  applicant_name bytea not null,
  -- Sealed JSON: form, facts, materials, missing.
  body           bytea not null,
  version        bigint not null check (version > 0),
  -- Nearest running legal clock; the year 9999 when none runs.
  due_at         timestamptz not null,
  submitted_at   timestamptz not null,
  updated_at     timestamptz not null,
  assignee       uuid,
  assignee_name  text
);

-- The worklist reads one of these in order, whatever the size of the table.
create index case_work_township on casework.case_file (township, awaiting, due_at, id) where not closed;
create index case_work_county on casework.case_file (county, awaiting, due_at, id) where not closed;
create index case_work_prefecture on casework.case_file (prefecture, awaiting, due_at, id) where not closed;
create index case_work_province on casework.case_file (province, awaiting, due_at, id) where not closed;
create index case_of_applicant on casework.case_file (applicant_key, submitted_at desc, id desc);
create index case_of_account on casework.case_file (account, submitted_at desc, id desc);

-- Everybody on a form, by key: conflicts of interest, reactions to events.
create table casework.case_person (
  case_id    uuid not null references casework.case_file,
  person_key text not null,
  relation   text not null,
  primary key (case_id, person_key)
);
create index case_person_key on casework.case_person (person_key);

create table casework.history (
  case_id    uuid not null references casework.case_file,
  version    bigint not null,
  at         timestamptz not null,
  action     text not null,
  state      text not null,
  actor_kind text not null,
  actor      uuid,
  actor_name text not null,
  note       text not null,
  cause      text not null,
  -- Not shown to the applicant.
  confidential boolean not null,
  -- Versions of the parameters that the decision used.
  rules      text[] not null,
  primary key (case_id, version)
);

create table casework.clock (
  case_id          uuid not null references casework.case_file,
  name             text not null,
  label            text not null,
  legal_basis      text not null,
  started_at       timestamptz not null,
  last_day         date not null,
  due_at           timestamptz not null,
  provisional      boolean not null,
  calendar_version text not null,
  fires            boolean not null,
  -- Set when it stopped, or when it fired.
  ended_at         timestamptz,
  -- A firing that failed is tried again after this instant (wall clock).
  not_before       timestamptz,
  primary key (case_id, name)
);
create index clock_due on casework.clock (due_at) where fires and ended_at is null;

create table casework.notice (
  id           uuid primary key,
  case_id      uuid not null references casework.case_file,
  name         text not null,
  kind         text not null,
  title        text not null,
  rows         jsonb not null,
  body         text not null,
  place        text not null,
  division     text not null,
  posted_at    timestamptz not null,
  posted_by    text not null,
  last_day     date not null,
  ends_at      timestamptz not null,
  withdrawn_at timestamptz
);
create index notice_running on casework.notice (posted_at desc, id desc) where withdrawn_at is null;
create index notice_of_case on casework.notice (case_id);

create table casework.objection (
  id         uuid primary key,
  notice_id  uuid not null references casework.notice,
  -- Sealed JSON: content, name, phone.
  body       bytea not null,
  at         timestamptz not null,
  settled_at timestamptz,
  -- Sealed text.
  result     bytea
);
create index objection_of_notice on casework.objection (notice_id);

create table casework.document (
  id        uuid primary key,
  case_id   uuid not null references casework.case_file,
  kind      text not null,
  title     text not null,
  body      bytea not null,
  issued_at timestamptz not null
);
create index document_of_case on casework.document (case_id, issued_at);

create table casework.draft (
  account  uuid not null,
  item     text not null,
  division text not null,
  -- Sealed JSON: form, materials.
  body     bytea not null,
  version  bigint not null,
  saved_at timestamptz not null,
  primary key (account, item)
);

-- Calls to other departments, repeated until answered.
create table casework.errand (
  key         text primary key,
  case_id     uuid not null references casework.case_file,
  kind        text not null,
  payload     bytea not null,
  attempts    int not null default 0,
  next_at     timestamptz not null,
  lease_until timestamptz,
  done_at     timestamptz,
  last_error  text
);
create index errand_open on casework.errand (next_at) where done_at is null;
