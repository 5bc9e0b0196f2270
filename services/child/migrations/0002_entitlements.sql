-- Orphans and children in fact unattended 孤儿、事实无人抚养儿童 (rules B2.1 to B2.3, B3). Persons
-- stand here by key only; names and accounts are sealed. Amounts are fen; months their first day.
create extension if not exists btree_gist;

-- Every case of both items, as lists and other cases need it.
create table child.entitlement (
  case_number text primary key,
  kind        text not null check (kind in ('GE', 'WF')),
  division    text not null,
  county      text not null generated always as (left(division, 6)) stored,
  -- Empty: the child has no number yet.
  person      text not null,
  applicant   text not null,
  state       text not null,
  closed      boolean not null,
  -- Sealed name of the child.
  label       bytea not null,
  verified_by uuid,
  examined_by uuid,
  decided_by  uuid,
  -- 初审、决定 are two people, and neither is who verified.
  constraint two_persons check (examined_by <> decided_by),
  constraint not_who_verified check (verified_by <> decided_by and verified_by <> examined_by)
);
create index entitlement_of_person on child.entitlement (person) where not closed;
create unique index one_review on child.entitlement (person) where state = 'review';

-- What was confirmed. The constraint is the last word on "never GE and WF at once" (rules B5.8).
create table child.allowance (
  case_number  text primary key references child.entitlement,
  kind         text not null,
  person       text not null check (person <> ''),
  division     text not null,
  county       text not null generated always as (left(division, 6)) stored,
  from_month   date not null,
  -- First month no longer paid.
  until_month  date check (until_month >= from_month),
  ended_reason text,
  held         boolean not null default false,
  constraint one_entitlement_a_month exclude using gist
    (person with =, daterange(from_month, until_month) with &&)
);
create index allowance_of_county on child.allowance (county, case_number);

-- Who brings the child up, from a month on.
create table child.allowance_terms (
  case_number text not null references child.allowance,
  from_month  date not null,
  upbringing  text not null,
  primary key (case_number, from_month)
);

-- What the child draws besides, from a month on; 0: no more.
create table child.drawn_benefit (
  case_number text not null references child.entitlement,
  benefit     text not null check (benefit in ('DB', 'TK', 'CJ')),
  from_month  date not null,
  fen         bigint not null check (fen >= 0),
  primary key (case_number, benefit, from_month)
);

-- Who receives the money; sealed: holder, bank, account.
create table child.payee (
  case_number text primary key references child.entitlement,
  version     bigint not null,
  kind        text not null,
  -- Person key; empty: an institution.
  person      text not null,
  body        bytea not null
);

-- Who may not, because of which case (rules B5.12).
create table child.barred_payee (
  case_number text not null references child.entitlement,
  person      text not null,
  cause       text not null,
  since       timestamptz not null,
  lifted_at   timestamptz,
  primary key (case_number, person, cause)
);

create table child.payment_run (
  county  text not null,
  month   date not null,
  made_at timestamptz not null,
  primary key (county, month)
);

-- Batches to the bank; the body is kept so that a repeat sends the very same.
create table child.payment_batch (
  key         text primary key,
  county      text not null,
  lines       int not null,
  fen         bigint not null,
  body        bytea not null,
  state       text not null check (state in ('ready', 'settled')),
  attempts    int not null default 0,
  next_at     timestamptz not null,
  lease_until timestamptz,
  created_at  timestamptz not null,
  settled_at  timestamptz,
  error       text
);
create index payment_batch_open on child.payment_batch (next_at) where state <> 'settled';
create sequence child.batch_serial;

create table child.payment (
  id            uuid primary key,
  case_number   text not null references child.allowance,
  kind          text not null,
  person        text not null,
  division      text not null,
  county        text not null generated always as (left(division, 6)) stored,
  month         date not null,
  run_month     date not null,
  part          text not null check (part in ('monthly', 'back_pay', 'supplement')),
  fen           bigint not null check (fen > 0),
  -- held: waits for a payee, or is stopped; ready: goes into the next batch.
  state         text not null
                check (state in ('held', 'ready', 'sent', 'paid', 'returned', 'cancelled')),
  reason        text not null default '',
  payee_kind    text not null default '',
  payee_person  text not null default '',
  payee_version bigint,
  payee_name    bytea,
  batch         text references child.payment_batch,
  made_at       timestamptz not null,
  sent_at       timestamptz,
  settled_at    timestamptz,
  noted_at      timestamptz,
  tries         int not null default 0,
  next_at       timestamptz
);
-- One child, one month, once: whatever the entitlement.
create unique index one_payment_a_month on child.payment (person, month, part)
  where part <> 'back_pay' and state <> 'cancelled';
create unique index one_back_pay_a_run on child.payment (person, month, run_month)
  where part = 'back_pay' and state <> 'cancelled';
create index allowance_payment_of_case on child.payment (case_number, month);
create index allowance_payment_open on child.payment (county) where state in ('held', 'ready');
create index allowance_payment_of_batch on child.payment (batch);
create index allowance_payment_unnoted on child.payment (settled_at)
  where state in ('paid', 'returned') and noted_at is null;

-- The last word before money leaves: never to somebody barred (rules B5.12), never to an orphan
-- who is in 特困 that month (rules B5.8).
create function child.payment_leaves() returns trigger language plpgsql as $$
begin
  if new.state = 'sent' and old.state is distinct from 'sent' then
    if exists (select 1 from child.barred_payee b
                where b.case_number = new.case_number and b.lifted_at is null
                  and b.person = new.payee_person) then
      raise exception 'barred payee' using errcode = 'check_violation', constraint = 'not_to_barred';
    end if;
    if new.kind = 'GE' and coalesce((
         select d.fen from child.drawn_benefit d
          where d.case_number = new.case_number and d.benefit = 'TK' and d.from_month <= new.month
          order by d.from_month desc limit 1), 0) > 0 then
      raise exception 'double benefit' using errcode = 'check_violation',
        constraint = 'not_with_extreme_poverty';
    end if;
  end if;
  return new;
end $$;
create trigger payment_leaves before update of state on child.payment
  for each row execute function child.payment_leaves();

-- Paid too much, as a later decision made it.
create table child.overpayment (
  case_number   text not null references child.allowance,
  month         date not null,
  fen           bigint not null check (fen >= 0),
  recovered_fen bigint not null default 0,
  reason        text not null,
  found_at      timestamptz not null,
  primary key (case_number, month),
  check (recovered_fen <= fen)
);

-- What the comparison of a month found, by code.
create table child.comparison (
  case_number text not null references child.entitlement,
  month       date not null,
  asked_at    timestamptz not null,
  answered_at timestamptz,
  found       text[] not null default '{}',
  settled     boolean not null default false,
  primary key (case_number, month)
);
create index comparison_of_month on child.comparison (month);
