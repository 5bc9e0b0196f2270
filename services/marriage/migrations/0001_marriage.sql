-- Marriage registration. Persons stand here by key; names and ID numbers are sealed (bytea).

-- Halls 婚姻登记处 (rules M10).
create table marriage.hall (
  code        text primary key check (code ~ '^[0-9]{9}-[0-9]{2}$'),
  name        text not null,
  address     text not null,
  phone       text not null,
  division    text not null check (division ~ '^[0-9]{9}$'),
  county      text not null generated always as (left(division, 6)) stored,
  -- 3A, 4A, 5A or empty (MZ/T 024-2011).
  grade       text not null check (grade in ('', '3A', '4A', '5A')),
  competence  text[] not null,
  -- Beijing time; a lunch break from closes_noon to opens_noon.
  opens       time not null,
  closes_noon time not null,
  opens_noon  time not null,
  closes      time not null,
  slot_minutes  int not null check (slot_minutes between 5 and 120),
  slot_capacity int not null check (slot_capacity between 1 and 100),
  active      boolean not null default true
);
create index hall_of_county on marriage.hall (county) where active;

-- Who may register (条例第六条): trained and examined.
create table marriage.registrar (
  account         uuid not null,
  hall            text not null references marriage.hall,
  name            text not null,
  qualified_until date not null,
  primary key (account, hall)
);

-- A time of a hall; the check is the last word on overselling.
create table marriage.slot (
  hall      text not null references marriage.hall,
  starts_at timestamptz not null,
  capacity  int not null,
  booked    int not null default 0,
  primary key (hall, starts_at),
  constraint slot_not_oversold check (booked between 0 and capacity)
);

create sequence marriage.appointment_serial;
create table marriage.appointment (
  number      text primary key,
  hall        text not null,
  starts_at   timestamptz not null,
  kind        text not null check (kind in ('marriage', 'divorce', 'reissue')),
  account     uuid not null,
  state       text not null check (state in ('booked', 'arrived', 'cancelled', 'no_show')),
  -- Sealed JSON: visitors, phone.
  body        bytea not null,
  case_number text,
  booked_at   timestamptz not null,
  changed_at  timestamptz not null,
  foreign key (hall, starts_at) references marriage.slot
);
create index appointment_of_hall on marriage.appointment (hall, starts_at);
create index appointment_of_account on marriage.appointment (account, starts_at desc);
create index appointment_open on marriage.appointment (starts_at) where state = 'booked';

-- One open appointment per person: nobody hoards popular days.
create table marriage.appointment_person (
  number     text not null references marriage.appointment,
  person_key text not null,
  open       boolean not null,
  primary key (number, person_key)
);
create unique index one_open_appointment on marriage.appointment_person (person_key) where open;

-- A person of the register. The row is locked for every change of status, always in
-- the order of the keys.
create table marriage.person (
  person_key text primary key,
  version    bigint not null default 0,
  died_on    date,
  -- death: certified | declaration: by a court (民法典 46)
  death_kind text check (death_kind in ('death', 'declaration')),
  -- full | limited | none (民法典 21, 22)
  capacity   text not null default 'full' check (capacity in ('full', 'limited', 'none')),
  -- Two valid records found (MZ/T 113-2018): no registration until a registrar settles it.
  frozen     text
);

-- A marriage 婚姻关系 (rules A2.2). Rows are never deleted; a correction is a new version.
create table marriage.record (
  id             uuid primary key,
  -- Certificate number; free text for old ones.
  number         text not null,
  kind           text not null check (kind in ('marriage', 'late', 'remarriage', 'historical')),
  state          text not null check (state in ('valid', 'divorced', 'divorced_court',
                   'ended_death', 'ended_declared', 'void', 'annulled', 'revoked')),
  -- The hall that registered; null for history.
  hall           text references marriage.hall,
  division       text not null,
  registered_on  date not null,
  -- Late registration reaches back (解释一第六条).
  effective_from date not null,
  ended_on       date,
  -- Divorce certificate or court paper.
  ended_by       text,
  case_number    text,
  -- 9- or 6-digit division of residence of both, for the figures.
  residence_a    text not null default '',
  residence_b    text not null default '',
  -- Day on which the spouse of somebody declared dead declined in writing to have the
  -- marriage back (民法典 51).
  declined_on    date,
  -- Sealed JSON: both parties as registered.
  body           bytea not null,
  version        bigint not null default 1,
  check ((state = 'valid') = (ended_on is null))
);
create index record_of_hall on marriage.record (hall, registered_on);
create index record_of_number on marriage.record (number);
create index record_of_day on marriage.record (registered_on);

create table marriage.spouse (
  record     uuid not null references marriage.record,
  side       text not null check (side in ('a', 'b')),
  person_key text not null,
  valid      boolean not null,
  primary key (record, side)
);
-- The last word on "one valid marriage per person, nationwide" (民法典 1042).
create unique index one_valid_marriage on marriage.spouse (person_key) where valid;
create index spouse_key on marriage.spouse (person_key);

-- Earlier versions of a record, with who changed it and why (rules A5.7).
create table marriage.record_version (
  record     uuid not null references marriage.record,
  version    bigint not null,
  body       bytea not null,
  state      text not null,
  changed_at timestamptz not null,
  changed_by text not null,
  reason     text not null,
  primary key (record, version)
);

-- Certificate numbers 证字号: one row per prefix, county and year, so that a number
-- that was rolled back is not lost and none is given twice.
create table marriage.certificate_serial (
  prefix text not null,
  county text not null,
  year   int not null,
  last   int not null check (last between 1 and 999999),
  primary key (prefix, county, year)
);

-- Every certificate number ever issued here.
create table marriage.certificate (
  number    text primary key,
  record    uuid not null references marriage.record,
  kind      text not null check (kind in ('marriage', 'divorce')),
  -- valid | ended (divorce) | replaced | void | annulled | revoked
  state     text not null,
  -- The hall that issued it.
  hall      text references marriage.hall,
  issued_on date not null,
  replaces  text,
  case_number text not null
);
create index certificate_of_record on marriage.certificate (record);
create index certificate_of_hall on marriage.certificate (hall, issued_on);

-- One couple, one file 一对一卷.
create table marriage.archive_file (
  id          text primary key,
  record      uuid not null references marriage.record,
  class       text not null check (class in ('marriage', 'divorce', 'revocation', 'reissue')),
  case_number text not null unique,
  archived_at timestamptz not null,
  keep_until  date not null
);

-- Who asked for whose status, why, on which legal basis (rules A5.9).
create table marriage.inquiry (
  id          uuid primary key,
  person_key  text not null,
  asked_at    timestamptz not null,
  account     uuid not null,
  asked_by    text not null,
  purpose     text not null,
  legal_basis text not null,
  answer      text not null
);
create index inquiry_of_person on marriage.inquiry (person_key, asked_at desc);

-- Dishonest applicants 失信 (rules A3.13).
create table marriage.dishonesty (
  id          uuid primary key,
  person_key  text not null,
  ground      text not null,
  case_number text not null,
  noted_on    date not null,
  until       date not null,
  unique (person_key, case_number)
);
create index dishonesty_of_person on marriage.dishonesty (person_key);

-- Historical data entry 历史档案补录 (MZ/T 113-2018).
create table marriage.batch (
  id         uuid primary key,
  title      text not null,
  division   text not null,
  state      text not null check (state in ('open', 'reading', 'comparing', 'ready',
               'publishing', 'published')),
  created_at timestamptz not null,
  created_by text not null,
  account    uuid not null,
  rows_first  bigint not null default 0,
  rows_second bigint not null default 0,
  compared    bigint not null default 0,
  published   bigint not null default 0,
  -- Those that wait for a decision.
  problems    bigint not null default 0,
  -- The last row of the file that each step is done with.
  compared_to  bigint not null default 0,
  divorces_to  bigint not null default 0,
  marriages_to bigint not null default 0
);
create index batch_at_work on marriage.batch (created_at)
  where state in ('reading', 'comparing', 'publishing');
create table marriage.batch_upload (
  batch    uuid not null references marriage.batch,
  entry    int not null check (entry in (1, 2)),
  -- Who typed it: another person than the other entry.
  account  uuid not null,
  format   text not null check (format in ('csv', 'xlsx')),
  received bigint not null default 0,
  complete boolean not null default false,
  -- All its rows are in batch_row.
  read     boolean not null default false,
  primary key (batch, entry)
);
create table marriage.batch_chunk (
  batch   uuid not null,
  entry   int not null,
  at      bigint not null,
  -- Sealed.
  content bytea not null,
  primary key (batch, entry, at),
  foreign key (batch, entry) references marriage.batch_upload
);
create table marriage.batch_row (
  batch     uuid not null references marriage.batch,
  row       bigint not null,
  entry     int not null,
  -- Divorces are published before marriages.
  divorce   boolean not null,
  -- Sealed JSON of the row as typed.
  body      bytea not null,
  -- Keyed hash of the normalised values: equal rows, equal fingerprints.
  fingerprint bytea not null,
  primary key (batch, row, entry)
);
create table marriage.batch_problem (
  batch   uuid not null references marriage.batch,
  row     bigint not null,
  field   text not null,
  code    text not null,
  -- The entry it was found in; null when both were looked at.
  entry   int,
  message text not null,
  -- Sealed JSON: the values of both entries.
  body    bytea not null,
  -- first | second | drop, once a registrar decided.
  decided text check (decided in ('first', 'second', 'drop')),
  decided_by text,
  primary key (batch, row, field, code)
);
-- What was published, so that a second run publishes nothing twice.
create table marriage.batch_published (
  batch  uuid not null references marriage.batch,
  row    bigint not null,
  record uuid not null references marriage.record,
  primary key (batch, row)
);

-- Two valid records of one person: frozen until a registrar settles it.
-- kind: two_valid | death_revoked
create table marriage.conflict (
  id         uuid primary key,
  kind       text not null,
  person_key text not null,
  records    uuid[] not null,
  found_at   timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  kept       uuid,
  reason     text
);
create unique index one_open_conflict on marriage.conflict (person_key) where settled_at is null;
