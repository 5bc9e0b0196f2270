-- Electronic certificates 电子证照: one row for each holder, all with the same number and state.
create table casework.certificate (
  id         uuid primary key,
  number     text not null,
  -- Place among the holders, from 0.
  place      smallint not null,
  kind       text not null,
  title      text not null,
  issuer     text not null,
  case_id    uuid not null references casework.case_file,
  holder_key text not null,
  state      text not null check (state in ('valid', 'ended', 'replaced', 'revoked')),
  issued_on  date not null,
  issued_at  timestamptz not null,
  -- Sealed JSON: the holder's name, label and value of what stands on it.
  body       bytea not null,
  -- Signed, with masked names only.
  statement  text not null,
  changed_at timestamptz not null,
  -- Why it is no longer valid; without personal data.
  reason     text not null default '',
  constraint certificate_holder_once unique (number, holder_key),
  -- No number is ever given to somebody else.
  constraint certificate_number_once unique (number, place)
);
create index certificate_of_holder on casework.certificate (holder_key, issued_at desc, id desc);
create index certificate_of_case on casework.certificate (case_id);

-- 亮证: the code a holder shows for a minute. Only its hash is kept.
create table casework.certificate_code (
  code_hash   bytea primary key,
  certificate uuid not null references casework.certificate,
  expires_at  timestamptz not null
);
create index certificate_code_of on casework.certificate_code (certificate);
create index certificate_code_end on casework.certificate_code (expires_at);
