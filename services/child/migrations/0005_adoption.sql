-- Adoption, its end, its proof, foster care (rules B2.10, B2.11).

-- What the register keeps of an adoption. Who gave the child stands in the archive only.
create table child.adoption (
    case_number text primary key,
    county text not null check (county ~ '^[0-9]{6}$'),
    kind text not null check (kind in ('S1', 'S2', 'S3', 'S4', 'S5')),
    state text not null
        check (state in ('open', 'registered', 'refused', 'withdrawn', 'dissolved', 'revoked')),
    child_key text,
    adopter_keys text[] not null check (cardinality(adopter_keys) between 1 and 2),
    certificate text unique,
    applied_on date not null,
    registered_on date,
    assessors uuid[] not null default '{}',
    registrar uuid,
    approver uuid,
    -- For the matching of children and families, as long as it is open.
    stage text not null default '',
    wish bytea,
    score int,
    assessed_on date,
    constraint adoption_by_two check (registrar <> approver),
    constraint adoption_by_no_assessor
        check (not (registrar = any (assessors)) and not (approver = any (assessors))),
    constraint adoption_assessed
        check (state <> 'registered' or kind = 'S5' or cardinality(assessors) >= 2),
    constraint adoption_signed
        check (state not in ('registered', 'dissolved', 'revoked')
               or (registrar is not null and approver is not null
                   and certificate is not null and registered_on is not null))
);
create unique index adoption_of_one_child on child.adoption (child_key)
    where child_key is not null and state in ('open', 'registered');
create index adoption_by_county on child.adoption (county, registered_on);
create index adoption_by_adopter on child.adoption using gin (adopter_keys);

-- Numbers of certificates: no gap within a county and year.
create table child.adoption_serial (
    county text not null,
    year int not null,
    last int not null check (last between 1 and 999999),
    primary key (county, year)
);

-- How an adoption ended: two different people.
create table child.adoption_end (
    case_number text primary key,
    adoption text references child.adoption (case_number),
    county text not null check (county ~ '^[0-9]{6}$'),
    state text not null check (state in ('dissolved', 'revoked')),
    ended_on date not null,
    registrar uuid not null,
    approver uuid not null,
    constraint adoption_end_by_two check (registrar <> approver)
);
create unique index adoption_ends_once on child.adoption_end (adoption)
    where adoption is not null;

-- The notice everybody reads while it runs; it leaves with its end.
create table child.search_notice (
    id uuid primary key,
    case_number text not null unique,
    county text not null check (county ~ '^[0-9]{6}$'),
    sex text not null check (sex in ('male', 'female')),
    age text not null,
    found_on text not null,
    found_at text not null,
    features text not null,
    photo text not null,
    posted_on date not null,
    last_day date not null check (last_day > posted_on)
);
create index search_notice_runs on child.search_notice (last_day, id);

-- The archive, sealed, kept for ever: no delete, no change.
create table child.adoption_archive (
    case_number text primary key,
    county text not null check (county ~ '^[0-9]{6}$'),
    body bytea not null,
    sealed_on date not null
);
create function child.archive_stays() returns trigger language plpgsql as $$
begin
    raise exception 'adoption archives are kept for ever';
end $$;
create trigger archive_stays before update or delete on child.adoption_archive
    for each row execute function child.archive_stays();

-- Who asked to look, who approved: never the same.
create table child.archive_request (
    id uuid primary key,
    case_number text not null references child.adoption_archive (case_number),
    county text not null,
    ground text not null
        check (ground in ('court', 'police', 'adoptee', 'proof', 'correction')),
    reason bytea not null,
    state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused')),
    asked_by uuid not null,
    asked_name text not null,
    asked_at timestamptz not null,
    decided_by uuid,
    decided_name text not null default '',
    decided_at timestamptz,
    until_at timestamptz,
    constraint archive_by_two check (asked_by <> decided_by),
    constraint archive_decided check ((state = 'waiting') = (decided_by is null)),
    constraint archive_until check ((state = 'approved') = (until_at is not null))
);
create index archive_request_by_county on child.archive_request (county, asked_at desc);
create unique index archive_request_once on child.archive_request (case_number, asked_by)
    where state = 'waiting';

-- Foster care: one family for a child.
create table child.foster (
    case_number text primary key,
    county text not null check (county ~ '^[0-9]{6}$'),
    state text not null check (state in ('open', 'trial', 'placed', 'ended')),
    child_key text,
    carer_key text not null,
    traits bytea,
    adoptable boolean not null default false,
    placed_on date,
    fee_from text not null default '',
    fee_to text not null default '',
    monthly_fen bigint not null default 0 check (monthly_fen >= 0)
);
create unique index foster_one_family on child.foster (child_key)
    where child_key is not null and state in ('trial', 'placed');
create index foster_by_carer on child.foster (carer_key);
create index foster_by_county on child.foster (county, state);
