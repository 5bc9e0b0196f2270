-- Another service of civil affairs is involved with somebody; which and why is not known here.
create table assistance.elsewhere (
  person_key text primary key,
  -- Whom to ask, 6 digits.
  county     text not null
);
