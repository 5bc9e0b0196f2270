-- One thing 一件事: a parent over cases and department tickets. Times named _at are business time
-- unless they say machine time: retries and leases must not follow a moved clock.

create sequence gateway.one_thing_serial;

create table gateway.one_thing (
    id           uuid primary key,
    -- 统一受理编号
    number       text not null unique,
    code         text not null,
    -- keeps the contract it began with
    version      integer not null check (version > 0),
    state        text not null check (state in ('submitted', 'accepted', 'running', 'partly_done',
                     'done', 'partly_failed', 'withdrawn', 'terminated')),
    ending       text check (ending in ('withdrawn', 'aborted', 'void')),
    account      uuid not null references gateway.account,
    -- person key of whom it is about
    subject      text not null check (subject ~ '^[0-9a-f]{64}$'),
    division     text not null check (division ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
    form_sealed  bytea not null,
    -- one that has ended well is not started again
    once         boolean not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    -- each owner has a greater one; a write names it, so that an old owner writes nothing
    epoch        bigint not null default 0,
    -- machine time; set while somebody owns it
    lease_until  timestamptz,
    -- machine time; null: nothing to do until somebody says something
    wake_at      timestamptz,
    -- counts who said something, so that a word during a lease is not slept over
    nudges       bigint not null default 0,
    constraint one_thing_finished check (
        (state in ('done', 'partly_failed', 'withdrawn', 'terminated')) = (finished_at is not null)),
    constraint one_thing_ending check (
        (state <> 'withdrawn' or ending = 'withdrawn')
        and (state <> 'terminated' or ending in ('aborted', 'void')))
);
-- Starting twice is starting once; what was taken back or stopped may be started anew.
create unique index one_thing_once on gateway.one_thing (code, subject, account)
    where ending is null and (once or finished_at is null);
create index one_thing_unfinished on gateway.one_thing (code, version) where finished_at is null;
create index one_thing_due on gateway.one_thing (wake_at) where wake_at is not null;
create index one_thing_of_account on gateway.one_thing (account, id desc);
create index one_thing_of_subject on gateway.one_thing (subject);

-- Who does it about this person, once kinship is known.
create table gateway.one_thing_sole (
    code      text not null,
    subject   text not null,
    one_thing uuid not null unique references gateway.one_thing,
    primary key (code, subject)
);

create table gateway.one_thing_step (
    one_thing     uuid not null references gateway.one_thing,
    step          text not null,
    place         integer not null,
    state         text not null default 'blocked' check (state in ('blocked', 'due', 'running',
                      'waiting', 'stuck', 'done', 'not_needed', 'skipped', 'cancelled', 'undone')),
    phase         text not null default 'do' check (phase in ('do', 'undo')),
    round         integer not null default 1 check (round > 0),
    attempts      integer not null default 0,
    failures      integer not null default 0,
    -- machine time
    due_at        timestamptz,
    -- something may have happened whose answer was never heard
    unknown       boolean not null default false,
    deadline_at   timestamptz,
    overdue       boolean not null default false,
    reason_class  text check (reason_class in ('transient', 'unknown', 'business', 'officer')),
    reason_code   text,
    reason_text   text,
    -- number of the case or ticket
    child_number  text,
    result_sealed bytea,
    changed_at    timestamptz not null,
    primary key (one_thing, step),
    unique (one_thing, place),
    constraint one_thing_step_due check (state <> 'due' or due_at is not null),
    constraint one_thing_step_reason check (state not in ('stuck', 'skipped') or reason_text is not null),
    constraint one_thing_step_undone check (state <> 'undone' or phase = 'undo')
);
create index one_thing_step_open on gateway.one_thing_step (state)
    where state in ('stuck', 'running', 'waiting', 'due');

-- What is done is done: it may be taken back, never done again.
create function gateway.one_thing_step_once() returns trigger language plpgsql as $$
begin
    raise exception 'step % is done', old.step using errcode = 'integrity_constraint_violation';
end $$;
create trigger one_thing_step_once before update on gateway.one_thing_step
    for each row when (old.state in ('done', 'undone') and new.phase = old.phase
                       and new.state <> old.state)
    execute function gateway.one_thing_step_once();

-- The history; what the applicant sees.
create table gateway.one_thing_event (
    id        uuid primary key,
    one_thing uuid not null references gateway.one_thing,
    serial    bigint generated always as identity,
    step      text,
    kind      text not null,
    text      text not null,
    at        timestamptz not null
);
create index one_thing_event_of on gateway.one_thing_event (one_thing, serial);

create function gateway.append_only() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
create trigger one_thing_event_append_only before update or delete on gateway.one_thing_event
    for each row execute function gateway.append_only();

-- What somebody said, stored before it is acted on; what comes early stays unhandled.
create table gateway.one_thing_signal (
    id          uuid primary key,
    one_thing   uuid not null references gateway.one_thing,
    -- the caller's idempotency key
    key         text not null,
    serial      bigint generated always as identity,
    kind        text not null check (kind in ('hurry', 'answered', 'retry', 'skip', 'withdraw', 'abort')),
    step        text,
    body_sealed bytea,
    account     uuid,
    at          timestamptz not null,
    handled_at  timestamptz,
    -- 'applied', or why it had no effect
    outcome     text,
    unique (one_thing, key),
    check ((handled_at is null) = (outcome is null))
);
create index one_thing_signal_open on gateway.one_thing_signal (one_thing, serial)
    where handled_at is null;

-- What events told of a person, kept also when nobody waits for it yet.
create table gateway.one_thing_fact (
    -- person key
    person   text not null,
    kind     text not null,
    about    text not null,
    said_on  text not null,
    event    uuid not null,
    serial   bigint generated always as identity,
    at       timestamptz not null,
    primary key (person, event, kind, about)
);
create index one_thing_fact_of on gateway.one_thing_fact (person, at, serial);

-- A form that is being filled in; one per account and one-thing.
create table gateway.one_thing_draft (
    account     uuid not null references gateway.account,
    code        text not null,
    form_sealed bytea not null,
    saved_at    timestamptz not null,
    primary key (account, code)
);
