-- Messages go beyond the portal's inbox: as a text to the phone, to the place's own platform.

-- Whoever does not want texts says so.
alter table gateway.account add column texts boolean not null default true;

-- What was there before is old news.
alter table gateway.message add column passed_on boolean not null default true;
alter table gateway.message alter column passed_on set default false;
create index message_to_pass_on on gateway.message (id) where not passed_on;

create table gateway.notification (
    -- the adapter's idempotency key
    message  uuid not null references gateway.message,
    channel  text not null check (channel in ('sms', 'platform')),
    state    text not null default 'due' check (state in ('due', 'sent', 'unwanted', 'failed')),
    attempts integer not null default 0,
    -- machine time; while it is being sent, when another replica may try
    due_at   timestamptz not null,
    primary key (message, channel)
);
create index notification_due on gateway.notification (due_at) where state = 'due';
