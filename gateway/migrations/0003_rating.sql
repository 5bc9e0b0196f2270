-- 好差评: what people say of a finished matter, once each. A bad one is looked into within days, and
-- answered. Whoever looks into it does not see who said it.
create table gateway.rating (
    id           uuid primary key,
    -- of the case or one-thing
    number       text not null unique,
    account      uuid not null references gateway.account,
    item_title   text not null,
    division     text not null check (division ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
    -- 5 very satisfied … 1 very dissatisfied
    level        smallint not null check (level between 1 and 5),
    -- may name people
    words_sealed bytea,
    given_at     timestamptz not null,
    -- last day for an answer, Beijing; of the bad ones
    due_on       date,
    answer       text,
    answered_by  uuid,
    answered_at  timestamptz,
    check ((level <= 2) = (due_on is not null)),
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create index rating_open on gateway.rating (due_on) where due_on is not null and answered_at is null;
create index rating_given on gateway.rating (given_at);
