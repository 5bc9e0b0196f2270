-- A refused step is sent back once; the form is corrected, and what it said before stays readable.

alter table gateway.one_thing add column edition integer not null default 1 check (edition > 0);

create table gateway.one_thing_form (
    one_thing   uuid not null references gateway.one_thing,
    edition     integer not null,
    form_sealed bytea not null,
    replaced_at timestamptz not null,
    primary key (one_thing, edition)
);
create trigger one_thing_form_append_only before update or delete on gateway.one_thing_form
    for each row execute function gateway.append_only();

alter table gateway.one_thing_step
    -- what its request is made from; null: there is no request yet
    add column edition integer,
    -- pointers into the form: what it was sent back for, once
    add column asked text[] not null default '{}',
    drop constraint one_thing_step_state_check,
    add constraint one_thing_step_state_check check (state in ('blocked', 'due', 'running',
        'waiting', 'stuck', 'returned', 'done', 'not_needed', 'skipped', 'cancelled', 'undone')),
    drop constraint one_thing_step_reason,
    add constraint one_thing_step_reason check (
        state not in ('stuck', 'returned', 'skipped') or reason_text is not null),
    add constraint one_thing_step_asked check (state <> 'returned' or asked <> '{}');
-- Requests that are out were made from the only edition there was.
update gateway.one_thing_step set edition = 1 where attempts > 0;

alter table gateway.one_thing_signal
    drop constraint one_thing_signal_kind_check,
    add constraint one_thing_signal_kind_check check (kind in ('hurry', 'answered', 'retry', 'skip',
        'return', 'correct', 'withdraw', 'abort'));
