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
    shown_from  timestamptz not null,
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

-- Which open cases were counted in it.
create table child.involved (
    case_number text not null,
    person_key  text not null,
    primary key (case_number, person_key)
);

-- A minor a rescue station found: what its events said so far, in whatever order they came.
create table child.rescued_minor (
    rescue_case text primary key,
    station     text not null default '',
    -- yiwang.rescue.minor.*
    division    text not null default '',
    found_on    date,
    cause       text not null default '',
    care        text not null default '',
    document    text not null default '',
    found_as    text not null default '',
    -- yiwang.rescue.stay.*
    person_key  text not null default '',
    minor       boolean not null default false,
    left_on     date,
    leave_type  text not null default '',
    -- What came of it here, each once.
    temporary   text,
    moved       boolean not null default false,
    revisit     boolean not null default false,
    household   boolean not null default false
);
create index rescued_minor_by_person on child.rescued_minor (person_key) where person_key <> '';

-- yiwang.rescue.return.needs: where somebody lives who came home.
create table child.came_home (
    person_key text primary key,
    division   text not null
);

-- What social assistance pays somebody, from a month on; 0: no more. A case that is opened later
-- knows it from the first day (rules B3.2).
create table child.aid (
  person     text not null,
  benefit    text not null check (benefit in ('DB', 'TK', 'CJ')),
  -- yyyy-mm
  from_month text not null,
  fen        bigint not null check (fen >= 0),
  primary key (person, benefit, from_month)
);
