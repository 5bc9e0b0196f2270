-- Closed cases 保密办件: who stands on one besides its parties and its line.
create table casework.standing (
  case_id  uuid not null references casework.case_file,
  role     text not null,
  division text collate "C" not null
           check (division ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  primary key (case_id, role, division)
);
create index standing_of_office on casework.standing (role, division, case_id);

-- Access asked for, or taken at once in an emergency.
create table casework.access_request (
  id               uuid primary key,
  break_glass      boolean not null,
  -- As written. A number that names no closed case has no case: nobody but the requester sees it.
  number           text not null,
  case_id          uuid references casework.case_file,
  item             text,
  division         text,
  requester        uuid not null,
  requester_name   text not null,
  requester_office text not null,
  -- Sealed text.
  reason           bytea not null,
  asked_at         timestamptz not null,
  -- A request is answered until then, a break-glass reviewed.
  due_at           timestamptz not null,
  -- Approved, or justified.
  agreed           boolean,
  decided_at       timestamptz,
  decided_by       uuid,
  decided_name     text,
  -- Sealed text.
  decision_reason  bytea,
  constraint access_case_whole check (num_nonnulls(case_id, item, division) in (0, 3)),
  constraint access_decided_whole
    check (num_nonnulls(agreed, decided_at, decided_by, decided_name, decision_reason) in (0, 5)),
  constraint access_decided_with_case check (agreed is null or case_id is not null),
  constraint access_decided_by_another check (decided_by <> requester)
);
create index access_request_of on casework.access_request (requester, asked_at);
create index access_request_in on casework.access_request (division text_pattern_ops, asked_at);
create index access_request_to_review on casework.access_request (due_at)
  where break_glass and agreed is null and case_id is not null;

-- Who may look, and until when.
create table casework.access_grant (
  request_id uuid primary key references casework.access_request,
  case_id    uuid not null references casework.case_file,
  account    uuid not null,
  until      timestamptz not null
);
create index access_grant_live on casework.access_grant (case_id, account, until);

-- Each read of a closed case by an officer, for the monthly report; the audit log has it too.
create table casework.access_read (
  id       bigint generated always as identity primary key,
  case_id  uuid not null references casework.case_file,
  item     text not null,
  division text not null,
  account  uuid not null,
  ground   text not null
           check (ground in ('line', 'standing', 'granted', 'break_glass', 'filer')),
  at       timestamptz not null
);
create index access_read_month on casework.access_read (at);

-- Of a closed item: its events name no holder.
alter table casework.certificate add column closed boolean not null default false;

-- Sealed for good 封存: neither line nor standing looks any more, only who asked and was approved.
alter table casework.case_file add column sealed boolean not null default false;
