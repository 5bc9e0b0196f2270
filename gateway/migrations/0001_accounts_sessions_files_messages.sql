-- Names, ID numbers, phones, secrets: sealed (AEAD). Tokens: only their SHA-256.

create table gateway.account (
    id                  uuid primary key,
    -- lower case
    login               text not null unique check (login = lower(login)),
    password_hash       text not null,
    name_sealed         bytea not null,
    id_number_sealed    bytea,
    phone_sealed        bytea,
    -- HMAC of the ID number; names the person between services
    person_key          text,
    totp_sealed         bytea,
    -- the last time step whose code was used: a code works once
    totp_last_step      bigint,
    created_at          timestamptz not null,
    password_changed_at timestamptz not null,
    disabled_at         timestamptz
);

create unique index account_one_per_person
    on gateway.account (person_key) where disabled_at is null;

create table gateway.account_grant (
    account    uuid not null references gateway.account,
    role       text not null,
    division   text not null check (division ~ '^[0-9]{6}([0-9]{3}([0-9]{3})?)?$'),
    granted_at timestamptz not null,
    primary key (account, role, division)
);

-- Failed attempts per login name and address; also for names that do not exist.
create table gateway.sign_in_guard (
    login_hash   bytea not null,
    address_hash bytea not null,
    failures     integer not null,
    window_from  timestamptz not null,
    locked_until timestamptz,
    primary key (login_hash, address_hash)
);
create index sign_in_guard_age on gateway.sign_in_guard (window_from);

-- Consecutive failures per login name, from anywhere.
create table gateway.sign_in_streak (
    login_hash  bytea primary key,
    consecutive integer not null,
    updated_at  timestamptz not null
);

-- Between a right password and the second factor.
create table gateway.sign_in_ticket (
    ticket_hash   bytea primary key,
    account       uuid not null references gateway.account,
    purpose       text not null check (purpose in ('verify', 'enrol')),
    secret_sealed bytea,
    expires_at    timestamptz not null
);
create index sign_in_ticket_age on gateway.sign_in_ticket (expires_at);

create table gateway.session (
    id             uuid primary key,
    account        uuid not null references gateway.account,
    -- browser: found by the cookie's hash; api: found by the token's sid
    kind           text not null check (kind in ('browser', 'api')),
    token_hash     bytea unique,
    device         text not null,
    created_at     timestamptz not null,
    last_seen_at   timestamptz not null,
    idle_seconds   integer not null,
    expires_at     timestamptz not null,
    revoked_at     timestamptz,
    revoked_reason text,
    check ((kind = 'browser') = (token_hash is not null))
);
create index session_of_account on gateway.session (account) where revoked_at is null;
create index session_age on gateway.session (expires_at);

create table gateway.refresh_token (
    token_hash       bytea primary key,
    session          uuid not null references gateway.session on delete cascade,
    issued_at        timestamptz not null,
    used_at          timestamptz,
    -- the successor, for a retry within ten seconds
    successor_sealed bytea
);
create index refresh_token_of_session on gateway.refresh_token (session);

create table gateway.signing_key (
    kid             text primary key,
    -- PKCS #8 DER
    private_sealed  bytea not null,
    created_at      timestamptz not null,
    -- published before it signs, so that verifiers know it in time
    signs_from      timestamptz not null,
    published_until timestamptz
);

create table gateway.file (
    id          uuid primary key,
    owner       uuid not null references gateway.account,
    name_sealed bytea not null,
    media_type  text not null,
    size        bigint not null,
    -- of the file itself, hex
    sha256      text not null,
    stored_at   timestamptz not null
);
create index file_of_owner on gateway.file (owner, id);

create table gateway.message (
    -- id of the event it came with
    id          uuid primary key,
    account     uuid not null,
    case_number text not null,
    item        text not null,
    item_title  text not null,
    state_label text not null,
    text        text not null,
    at          timestamptz not null,
    read_at     timestamptz
);
create index message_of_account on gateway.message (account, id desc);
create index message_unread on gateway.message (account) where read_at is null;
