-- A share that stops by a death, or waits for it to be known, keeps its span: when there was no
-- death, the months it was not paid are known to the fen.
alter table assistance.benefit_share
  -- First month after a death.
  add column frozen_from date,
  -- First month that waits.
  add column held_from   date;

create index benefit_share_of_person on assistance.benefit_share (person_key);

-- What is due no longer is taken off a payment that has not gone out or came back; nothing is left
-- of it: cancelled.
alter table assistance.payment drop constraint payment_state_check;
alter table assistance.payment add constraint payment_state_check
  check (state in ('pending', 'batched', 'paid', 'returned', 'cancelled'));

-- Payments made afterwards: a person's month may be paid in parts.
alter table assistance.payment_line add column kind text not null default 'regular';
alter table assistance.payment_line drop constraint one_line_per_person_and_month;
alter table assistance.payment_line
  add constraint one_line_per_person_and_month primary key (person_key, benefit, month, kind);

-- Cases whose roll changed for months that may be paid already.
create table assistance.account_due (
  case_number text primary key references assistance.benefit,
  tries       int not null default 0,
  next_at     timestamptz,
  -- Kind of the error, never personal data.
  error       text
);

-- Months paid too much, as the case says.
create table assistance.overpayment (
  case_number   text not null references assistance.benefit,
  person_key    text not null,
  month         date not null,
  open_fen      bigint not null check (open_fen >= 0),
  recovered_fen bigint not null check (recovered_fen >= 0),
  waived_fen    bigint not null check (waived_fen >= 0),
  primary key (case_number, person_key, month)
);
