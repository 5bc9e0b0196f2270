-- One bad row holds up no other: it is set aside for a while with the kind of its
-- error (a code, never personal data).
alter table assistance.payment rename column note_tries to tries;
alter table assistance.payment
  add column next_at timestamptz,
  add column error   text,
  -- Version of the account the batch was made with.
  add column payee_version bigint;
drop index assistance.payment_unnoted;
create index payment_unnoted on assistance.payment (settled_at)
  where state in ('paid', 'returned') and noted_at is null;

alter table assistance.payment_run
  add column tries   int not null default 0,
  add column next_at timestamptz,
  add column error   text;

-- The bank's answer is not as agreed: a person looks, the bank is asked on.
alter table assistance.payment_batch add column error text;
