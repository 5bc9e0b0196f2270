-- Halls are kept by the officers of their county (rules A3.9, A3.10).

alter table marriage.hall
  -- Residents of the county, for the number of registrars that a grade asks for
  -- (MZ/T 024-2011); null when nobody has said it.
  add column population int check (population > 0),
  add column version    bigint not null default 1,
  add column changed_at timestamptz,
  add constraint competence_known check (competence <@ array[
    'mainland', 'foreign', 'hk_macao', 'taiwan', 'overseas_chinese']);

-- Trained and examined (条例第六条); who left keeps the row and registers no more.
alter table marriage.registrar
  add column active      boolean not null default true,
  add column trained_on  date,
  add column examined_on date,
  -- Whom they are trained for, in the words of hall.competence.
  add column kinds       text[] not null default '{mainland}',
  add column changed_at  timestamptz,
  add constraint kinds_known check (kinds <@ array[
    'mainland', 'foreign', 'hk_macao', 'taiwan', 'overseas_chinese']);
create index registrar_of_hall on marriage.registrar (hall) where active;

-- What a hall does on a day against its hours and the holiday calendar. No row: as usual.
create table marriage.hall_day (
  hall   text not null references marriage.hall,
  day    date not null,
  closed boolean not null,
  -- Told to people when closed.
  reason text not null default '',
  -- Other hours, all or none; none: the usual ones.
  opens       time,
  closes_noon time,
  opens_noon  time,
  closes      time,
  -- Other places at a time; null: the usual ones.
  slot_capacity int check (slot_capacity between 1 and 100),
  changed_at timestamptz not null,
  primary key (hall, day),
  check (num_nulls(opens, closes_noon, opens_noon, closes) in (0, 4)),
  check (opens <= closes_noon and closes_noon <= opens_noon and opens_noon <= closes),
  check (not closed or (opens is null and slot_capacity is null))
);
