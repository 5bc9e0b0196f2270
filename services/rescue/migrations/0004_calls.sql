-- The hotline 24小时求助电话 (rules R02): one row for each call. Who called and what was said is
-- sealed; the recording stays in the telephone system, here is its reference.
create table rescue.call (
  id         uuid primary key,
  station    text not null references rescue.station,
  -- When it rang, and when it was written down: never before it rang.
  at         timestamptz not null,
  written_at timestamptz not null,
  taken_by   text not null,
  account    uuid not null,
  kind       text not null
    check (kind in ('help', 'missing', 'told', 'inquiry', 'complaint', 'other')),
  followed   text not null
    check (followed in ('open', 'advised', 'station', 'patrol', 'ambulance', 'police',
                        'missing_report', 'referred')),
  followed_at timestamptz,
  -- Number of a case; empty: none.
  refers     text not null default '',
  -- Sealed JSON: caller, telephone, what was asked, what was answered.
  sealed     bytea not null,
  recording  text not null default '',
  -- The recording is kept until this day is over.
  keep_until date not null,
  erased_at  timestamptz,
  erased_by  text,
  check (at <= written_at),
  check ((followed = 'open') = (followed_at is null)),
  check ((erased_at is null) = (erased_by is null)),
  constraint recording_kept
    check (erased_at is null
           or (recording <> '' and (erased_at at time zone 'Asia/Shanghai')::date > keep_until))
);
create index call_of_station on rescue.call (station, at desc, id desc);
create index call_open on rescue.call (station) where followed = 'open';
