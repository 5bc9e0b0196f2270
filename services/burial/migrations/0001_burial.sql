-- Burial and cremation. Persons stand here by key; names and ID numbers are sealed (bytea).
create extension if not exists btree_gist;

-- Deaths 居民死亡医学证明（推断）书 (rules F01) ------------------------------------------

-- One row per certificate, whoever sent it: health department, police, paper at a counter.
create table burial.death (
  -- Number as printed: ID number's certificate, or issuer's code and serial for the nameless.
  -- Kept as a keyed hash; the number itself may be an ID number and is sealed in body.
  number_key   text primary key,
  -- Person key; null while nameless.
  person_key   text,
  state        text not null check (state in ('signed', 'corrected', 'voided')),
  source       text not null check (source in ('health', 'police', 'paper')),
  -- natural | unnatural | unknown
  cause_class  text not null check (cause_class in ('natural', 'unnatural', 'unknown')),
  infectious   boolean not null default false,
  died_at      timestamptz not null,
  -- The minute is known; otherwise only the day counts.
  minute_known boolean not null default true,
  -- Where: 9- or 6-digit division.
  place        text not null,
  -- Household registration of the dead: 9- or 6-digit division; empty when unknown.
  household    text not null default '',
  -- 民族 GB/T 3304, two digits; empty when unknown.
  ethnicity    text not null default '',
  issuer       text not null,
  signed_on    date not null,
  recorded_at  timestamptz not null,
  -- What others may call the record by; the printed number may be an ID number.
  reference    text not null,
  -- Sealed JSON: certificate number, name, sex, birth, ID document, cause.
  body         bytea not null,
  version      bigint not null default 1,
  case_number  text
);
-- One valid death per person, nationwide.
create unique index one_death on burial.death (person_key)
  where person_key is not null and state <> 'voided';
create index death_of_place on burial.death (place, died_at);

-- Every version with who changed it and why; figures of past days are read from here.
create table burial.death_version (
  number_key  text not null references burial.death,
  version     bigint not null,
  recorded_at timestamptz not null,
  person_key  text,
  state       text not null,
  died_on     date not null,
  place       text not null,
  household   text not null,
  exempt      boolean not null default false,
  body        bytea not null,
  changed_by  text not null,
  reason      text not null,
  primary key (number_key, version)
);
create index death_version_of_day on burial.death_version (died_on, recorded_at);

-- Each use once: 户口注销, 殡葬, 社保 (rules F01).
create table burial.death_use (
  number_key text not null references burial.death,
  used_for   text not null check (used_for in ('police', 'funeral', 'insurance')),
  used_at    timestamptz not null,
  used_by    text not null,
  case_number text not null default '',
  primary key (number_key, used_for)
);

-- Where the health department's feed was read to.
create table burial.death_feed (
  feed   text primary key,
  cursor text not null
);
create table burial.death_serial (issuer text, year int, last int not null, primary key (issuer, year));

-- A recorded death is taken back by two persons: one asks, another agrees.
create table burial.death_revocation (
  id           uuid primary key,
  number_key   text not null references burial.death,
  reason       text not null,
  -- Null: the health department's feed.
  asked_account uuid, asked_by text not null, asked_at timestamptz not null,
  decided_account uuid, decided_by text, decided_at timestamptz, agreed boolean,
  decision_reason text,
  check ((decided_at is null) = (agreed is null)),
  check (decided_account is null or decided_account is distinct from asked_account)
);
create unique index one_open_revocation on burial.death_revocation (number_key)
  where decided_at is null;

-- What an officer must look at: a cremation certificate without a recorded death, a
-- certificate of the feed that does not fit the register.
create table burial.death_alarm (
  id        uuid primary key,
  kind      text not null check (kind in ('cremation_without_death', 'feed_refused')),
  -- Division, 6 or 9 digits, whose officers see it.
  division  text not null,
  -- What it is about, without personal data: body and cremation certificate, or feed record.
  reference text not null,
  person_key text,
  -- Stable code of why.
  reason    text not null,
  -- Sealed certificate of the feed; null for others.
  sealed    bytea,
  raised_at timestamptz not null,
  settled_at timestamptz, settled_by text, settlement text,
  unique (kind, reference),
  check ((settled_at is null) = (settlement is null))
);
create index death_alarm_open on burial.death_alarm (division) where settled_at is null;

-- Facilities 殡葬设施 (rules F14, F16) -----------------------------------------------

create table burial.facility (
  code      text primary key check (code ~ '^[0-9]{9}-[A-Z]{2}[0-9]{2}$'),
  name      text not null,
  -- funeral_home | columbarium | urban_public | rural_public | commercial
  kind      text not null check (kind in ('funeral_home', 'columbarium', 'urban_public',
              'rural_public', 'commercial')),
  division  text not null check (division ~ '^[0-9]{9}$'),
  county    text not null generated always as (left(division, 6)) stored,
  address   text not null,
  phone     text not null,
  approval  text not null,
  approved_on date not null,
  -- Area in square metres.
  land_m2   int not null check (land_m2 > 0),
  green_m2  int not null default 0,
  -- Whom a public cemetery serves: village or township codes; empty: the county.
  serves    text[] not null default '{}',
  -- Equipment as free JSON of the exchange set (MZ/T 141-2019).
  equipment jsonb not null default '{}',
  opened_on date,
  active    boolean not null default true,
  version   bigint not null default 1,
  changed_at timestamptz not null
);
create index facility_of_county on burial.facility (county) where active;

-- Yearly plan and report of a county: so many public cemeteries in the plan, so many new.
create table burial.plan (
  county text not null, year int not null,
  total int not null check (total >= 0), built int not null default 0, target_new int not null,
  report jsonb, reported_on date, reported_by text,
  primary key (county, year)
);
-- Cremation areas 火葬区 and burial reform areas 土葬改革区, by division prefix: a draft, then
-- announced with its document. The smallest division around a place decides. The instants of
-- recording keep the figures of past days as they were.
create table burial.zone (
  id uuid primary key, division text not null check (division ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
  kind text not null check (kind in ('cremation', 'burial_reform')),
  state text not null check (state in ('draft', 'announced')),
  document text not null default '', approval text not null default '', announced_on date,
  announced_at timestamptz,
  valid_from date not null, valid_to date, end_document text not null default '', ended_at timestamptz,
  drafted_by text not null default '', version bigint not null default 1,
  check (valid_to is null or valid_to > valid_from),
  check ((state = 'announced') = (announced_on is not null and announced_at is not null)),
  check (state = 'draft' or (document <> '' and valid_from >= announced_on)),
  check ((valid_to is null) = (ended_at is null)),
  constraint one_zone_at_a_time exclude using gist
    (division with =, daterange(valid_from, valid_to) with &&) where (state = 'announced')
);
-- What a facility was before each change, and why it changed.
create table burial.facility_version (
  code text not null references burial.facility, version bigint not null,
  recorded_at timestamptz not null, changed_by text not null, reason text not null, body jsonb not null,
  primary key (code, version)
);

-- Things with a calendar: vehicles, cells, farewell halls, furnaces -----------------------

create table burial.resource (
  id       uuid primary key,
  facility text not null references burial.facility,
  kind     text not null check (kind in ('vehicle', 'cell', 'hall', 'furnace')),
  label    text not null,
  -- furnace: flat | collect | eco; hall: small | middle | large
  class    text not null default '',
  -- Slot length in minutes and opening hours, Beijing time (cells: whole days).
  slot_minutes int not null check (slot_minutes between 15 and 1440),
  opens time not null, closes time not null,
  active   boolean not null default true,
  unique (facility, kind, label)
);
create table burial.reservation (
  id          uuid primary key,
  resource    uuid not null references burial.resource,
  case_number text not null,
  during      tstzrange not null check (not isempty(during)),
  state       text not null check (state in ('held', 'booked', 'used', 'cancelled')),
  -- A hold ends by the server's clock.
  held_until  timestamptz,
  created_at  timestamptz not null,
  check ((state = 'held') = (held_until is not null)),
  constraint not_double_booked exclude using gist (resource with =, during with &&)
    where (state <> 'cancelled')
);
create index reservation_of_case on burial.reservation (case_number);
create index reservation_held on burial.reservation (held_until) where state = 'held';

-- Bodies 遗体 (rules F02 to F06) ---------------------------------------------------------

create table burial.body (
  tag         text primary key,
  case_number text not null unique,
  facility    text not null references burial.facility,
  person_key  text,
  state       text not null check (state in ('picked_up', 'received', 'stored', 'cremating',
                'cremated', 'transferred', 'interred')),
  received_at timestamptz,
  infectious  boolean not null default false,
  -- Sealed JSON: name, condition, belongings.
  sealed      bytea not null,
  version     bigint not null default 1
);
create unique index one_body on burial.body (person_key) where person_key is not null;
create table burial.body_serial (facility text, year int, last int not null, primary key (facility, year));

-- Police or court: 不得火化.
create table burial.hold (
  id uuid primary key, body text not null references burial.body,
  authority text not null, document text not null, reason text not null,
  placed_at timestamptz not null, placed_by text not null,
  lifted_at timestamptz, lifted_by text, lifted_document text,
  check ((lifted_at is null) = (lifted_document is null))
);
create index hold_open on burial.hold (body) where lifted_at is null;

-- Every hand-over, signed by two and scanned. Append-only.
create table burial.custody (
  body text not null references burial.body, step int not null, what text not null,
  at timestamptz not null, first_account uuid not null, first_name text not null,
  second_account uuid not null, second_name text not null, place text not null default '',
  primary key (body, step), check (first_account <> second_account)
);

create table burial.cremation (
  body        text primary key references burial.body,
  furnace     uuid not null references burial.resource,
  operator    uuid not null,
  started_at  timestamptz not null,
  ended_at    timestamptz,
  certificate text unique,
  certified_at timestamptz,
  person_key  text,
  county      text not null
);
-- One body at a time per furnace.
create unique index one_body_per_furnace on burial.cremation (furnace) where ended_at is null;
create unique index one_cremation on burial.cremation (person_key) where person_key is not null;
create index cremation_of_day on burial.cremation (county, ended_at);
create table burial.certificate_serial (county text, year int, last int not null, primary key (county, year));

-- The board of a home: one line for each funeral, written with every act on it.
create table burial.funeral_board (
  case_number text primary key,
  facility    text not null references burial.facility,
  tag         text not null,
  state       text not null,
  open        boolean not null,
  place       text not null,
  missing     text[] not null,
  infectious  boolean not null,
  -- A step is signed by one and waits for the second.
  pending     boolean not null,
  -- Sealed name.
  name        bytea not null,
  changed_at  timestamptz not null
);
create index board_of_home on burial.funeral_board (facility) where open;

-- Nameless and unclaimed bodies (rules F11): the file is kept for ever, DNA keeps running.
create table burial.unclaimed (
  case_number   text primary key,
  facility      text not null references burial.facility,
  -- The case of the home's own funeral for it.
  funeral       text unique,
  dna_sample    text unique,
  -- 不需要继续保留: it may be cremated.
  allowed_at    timestamptz,
  person_key    text,
  identified_at timestamptz,
  check ((person_key is null) = (identified_at is null))
);

-- Ashes 骨灰 (rules F07 to F09) ------------------------------------------------------------

create table burial.urn (
  number      text primary key,
  body        text unique references burial.body,
  person_key  text,
  -- in_hall | with_family | in_plot | scattered; never nowhere (rules B5.3)
  disposition text not null check (disposition in ('in_hall', 'with_family', 'in_plot', 'scattered')),
  -- Facility that answers for it; null with the family and when scattered.
  facility    text references burial.facility,
  spot        uuid,
  -- 寄存, 格位, 墓位, 树葬 …: code of the rules
  form        text not null,
  version     bigint not null default 1,
  sealed      bytea not null,
  check ((disposition in ('in_hall', 'in_plot')) = (facility is not null)),
  check ((disposition = 'in_plot') = (spot is not null))
);
create index urn_at on burial.urn (facility, disposition);
create index urn_of_person on burial.urn (person_key) where person_key is not null;
create sequence burial.urn_serial;
create table burial.urn_move (
  urn text not null references burial.urn, version bigint not null,
  from_disposition text, to_disposition text not null, facility text, spot uuid,
  at timestamptz not null, first_name text not null, second_name text not null,
  case_number text not null, receipt text not null default '',
  primary key (urn, version)
);
-- Deposits 骨灰寄存 that run: one for each urn; paid until a day.
create table burial.deposit (
  case_number text primary key,
  urn         text not null references burial.urn,
  facility    text not null references burial.facility,
  paid_until  date not null,
  -- The urn left the hall.
  ended_at    timestamptz
);
create unique index one_deposit on burial.deposit (urn) where ended_at is null;
create index deposit_due on burial.deposit (facility, paid_until) where ended_at is null;
create table burial.stock_taking (
  id uuid primary key, facility text not null references burial.facility,
  taken_at timestamptz not null, taken_by text not null,
  expected int not null, found int not null,
  missing text[] not null default '{}', surplus text[] not null default '{}'
);
create index stock_taking_of on burial.stock_taking (facility, taken_at);

-- Niches and plots 格位、墓位; facility → zone → row → place.
create table burial.spot (
  id        uuid primary key,
  facility  text not null references burial.facility,
  area      text not null, line int not null check (line > 0), place int not null check (place > 0),
  -- niche | ash_single | ash_joint | body_single | body_double | tree | flower | lawn | wall | sea | tower
  kind      text not null,
  width_cm  int not null, depth_cm int not null,
  capacity  int not null check (capacity between 1 and 500),
  used      int not null default 0,
  -- planned | available | held | reserved | occupied | expired | blocked | vacated
  state     text not null check (state in ('planned', 'available', 'held', 'reserved', 'occupied',
              'expired', 'blocked', 'vacated')),
  held_by   text, held_until timestamptz,
  price     text not null default '',
  version   bigint not null default 1,
  unique (facility, area, line, place),
  constraint spot_not_overfull check (used between 0 and capacity),
  check ((state = 'held') = (held_until is not null and held_by is not null))
);
create index spot_free on burial.spot (facility, area, kind) where state in ('available', 'held');
create index spot_held_by on burial.spot (held_by) where state = 'held';
-- Who lies or is to lie where; slot numbers make the last place of a joint grave unique.
create table burial.spot_use (
  spot uuid not null references burial.spot, slot int not null check (slot > 0),
  case_number text not null, person_key text,
  -- reserved | occupied | moved
  state text not null check (state in ('reserved', 'occupied', 'moved')),
  contract text not null, from_day date not null, until_day date,
  exception text, approved_by text,
  primary key (spot, slot, case_number)
);
create index spot_use_of_case on burial.spot_use (case_number);
create unique index spot_slot_once on burial.spot_use (spot, slot) where state <> 'moved';
create unique index one_resting_place on burial.spot_use (person_key)
  where person_key is not null and state <> 'moved';

-- Money (rules F10, F15) -----------------------------------------------------------------------

create table burial.price (
  code text not null, division text not null, facility text,
  title text not null, class text not null check (class in ('basic', 'other', 'place')),
  unit text not null, fen bigint not null check (fen >= 0), fen_to bigint,
  document text not null, valid_from date not null, valid_to date,
  -- guided 政府指导价 | market 市场调节价
  pricing text not null check (pricing in ('guided', 'market')),
  check (fen_to is null or fen_to >= fen),
  check (pricing = 'market' or document <> ''),
  primary key (code, division, valid_from),
  constraint one_price_at_a_time exclude using gist
    (code with =, division with =, daterange(valid_from, valid_to) with &&)
);
-- A version that was shown is never another price afterwards; it only ends.
create function burial.price_keeps() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - 'valid_to') <> (to_jsonb(old) - 'valid_to') then
    raise exception 'a price is replaced by a new version' using constraint = 'price_keeps';
  end if;
  return new;
end $$;
create trigger price_keeps before update on burial.price
  for each row execute function burial.price_keeps();
create table burial.bill_serial (facility text, year int, last int not null, primary key (facility, year));
create table burial.bill (
  -- One for each case.
  number text primary key, case_number text not null unique, facility text not null, person_key text,
  state text not null check (state in ('open', 'settled', 'refunded')),
  lines_fen bigint not null, charged_fen bigint not null, waived_fen bigint not null,
  subsidised_fen bigint not null, issued_at timestamptz not null, settled_at timestamptz,
  check (lines_fen = charged_fen + waived_fen + subsidised_fen),
  check (least(charged_fen, waived_fen, subsidised_fen) >= 0)
);
create table burial.bill_line (
  bill text not null references burial.bill, line int not null,
  code text not null, division text not null, valid_from date not null,
  quantity numeric(10,2) not null check (quantity > 0),
  fen bigint not null, charged_fen bigint not null, waived_fen bigint not null,
  subsidised_fen bigint not null,
  primary key (bill, line),
  -- No item, no fee outside the list (国令824号).
  foreign key (code, division, valid_from) references burial.price,
  check (fen = charged_fen + waived_fen + subsidised_fen)
);
create table burial.refund (
  id uuid primary key, bill text not null references burial.bill, fen bigint not null check (fen > 0),
  reason text not null, at timestamptz not null, case_number text not null,
  first_account uuid not null, by_name text not null,
  second_account uuid not null, second_name text not null,
  check (first_account <> second_account)
);
create index refund_of_bill on burial.refund (bill);
-- 惠民 once per dead person, subsidy once per dead person, in all counties.
create table burial.benefit (
  person_key text not null, kind text not null check (kind in ('waiver', 'eco_subsidy')),
  case_number text not null, division text not null, fen bigint not null check (fen >= 0),
  granted_at timestamptz not null, paid_at timestamptz, recovered_at timestamptz,
  primary key (person_key, kind)
);
create index benefit_of_division on burial.benefit (division, granted_at);

-- Order (rules F17 to F19) -----------------------------------------------------------------------

create table burial.visit_slot (
  facility text not null references burial.facility, starts_at timestamptz not null,
  capacity int not null, booked int not null default 0,
  primary key (facility, starts_at),
  constraint visits_not_oversold check (booked between 0 and capacity)
);
create sequence burial.visit_serial;
create table burial.visit (
  number text primary key, facility text not null, starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- Beijing day of starts_at.
  day date not null,
  -- on_behalf: the staff sweeps for the family 代祭.
  kind text not null default 'in_person' check (kind in ('in_person', 'on_behalf')),
  account uuid not null, companions int not null check (companions between 0 and 20),
  cars int not null default 0 check (cars between 0 and 1),
  -- Taken in its slot: people or households, as the rules of the place count.
  places int not null check (places > 0),
  state text not null check (state in ('booked', 'entered', 'cancelled', 'no_show')),
  -- Sealed JSON: who comes, phone, whose grave, what the staff told the family.
  body bytea not null, booked_at timestamptz not null, changed_at timestamptz not null,
  foreign key (facility, starts_at) references burial.visit_slot
);
create unique index one_visit on burial.visit (account, facility, day)
  where state in ('booked', 'entered');
create index visit_of_day on burial.visit (facility, starts_at);
create index visit_waiting on burial.visit (ends_at) where state = 'booked';

-- 双随机: the pool and the hash of the seed are kept, and shown, before the seed is.
create table burial.draw (
  id uuid primary key, county text not null, title text not null,
  -- SHA-256 of the seed; the seed itself is sealed until the draw.
  commitment text not null, sealed_seed bytea not null, seed text,
  pool jsonb not null, inspectors jsonb not null, wanted int not null check (wanted > 0),
  each int not null check (each >= 2),
  picked jsonb, prepared_at timestamptz not null, prepared_by text not null,
  drawn_at timestamptz, drawn_by text,
  check ((drawn_at is null) = (seed is null) and (drawn_at is null) = (picked is null)
    and (drawn_at is null) = (drawn_by is null))
);
create index draw_of_county on burial.draw (county, prepared_at);

-- Illegal graves 散埋乱葬等 (rules F18): where they lie and how far they are, for map and figures.
create table burial.illegal_grave (
  case_number text primary key, division text not null, kind text not null,
  priority boolean not null,
  -- Millionths of a degree, WGS 84.
  longitude int not null, latitude int not null,
  state text not null check (state in ('open', 'closed', 'exempt')),
  found_on date not null, closed_on date, outcome text not null default '',
  reopened int not null default 0,
  check ((state = 'closed') = (closed_on is not null))
);
create index illegal_grave_of on burial.illegal_grave (division, state);
create index illegal_grave_at on burial.illegal_grave (longitude, latitude);
-- Joint law enforcement (rules F19).
create table burial.enforcement (
  case_number text primary key, division text not null, matter text not null,
  state text not null, opened_on date not null, decided_on date, closed_on date,
  grave_case text
);
create index enforcement_of on burial.enforcement (division, state);
