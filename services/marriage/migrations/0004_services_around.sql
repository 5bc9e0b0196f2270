-- Services around the registration: counselling 婚姻家庭辅导 (rules M12), ceremonies 颁证仪式
-- (M11), objections to an entry of the dishonest 失信 (M17).

-- The counsellor's times. A session takes no place from the counter, and none is taken
-- from it on a popular day.
create table marriage.counselling_slot (
  hall      text not null references marriage.hall,
  starts_at timestamptz not null,
  capacity  int not null,
  booked    int not null default 0,
  primary key (hall, starts_at),
  constraint counselling_slot_not_oversold check (booked between 0 and capacity)
);

alter table marriage.appointment
  drop constraint appointment_kind_check,
  drop constraint appointment_hall_starts_at_fkey,
  add constraint appointment_kind_check
    check (kind in ('marriage', 'divorce', 'reissue', 'counselling')),
  -- Guests of a ceremony; null without one.
  add column guests int check (guests >= 0),
  add column by_phone boolean not null default false,
  -- Sealed JSON: topic and who recorded it. Of the content nothing is kept.
  add column note bytea,
  add constraint ceremony_with_a_marriage check (guests is null or kind = 'marriage'),
  add constraint only_counselling_by_phone check (not by_phone or kind = 'counselling'),
  add constraint only_counselling_noted check (note is null or kind = 'counselling'),
  -- Each kind stands on the places it takes.
  add column counter_at timestamptz
    generated always as (case when kind <> 'counselling' then starts_at end) stored,
  add column counselling_at timestamptz
    generated always as (case when kind = 'counselling' then starts_at end) stored;
alter table marriage.appointment
  add foreign key (hall, counter_at) references marriage.slot (hall, starts_at),
  add foreign key (hall, counselling_at) references marriage.counselling_slot (hall, starts_at);

-- Counselling never stands in the way of an appointment at the counter, and the other way
-- round.
alter table marriage.appointment_person add column counselling boolean not null default false;
drop index marriage.one_open_appointment;
create unique index one_open_appointment
  on marriage.appointment_person (person_key, counselling) where open;

-- body: sealed JSON, the name. division: of the hall that noted it; earlier rows have the
-- county in the number of their case.
alter table marriage.dishonesty
  add column body bytea,
  add column division text not null default '',
  -- Sealed JSON: what the person says against it.
  add column objection bytea,
  add column contested_at timestamptz,
  add column contested_by uuid,
  add column lifted_at timestamptz,
  add column lifted_by uuid,
  add constraint objection_of_somebody
    check ((objection is null) = (contested_at is null) and
           (objection is null) = (contested_by is null)),
  add constraint lifted_by_another
    check (lifted_at is null or (contested_at is not null and lifted_by <> contested_by));
update marriage.dishonesty
   set division = coalesce(substring(case_number from '[0-9]{6}'), '');
create index dishonesty_of_division on marriage.dishonesty (division text_pattern_ops, id)
  where lifted_at is null;
