-- Foster institutions 托养机构 (rules R09) -----------------------------------------------
create table rescue.institution (
  code text primary key, name text not null, division text not null, county text not null,
  -- elder | medical | mental | disability | child
  kind text not null check (kind in ('elder', 'medical', 'mental', 'disability', 'child')),
  -- Licences: [{kind, number, valid_to}].
  licences jsonb not null, agreement text not null default '', agreement_to date,
  checked_on date, checked_by text,
  check_result text not null default '' check (check_result in ('', 'passed', 'failed')),
  active boolean not null default true, version bigint not null default 1,
  check ((checked_on is null) = (check_result = ''))
);

-- Journeys home 接送返回 (rules R08): one at a time for a stay.
create table rescue.journey (
  case_number text primary key, stay text not null,
  -- Division code of the place of origin.
  origin text not null,
  state text not null check (state in ('open', 'home', 'ended')),
  across_provinces boolean not null
);
create unique index one_journey on rescue.journey (stay) where state = 'open';

-- Foster placements 托养 (rules R09): one at a time for a stay.
create table rescue.placement (
  case_number text primary key, stay text not null,
  institution text not null references rescue.institution,
  state text not null check (state in ('open', 'placed', 'ended'))
);
create unique index one_placement on rescue.placement (stay) where state <> 'ended';
create index placement_of_institution on rescue.placement (institution) where state = 'placed';

-- Settlement 落户安置 (rules R10): never two identities for one person. An identity that was
-- cancelled is never given out again.
create table rescue.settlement (
  case_number text primary key, stay text not null,
  -- Collective household and whose it is.
  household text not null,
  state text not null check (state in ('applied', 'settled', 'found', 'cancelled', 'ended')),
  -- Person key of the temporary identity; null until the household is registered.
  person_key text,
  -- True identity, once found; the temporary household is cancelled then.
  true_person text, cancelled_at timestamptz,
  constraint one_identity unique (person_key),
  constraint own_identity check (true_person <> person_key),
  check ((person_key is not null) = (state in ('settled', 'found', 'cancelled'))),
  check ((true_person is not null) = (state in ('found', 'cancelled'))),
  check ((cancelled_at is not null) = (state = 'cancelled'))
);
create unique index one_settlement on rescue.settlement (stay) where state <> 'ended';
create unique index one_true_person on rescue.settlement (true_person) where true_person is not null;

-- The return rate reads by the day of leaving (rules R08).
create index stay_left on rescue.stay (left_at) where state = 'left';
