-- Rescue stations. Persons stand here by key; names, clues and everything biometric are sealed
-- (bytea).
create extension if not exists btree_gist;

-- Stations and places 救助管理站 (rules R03, R04) --------------------------------------

create table rescue.station (
  code      text primary key check (code ~ '^[0-9]{9}-JZ[0-9]{2}$'),
  name      text not null,
  division  text not null check (division ~ '^[0-9]{9}$'),
  county    text not null generated always as (left(division, 6)) stored,
  address   text not null,
  -- 24-hour hotline; recordings are kept for three months.
  phone     text not null,
  active    boolean not null default true,
  version   bigint not null default 1,
  changed_at timestamptz not null
);
create index station_of_county on rescue.station (county) where active;

-- Where an admitted person can be: a room's beds, a hospital, a vehicle on the way, a foster
-- institution. Women, minors and men lie apart.
create table rescue.place (
  id       uuid primary key,
  station  text not null references rescue.station,
  kind     text not null check (kind in ('room', 'hospital', 'vehicle', 'foster')),
  label    text not null,
  -- Who may lie there; hospitals, vehicles and foster homes: any.
  side     text not null check (side in ('men', 'women', 'minors', 'any')),
  berths   int not null check (berths between 1 and 500),
  active   boolean not null default true,
  unique (station, kind, label)
);

-- One row for each time somebody is somewhere: nobody in two places, no berth twice.
create table rescue.occupancy (
  id          uuid primary key,
  case_number text not null,
  place       uuid not null references rescue.place,
  berth       int not null check (berth >= 1),
  during      tstzrange not null check (not isempty(during)),
  moved_by    text not null,
  reason      text not null default '',
  constraint one_place_at_a_time exclude using gist (case_number with =, during with &&),
  constraint one_person_in_a_berth exclude using gist (place with =, berth with =, during with &&)
);
create index occupancy_of_place on rescue.occupancy (place) where upper_inf(during);

-- A person at a station, from arrival to leaving. The case holds the story; this row is what
-- lists, boards, figures and constraints need.
create table rescue.stay (
  case_number  text primary key,
  station      text not null references rescue.station,
  county       text not null generated always as (left(station, 6)) stored,
  -- arrived: not admitted yet; refused: written refusal.
  state        text not null check (state in ('arrived', 'admitted', 'left', 'refused')),
  -- Person key; null while nobody knows who it is.
  person_key   text,
  sex          text not null check (sex in ('male', 'female')),
  -- Under 18, or looks it until it is known.
  minor        boolean not null default false,
  -- Under 16, signs of a mental or intellectual disorder: never leaves alone.
  guarded      boolean not null default false,
  arrived_at   timestamptz not null,
  admitted_at  timestamptz,
  left_at      timestamptz,
  -- own_word | fetched | escorted | unit | police | hospital | welfare | ended | absconded |
  -- died | settled
  leave_type   text not null default '',
  stranded_on  date,
  identified_at timestamptz,
  -- Where the person is now; an admitted person is in exactly one place.
  occupancy    uuid unique references rescue.occupancy deferrable initially deferred,
  -- Sealed JSON: what the board shows of the person.
  sealed       bytea not null,
  version      bigint not null default 1,
  check ((state = 'admitted') = (admitted_at is not null and left_at is null and state <> 'refused')),
  check ((state = 'admitted') = (occupancy is not null)),
  check ((state = 'left') = (left_at is not null)),
  check ((left_at is null) = (leave_type = ''))
);
create unique index one_stay on rescue.stay (person_key)
  where person_key is not null and state in ('arrived', 'admitted');
create index stay_of_station on rescue.stay (station, arrived_at) where state in ('arrived', 'admitted');
create index stay_of_person on rescue.stay (person_key) where person_key is not null;

-- Belongings by list, sealed in a bag, given back with a signature.
create table rescue.belonging (
  case_number text not null, line int not null,
  -- Sealed JSON: what, quantity, condition.
  sealed bytea not null,
  taken_at timestamptz not null, taken_by text not null,
  -- kept | returned | police (forbidden things) | family
  state text not null check (state in ('kept', 'returned', 'police', 'family')),
  settled_at timestamptz, settled_to text,
  primary key (case_number, line),
  check ((state = 'kept') = (settled_at is null))
);

-- Articles and meals, counted: never below nothing.
create table rescue.article (
  id uuid primary key, station text not null references rescue.station,
  name text not null, unit text not null,
  -- meal | clothing | bedding | medicine | hygiene | ticket | other
  kind text not null check (kind in ('meal', 'clothing', 'bedding', 'medicine', 'hygiene', 'ticket', 'other')),
  on_hand int not null check (on_hand >= 0),
  unique (station, name)
);
create table rescue.article_move (
  id uuid primary key, article uuid not null references rescue.article,
  -- Positive: delivered; negative: given out or written off.
  quantity int not null check (quantity <> 0),
  case_number text, encounter uuid, reason text not null default '',
  at timestamptz not null, by text not null
);
create index article_move_of_case on rescue.article_move (case_number) where case_number is not null;

-- Care log: append-only.
create table rescue.care (
  id uuid primary key, case_number text not null, at timestamptz not null,
  -- meal | medicine | bath | health | contact | activity | incident | round
  kind text not null check (kind in ('meal', 'medicine', 'bath', 'health', 'contact', 'activity',
              'incident', 'round')),
  sealed bytea not null, by text not null
);
create index care_of_case on rescue.care (case_number, at);

-- Search steps 寻亲步骤 (rules R06): what is due when, when it was done. Never back-dated: done_at is the
-- server's instant.
create table rescue.search_step (
  case_number text not null,
  -- biometrics | face | publish | police_report | dna | sampled | stranded | refresh | escalate |
  -- settle | yearly | unpublish
  step        text not null,
  -- A step that comes again (refresh, yearly) counts up.
  round       int not null default 1,
  due_at      timestamptz not null,
  done_at     timestamptz,
  done_by     text, record text,
  -- Since when nobody needs it any more: identified, left, settled.
  ended_at    timestamptz,
  primary key (case_number, step, round),
  check ((done_at is null) = (done_by is null)),
  check (done_at is null or ended_at is null)
);
create index search_step_open on rescue.search_step (due_at)
  where done_at is null and ended_at is null;

-- Published search notices 寻亲公告: the minimum, public.
create table rescue.publication (
  id uuid primary key, case_number text not null,
  county text not null,
  state text not null check (state in ('published', 'withdrawn')),
  published_at timestamptz not null, refreshed_at timestamptz not null,
  withdrawn_at timestamptz, withdrawn_by text, reason text,
  -- What everybody may read: sex, about how old, height, accent, what was told, marks, where and
  -- when found, whom to call.
  body jsonb not null,
  sex text not null generated always as (body->>'sex') stored,
  age_from int not null generated always as ((body->>'age_from')::int) stored,
  age_to int not null generated always as ((body->>'age_to')::int) stored,
  -- What a search by words reads: the texts of the body.
  words text not null,
  -- Reference under which everybody may see the photograph: random, new with each publication;
  -- null: none or not allowed. And which file it is.
  photo uuid unique,
  photo_file jsonb,
  check ((photo is null) = (photo_file is null)),
  check ((state = 'withdrawn') = (withdrawn_at is not null))
);
create unique index one_publication on rescue.publication (case_number) where state = 'published';
create index publication_board on rescue.publication (published_at desc, id desc)
  where state = 'published';

-- The register of people easily lost 易流浪走失人员信息库 (rules R12) ----------------------
create table rescue.easily_lost (
  case_number text primary key, person_key text not null, county text not null, township text not null,
  level text not null check (level in ('high', 'middle', 'low')),
  state text not null check (state in ('proposed', 'listed', 'missing', 'removed')),
  responsible text not null, next_visit date,
  -- The next half-yearly collection.
  collect_by date,
  -- Sealed: the masked name, for lists.
  sealed bytea not null,
  changed_at timestamptz not null
);
create unique index one_entry on rescue.easily_lost (person_key) where state in ('proposed', 'listed', 'missing');
create index easily_lost_of_county on rescue.easily_lost (county, township);

-- Patrols 街面巡查 (rules R01) ------------------------------------------------------------
create table rescue.campaign (
  id uuid primary key,
  kind text not null check (kind in ('winter', 'summer', 'kin')),
  county text not null, title text not null, from_day date not null, to_day date not null,
  -- Reference of the weather alert; empty: by plan.
  alert text not null default '', state text not null check (state in ('planned', 'running', 'ended')),
  summary text not null default '',
  check (to_day >= from_day)
);
create unique index one_campaign_of_alert on rescue.campaign (county, alert) where alert <> '';
create table rescue.patrol (
  id uuid primary key, station text not null references rescue.station, campaign uuid references rescue.campaign,
  area text not null, route text not null default '', starts_at timestamptz not null, ends_at timestamptz not null,
  -- civil | police | urban | community | volunteer
  partners text[] not null default '{}', leader uuid, leader_name text not null default '',
  state text not null check (state in ('planned', 'under_way', 'done', 'cancelled')),
  started_at timestamptz, done_at timestamptz, summary text not null default '',
  version bigint not null default 1,
  check (ends_at > starts_at)
);
create index patrol_of_day on rescue.patrol (station, starts_at);
-- Where the patrol was, as the phone saw it; order by the phone's own count.
create table rescue.check_in (
  patrol uuid not null references rescue.patrol, id uuid primary key, at timestamptz not null,
  received_at timestamptz not null, place text not null, lat double precision, lon double precision, by text not null
);
-- Somebody met in the street, written on a phone that may have no connection: the phone makes the id.
create table rescue.encounter (
  id uuid primary key, station text not null references rescue.station, patrol uuid references rescue.patrol,
  at timestamptz not null, received_at timestamptz not null,
  -- told (by a passer-by, nobody has gone yet) | willing | declined | medical | police | not_found
  outcome text not null
    check (outcome in ('told', 'willing', 'declined', 'medical', 'police', 'not_found')),
  -- patrol | public: a passer-by told us
  source text not null check (source in ('patrol', 'public')),
  state text not null check (state in ('open', 'answered', 'admitted', 'closed')),
  follow_up_on date, case_number text,
  -- Sealed JSON: who, where, what was told and given.
  sealed bytea not null,
  by text not null, account uuid, version bigint not null default 1
);
create index encounter_of_station on rescue.encounter (station, at desc, id desc);
create index encounter_again on rescue.encounter (station, follow_up_on) where follow_up_on is not null;
-- Edits of two phones that met: both values stay until somebody chooses, field by field.
create table rescue.conflict (
  id uuid primary key, encounter uuid not null references rescue.encounter, base bigint not null,
  sealed bytea not null, by text not null, received_at timestamptz not null,
  settled_at timestamptz, settled_by text
);
create index conflict_open on rescue.conflict (encounter) where settled_at is null;
-- Weather alerts as they were taken, and how far the feed has been read.
create table rescue.alert (
  reference text primary key, kind text not null check (kind in ('cold', 'heat')),
  level text not null check (level in ('blue', 'yellow', 'orange', 'red')),
  division text not null check (division ~ '^[0-9]{6}$'), title text not null,
  from_day date not null, to_day date not null, issued_at timestamptz not null,
  check (to_day >= from_day)
);
create table rescue.feed (feed text primary key, cursor bigint not null);
-- Somebody who has come home: one file at a time.
create table rescue.homecoming (
  case_number text primary key, person_key text not null, county text not null, township text not null,
  stay text, state text not null check (state in ('open', 'stable', 'closed'))
);
create unique index one_homecoming on rescue.homecoming (person_key) where state = 'open';
