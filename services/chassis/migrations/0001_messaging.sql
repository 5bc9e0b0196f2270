-- Outbox, inbox and what they need. Each service database has its own copy.
-- Times here are the database's own clock: they drive retries and retention,
-- never business rules.

-- The last number given to an event of each aggregate. Its row lock makes the
-- numbers contiguous and lets them commit in order.
create table chassis.outbox_aggregate (
    aggregate    text   not null,
    aggregate_id text   not null,
    version      bigint not null,
    primary key (aggregate, aggregate_id)
) with (fillfactor = 80);

create table chassis.outbox (
    id               uuid        primary key,
    seq              bigserial   not null,
    aggregate        text        not null check (aggregate ~ '^[a-z][a-z0-9_]{0,62}$'),
    aggregate_id     text        not null check (aggregate_id ~ '^[!-~]{1,200}$'),
    version          bigint      not null check (version > 0),
    event_type       text        not null check (event_type ~ '^yiwang(\.[a-z0-9_]+)+\.v[0-9]+$'),
    subject          text        not null check (subject ~ '^yiwang(\.[a-z0-9_]+){3,}$'),
    occurred_at      timestamptz not null,
    payload          bytea       not null,
    traceparent      text,
    enqueued_at      timestamptz not null default clock_timestamp(),
    published_at     timestamptz,
    published_stream text,
    published_seq    bigint,
    unique (aggregate, aggregate_id, version)
) with (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);

create index outbox_unpublished on chassis.outbox (seq) where published_at is null;
-- The reconciler walks the published rows in the order of the stream.
create index outbox_published on chassis.outbox (published_seq, id) where published_at is not null;
create index outbox_age on chassis.outbox using brin (published_at);

-- One row for each event that a consumer has dealt with, written with its effect.
create table chassis.inbox (
    consumer   text        not null,
    event_id   uuid        not null,
    outcome    text        not null check (outcome in ('applied', 'ignored', 'late', 'discarded')),
    settled_at timestamptz not null default clock_timestamp(),
    primary key (consumer, event_id)
);

-- For purging: rows are written in the order of their time, so a few pages tell.
create index inbox_age on chassis.inbox using brin (settled_at);

-- How far a consumer is in each aggregate; null: seen, but not yet begun.
create table chassis.consumer_position (
    consumer     text not null,
    source       text not null,
    aggregate    text not null,
    aggregate_id text not null,
    version      bigint,
    primary key (consumer, source, aggregate, aggregate_id)
) with (fillfactor = 80);

-- Events that wait for an earlier one of their aggregate, or for another try.
create table chassis.parked_event (
    consumer     text        not null,
    event_id     uuid        not null,
    source       text        not null,
    aggregate    text        not null,
    aggregate_id text        not null,
    version      bigint      not null,
    event_type   text        not null,
    subject      text        not null,
    occurred_at  timestamptz not null,
    traceparent  text,
    payload      bytea       not null,
    parked_at    timestamptz not null default clock_timestamp(),
    -- from then on the event may be the first of its aggregate for this consumer
    starts_at    timestamptz not null,
    -- null: waits for an earlier event
    due_at       timestamptz,
    attempts     integer     not null default 0,
    last_error   text,
    primary key (consumer, event_id)
);
create index parked_event_due on chassis.parked_event (consumer, due_at) where due_at is not null;
create index parked_event_order
    on chassis.parked_event (consumer, source, aggregate, aggregate_id, version);

-- Events that were given up; an operator replays or discards them.
create table chassis.dead_letter (
    id           uuid        primary key default gen_random_uuid(),
    consumer     text        not null,
    -- null when the message had no readable envelope
    event_id     uuid,
    source       text,
    aggregate    text,
    aggregate_id text,
    version      bigint,
    event_type   text,
    subject      text        not null,
    occurred_at  timestamptz,
    traceparent  text,
    payload      bytea       not null,
    stream_seq   bigint,
    attempts     integer     not null,
    reason       text        not null,
    died_at      timestamptz not null default clock_timestamp()
);
create unique index dead_letter_event on chassis.dead_letter (consumer, event_id);
create unique index dead_letter_unreadable on chassis.dead_letter (consumer, stream_seq)
    where event_id is null;

-- The last message each consumer was given: when the stream no longer holds it
-- at that place, the stream has gone back.
create table chassis.consumer_checkpoint (
    consumer       text        primary key,
    stream_created timestamptz not null,
    stream_seq     bigint      not null,
    event_id       text        not null
);

-- The stream as this service's reconciler last saw it whole.
create table chassis.broker_seen (
    only_row       boolean     primary key default true check (only_row),
    stream_created timestamptz not null,
    last_seq       bigint      not null,
    server_id      text        not null,
    compared_at    timestamptz not null
);
