-- Tasks, and who else is involved with a child.

-- What somebody must look at. Nobody is named: the subject is a person key or a case number.
create table child.task (
    id          uuid primary key,
    kind        text not null check (kind <> ''),
    division    text not null check (division ~ '^[0-9]{6}([0-9]{3}){0,2}$'),
    -- Who has it: the first role, and those it was passed on to; the last has it now.
    roles       text[] not null check (cardinality(roles) > 0),
    subject     text not null check (subject <> ''),
    case_number text,
    because     text not null,
    due_at      timestamptz not null,
    -- When it is passed on to the next role up.
    pass_at     timestamptz not null,
    state       text not null default 'open' check (state in ('open', 'taken', 'done')),
    account     uuid,
    officer     text,
    result      bytea,
    raised_at   timestamptz not null,
    done_at     timestamptz,
    constraint taken_by_somebody check (state <> 'taken' or account is not null),
    constraint done_at_some_time check ((state = 'done') = (done_at is not null))
);
create unique index one_open_task on child.task (kind, subject) where state <> 'done';
create index task_of_place on child.task (division text_pattern_ops, due_at, id)
    where state <> 'done';
create index task_to_pass_on on child.task (pass_at) where state <> 'done';
create index task_done on child.task (division text_pattern_ops, done_at) where state = 'done';

-- How many open cases of child protection know somebody: the others learn that there is one, never
-- which or why.
create table child.involvement (
    person_key text primary key,
    county     text not null check (county ~ '^[0-9]{6}$'),
    open       integer not null check (open >= 0)
);
