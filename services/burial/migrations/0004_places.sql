-- Holds and uses of a place count against what it takes (rules B5.2) ------------------------

-- A tree takes several families: each hold is a row of its own.
create table burial.spot_hold (
  spot   uuid not null references burial.spot,
  -- account:<id>, or the number of a case.
  holder text not null,
  until  timestamptz not null,
  primary key (spot, holder)
);
create index spot_hold_of on burial.spot_hold (holder);
insert into burial.spot_hold (spot, holder, until)
  select id, held_by, held_until from burial.spot where state = 'held';

alter table burial.spot
  -- Holds as stored, lapsed ones too until the next change of the place.
  add column held int not null default 0 check (held >= 0),
  -- Its area takes nobody new.
  add column closed boolean not null default false,
  drop constraint spot_check,
  drop constraint spot_not_overfull;
update burial.spot set held = 1 where state = 'held';
update burial.spot set state = 'available', held_until = null
 where state = 'held' and kind in ('tree', 'flower', 'lawn', 'wall', 'tower', 'sea')
   and used + held < capacity;
drop index burial.spot_held_by;
alter table burial.spot
  drop column held_by,
  add constraint spot_not_overfull check (used >= 0 and used + held <= capacity),
  add constraint one_family_at_a_time check (
    held = 0 or (held = 1 and used = 0)
    or kind in ('tree', 'flower', 'lawn', 'wall', 'tower', 'sea')),
  -- held: no room beside the holds; then the first of them lapses at held_until.
  add constraint spot_held check (
    (state = 'held') = (held_until is not null) and (state <> 'held' or held > 0));

-- Whoever writes holds, the count follows: one too many violates spot_not_overfull.
create function burial.spot_hold_counts() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    update burial.spot set held = held + 1 where id = new.spot;
  else
    update burial.spot set held = held - 1 where id = old.spot;
  end if;
  return null;
end $$;
create trigger spot_hold_counts after insert or delete on burial.spot_hold
  for each row execute function burial.spot_hold_counts();

-- Whether somebody may choose it then: said once for every list.
create function burial.spot_is_free(spot burial.spot, at timestamptz) returns boolean
  language sql immutable as $$
  select not spot.closed
     and (spot.state = 'available' or (spot.state = 'held' and spot.held_until <= at))
$$;

-- Ashes never move by one person (国令824号; rules F07) ---------------------------------------

alter table burial.urn_move
  add column first_account uuid,
  add column second_account uuid,
  add constraint two_persons check (first_account <> second_account),
  -- Moves of before carry names only.
  add constraint both_accounts
    check (first_account is not null and second_account is not null) not valid;
alter table burial.spot_use
  add column laid_first uuid,
  add column laid_second uuid,
  add constraint laid_by_two check (
    (laid_first is null) = (laid_second is null)
    and (laid_first is null or laid_first <> laid_second));
alter table burial.deposit
  add column first_account uuid,
  add column second_account uuid,
  add constraint stored_by_two check (
    (first_account is null) = (second_account is null)
    and (first_account is null or first_account <> second_account));
