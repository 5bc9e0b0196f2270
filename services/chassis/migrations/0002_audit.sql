-- The audit log: rows are written with the business change, and chained by one
-- leader shortly after the commit, so that hot transactions do not queue.
create table chassis.audit_entry (
    id           bigserial   primary key,
    at           timestamptz not null,
    actor        text        not null,
    actor_name   text,
    on_behalf_of text,
    action       text        not null,
    object       text        not null,
    purpose      text,
    outcome      text        not null check (outcome in ('done', 'refused', 'failed')),
    -- json, not jsonb: the hash covers the exact text
    detail       json        not null,
    traceparent  text,
    position     bigint      unique,
    previous     bytea,
    hash         bytea,
    check ((position is null) = (hash is null) and (position is null) = (previous is null))
);
create index audit_entry_unchained on chassis.audit_entry (id) where position is null;
create index audit_entry_object on chassis.audit_entry (object, id);

-- A second fence; the signed heads find what goes around it.
create function chassis.audit_entry_is_final() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.position is null and new.position is not null
       and (to_jsonb(new) - '{position,previous,hash}'::text[])
         = (to_jsonb(old) - '{position,previous,hash}'::text[]) then
        return new;
    end if;
    raise exception 'the audit log is append-only';
end
$$;
create trigger audit_entry_is_final before update or delete on chassis.audit_entry
    for each row execute function chassis.audit_entry_is_final();
create trigger audit_entry_is_kept before truncate on chassis.audit_entry
    for each statement execute function chassis.audit_entry_is_final();
