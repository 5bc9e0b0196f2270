-- A case has a bill for its contract and one for each renewal; the database has the last word
-- on prices within a range; a death certificate is used once for a grave and for each help.

alter table burial.bill
  add column round int not null default 1 check (round > 0),
  drop constraint bill_case_number_key,
  add constraint one_bill_a_round unique (case_number, round);
create index bill_of_person on burial.bill (person_key) where person_key is not null;

-- What a unit cost; null on lines of before.
alter table burial.bill_line add column unit_fen bigint;
create function burial.bill_line_price() returns trigger language plpgsql as $$
begin
  if not exists (select from burial.price
                  where code = new.code and division = new.division
                    and valid_from = new.valid_from
                    and new.unit_fen between fen and coalesce(fen_to, fen)) then
    raise exception 'a price outside the list' using constraint = 'bill_line_price';
  end if;
  return new;
end $$;
create trigger bill_line_price before insert on burial.bill_line
  for each row when (new.unit_fen is not null) execute function burial.bill_line_price();

alter table burial.death_use
  drop constraint death_use_used_for_check,
  add constraint death_use_used_for_check
    check (used_for in ('police', 'funeral', 'insurance', 'grave', 'eco_subsidy', 'refund'));
