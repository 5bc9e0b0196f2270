-- 明天计划 and 助学工程 (rules B2.12).

-- One open medical case for each child.
create table child.medical_project (
    case_number text primary key,
    person_key  text not null,
    open        boolean not null
);
create unique index one_medical_project on child.medical_project (person_key) where open;

-- One open study case for each student, and each school year once, whatever the case.
create table child.study_project (
    case_number text primary key,
    person_key  text not null,
    open        boolean not null
);
create unique index one_study_project on child.study_project (person_key) where open;

create table child.study_year (
    person_key  text not null,
    school_year integer not null check (school_year between 2000 and 2200),
    case_number text not null references child.study_project (case_number),
    fen         bigint not null check (fen > 0),
    constraint one_school_year primary key (person_key, school_year)
);

-- What was paid: entered by one officer, signed by another.
create table child.project_payment (
    id          bigint generated always as identity primary key,
    case_number text not null,
    division    text not null check (division ~ '^[0-9]{6}([0-9]{3}){0,2}$'),
    kind        text not null check (kind in ('MT', 'ZX')),
    person_key  text not null,
    school_year integer,
    period      text not null default '',
    fen         bigint not null check (fen > 0),
    voucher     text not null check (voucher <> ''),
    paid_on     date not null,
    payee       text not null,
    entered_by  uuid not null,
    signed_by   uuid not null,
    constraint two_persons check (entered_by <> signed_by),
    constraint year_of_study check ((kind = 'ZX') = (school_year is not null)),
    constraint school_year_granted
        foreign key (person_key, school_year) references child.study_year (person_key, school_year)
);
create unique index one_instalment on child.project_payment (person_key, school_year, period)
    where kind = 'ZX';
create unique index one_bill on child.project_payment (case_number) where kind = 'MT';
create unique index one_voucher on child.project_payment (left(division, 6), voucher);
create index payment_of_case on child.project_payment (case_number);
create index payment_of_place on child.project_payment (division text_pattern_ops, paid_on);
