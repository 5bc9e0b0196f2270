-- Deaths declared by a court (民法典 46 to 53). No certificate of death: nobody is cremated on
-- it, and it counts in no figure; the day and the person are what others hear.
create table burial.declaration (
  case_number  text primary key,
  person_key   text not null,
  state        text not null check (state in ('declared', 'cancelled')),
  -- Day that counts as the day of death (民法典 48).
  effective_on date not null,
  declared_at  timestamptz not null,
  cancelled_at timestamptz,
  check ((state = 'cancelled') = (cancelled_at is not null))
);
create unique index one_declaration on burial.declaration (person_key) where state = 'declared';

-- A family has come for an unclaimed body: it may take the home's funeral over (rules F11).
alter table burial.unclaimed add column claimed_at timestamptz;

-- A funeral home contests a death certificate; it never overwrites one (rules B5.7). A death is
-- taken back after the cremation.
alter table burial.death_alarm drop constraint death_alarm_kind_check;
alter table burial.death_alarm add constraint death_alarm_kind_check
  check (kind in ('cremation_without_death', 'feed_refused', 'certificate_contested'));
