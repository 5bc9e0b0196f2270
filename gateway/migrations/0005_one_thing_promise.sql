-- Until when the whole is promised: the longest path through the steps' clocks.

alter table gateway.one_thing add column promised_on date;
-- an open step has no clock
alter table gateway.one_thing add column open_ended boolean not null default false;

-- Those that run are taken up once, so that their day is worked out.
update gateway.one_thing set wake_at = now() where finished_at is null and wake_at is null;
