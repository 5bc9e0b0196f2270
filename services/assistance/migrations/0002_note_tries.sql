-- One case that cannot be told of its payment does not hold up the others.
alter table assistance.payment add column note_tries int not null default 0;
drop index assistance.payment_unnoted;
create index payment_unnoted on assistance.payment (note_tries, settled_at)
  where state in ('paid', 'returned') and noted_at is null;
