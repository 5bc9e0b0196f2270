-- Answers of mutating calls, so that a repeated call gets the same one.
create table chassis.idempotency (
    scope        text        not null,
    key          text        not null,
    request_hash bytea       not null,
    -- null only inside the transaction that does the work
    response     bytea,
    created_at   timestamptz not null,
    primary key (scope, key)
);
create index idempotency_age on chassis.idempotency (created_at);
