-- Care fees of foster families (JY) and what the projects pay (MT, ZX) go the way of the allowances:
-- one row for a payment, batches to the bank, its answer.
alter table child.payment drop constraint payment_case_number_fkey;
alter table child.payment drop constraint payment_part_check;
alter table child.payment
  -- The instalment, for a school year.
  add column period text not null default '',
  add column allowance text generated always as
    (case when kind in ('GE', 'WF') then case_number end) stored references child.allowance,
  add constraint part_of_kind check (
    case kind when 'JY' then part = 'fee' when 'MT' then part = 'bill' when 'ZX' then part = 'instalment'
      else part in ('monthly', 'back_pay', 'supplement') end);
drop index child.one_payment_a_month;
create unique index one_payment_a_month on child.payment (person, month, part)
  where part in ('monthly', 'supplement') and state <> 'cancelled';
-- A family once for a month, a bill once, an instalment of a student once.
create unique index one_fee_a_month on child.payment (case_number, month)
  where part = 'fee' and state <> 'cancelled';
create unique index one_bill_ordered on child.payment (case_number)
  where part = 'bill' and state <> 'cancelled';
create unique index one_instalment_ordered on child.payment (person, period)
  where part = 'instalment' and state <> 'cancelled';

alter table child.payee drop constraint payee_case_number_fkey;

-- The voucher is the bank's batch now: it holds many payments.
drop index child.one_voucher;
