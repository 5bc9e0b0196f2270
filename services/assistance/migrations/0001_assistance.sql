-- The roll and its payments. Amounts are fen; months are their first day.
-- Persons stand here by key only; account numbers and names are sealed.

-- One row per granted case.
create table assistance.benefit (
  case_number   text primary key,
  benefit       text not null,
  division      text not null,
  county        text not null generated always as (left(division, 6)) stored,
  from_month    date not null,
  -- First month that is not paid; null while support goes on.
  until_month   date,
  ended_reason  text,
  check (until_month is null or until_month >= from_month)
);
create index benefit_of_county on assistance.benefit (county, case_number);

-- Who is supported. The partial index is the last word on "one person, one support".
create table assistance.benefit_member (
  case_number text not null references assistance.benefit,
  person_key  text not null,
  benefit     text not null,
  active      boolean not null,
  primary key (case_number, person_key)
);
create unique index one_person_one_support on assistance.benefit_member (person_key) where active;

-- Dated shares: [from_month, until_month).
create table assistance.benefit_share (
  case_number text not null references assistance.benefit,
  person_key  text not null,
  from_month  date not null,
  until_month date,
  amount_fen  bigint not null check (amount_fen >= 0),
  primary key (case_number, person_key, from_month),
  check (until_month is null or until_month >= from_month)
);
create unique index one_open_share on assistance.benefit_share (case_number, person_key)
  where until_month is null;

-- Where the money goes; sealed JSON: holder, bank, account.
create table assistance.payee (
  case_number text primary key,
  version     bigint not null,
  body        bytea not null
);

-- One run per county and month.
create table assistance.payment_run (
  county     text not null,
  month      date not null,
  -- open: being made; made: every payment of the month stands; broken: sums differ.
  state      text not null check (state in ('open', 'made', 'broken')),
  -- Last case number of the last chunk.
  done_to    text not null default '',
  started_at timestamptz not null,
  made_at    timestamptz,
  primary key (county, month)
);

-- Batches to the bank; the body is kept so that a repeat sends the very same.
create table assistance.payment_batch (
  key         text primary key,
  county      text not null,
  month       date not null,
  lines       int not null,
  amount_fen  bigint not null,
  -- Part that the bank sent back and that went out again in a later batch.
  repaired_fen bigint not null default 0,
  body        bytea not null,
  state       text not null check (state in ('ready', 'sent', 'settled')),
  attempts    int not null default 0,
  next_at     timestamptz not null,
  lease_until timestamptz,
  created_at  timestamptz not null,
  settled_at  timestamptz
);
create index payment_batch_open on assistance.payment_batch (next_at) where state <> 'settled';
create sequence assistance.batch_serial;

-- One payment per household, month and kind.
create table assistance.payment (
  id          uuid primary key,
  case_number text not null references assistance.benefit,
  benefit     text not null,
  county      text not null,
  month       date not null,
  kind        text not null default 'regular',
  amount_fen  bigint not null check (amount_fen > 0),
  -- pending: waits for a batch; batched; paid; returned: waits for a new account.
  state       text not null check (state in ('pending', 'batched', 'paid', 'returned')),
  batch       text references assistance.payment_batch,
  reason      text,
  made_at     timestamptz not null,
  settled_at  timestamptz,
  -- Said on the case and to the family.
  noted_at    timestamptz,
  constraint one_payment_per_month unique (case_number, month, kind)
);
create index payment_pending on assistance.payment (county, month, id) where state = 'pending';
create index payment_unnoted on assistance.payment (settled_at)
  where state in ('paid', 'returned') and noted_at is null;
create index payment_of_batch on assistance.payment (batch);

-- Whose shares a payment is made of: one per person, benefit and month.
create table assistance.payment_line (
  payment_id uuid not null references assistance.payment,
  person_key text not null,
  benefit    text not null,
  month      date not null,
  amount_fen bigint not null check (amount_fen > 0),
  constraint one_line_per_person_and_month primary key (person_key, benefit, month)
);
create index payment_line_of_payment on assistance.payment_line (payment_id);
