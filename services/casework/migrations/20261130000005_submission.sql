-- Which call made a case, for ever: answers are forgotten after days, and a caller that was away
-- longer must not make a second case. Cases from before have none.
create table casework.submission (
  account      uuid not null,
  key          text not null,
  request_hash bytea not null,
  case_id      uuid not null references casework.case_file,
  primary key (account, key)
);
