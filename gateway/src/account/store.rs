//! Rows of `gateway.account` and `gateway.account_grant`.

use jiff::Timestamp;
use sqlx::{FromRow, PgConnection, PgPool, types::Json};
use uuid::Uuid;
use yiwang_chassis::{
    db::to_chrono,
    identity::{Grant, Role},
};

/// An account as sign-in needs it.
#[derive(FromRow)]
pub(super) struct Account {
    pub(super) id: Uuid,
    pub(super) login: String,
    pub(super) password_hash: String,
    pub(super) totp_sealed: Option<Vec<u8>>,
    grants: Json<Vec<(String, String)>>,
}

/// The sealed columns that the owner may see.
#[derive(FromRow)]
pub(super) struct Own {
    pub(super) login: String,
    pub(super) name_sealed: Vec<u8>,
    pub(super) id_number_sealed: Option<Vec<u8>>,
    pub(super) phone_sealed: Option<Vec<u8>>,
    pub(super) second_factor: bool,
    pub(super) texts: bool,
}

/// To be inserted.
pub(super) struct NewRow<'a> {
    pub(super) id: Uuid,
    pub(super) login: &'a str,
    pub(super) password_hash: &'a str,
    pub(super) name_sealed: Vec<u8>,
    pub(super) id_number_sealed: Option<Vec<u8>>,
    pub(super) phone_sealed: Option<Vec<u8>>,
    pub(super) person_key: Option<&'a str>,
    pub(super) totp_sealed: Option<Vec<u8>>,
    pub(super) now: Timestamp,
}

/// What is there already.
pub(super) enum Taken {
    Login,
    Person,
}

impl Account {
    /// Where the account holds `role`.
    pub(super) fn divisions(&self, role: Role) -> impl Iterator<Item = &str> {
        let held = self.grants.0.iter();
        held.filter(move |(name, _)| name.as_str() == role.as_str())
            .map(|(_, division)| division.as_str())
    }

    pub(super) fn is_staff(&self) -> bool {
        let roles = self
            .grants
            .0
            .iter()
            .filter_map(|(role, _)| role.parse::<Role>().ok());
        roles.into_iter().any(Role::is_staff)
    }
}

/// Disabled accounts are not found.
macro_rules! account_where {
    ($condition:literal) => {
        concat!(
            "select a.id, a.login, a.password_hash, a.totp_sealed,
                    coalesce((select jsonb_agg(jsonb_build_array(g.role, g.division))
                              from gateway.account_grant g where g.account = a.id), '[]') as grants
             from gateway.account a where a.disabled_at is null and ",
            $condition
        )
    };
}

pub(super) async fn by_login(pool: &PgPool, login: &str) -> sqlx::Result<Option<Account>> {
    sqlx::query_as(account_where!("a.login = $1"))
        .bind(login)
        .fetch_optional(pool)
        .await
}

pub(super) async fn by_id(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<Account>> {
    sqlx::query_as(account_where!("a.id = $1"))
        .bind(id)
        .fetch_optional(pool)
        .await
}

pub(super) async fn own(pool: &PgPool, id: Uuid) -> sqlx::Result<Option<Own>> {
    sqlx::query_as(
        "select login, name_sealed, id_number_sealed, phone_sealed,
                totp_sealed is not null as second_factor, texts
         from gateway.account where id = $1",
    )
    .bind(id)
    .fetch_optional(pool)
    .await
}

/// Notes whether texts are wanted.
pub(super) async fn set_texts(conn: &mut PgConnection, id: Uuid, texts: bool) -> sqlx::Result<()> {
    sqlx::query("update gateway.account set texts = $2 where id = $1")
        .bind(id)
        .bind(texts)
        .execute(conn)
        .await?;
    Ok(())
}

/// Inserts an account; the constraints decide who comes first.
pub(super) async fn insert(
    conn: &mut PgConnection,
    new: &NewRow<'_>,
) -> sqlx::Result<Result<(), Taken>> {
    let done = sqlx::query(
        "insert into gateway.account
             (id, login, password_hash, name_sealed, id_number_sealed, phone_sealed,
              person_key, totp_sealed, created_at, password_changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(new.id)
    .bind(new.login)
    .bind(new.password_hash)
    .bind(&new.name_sealed)
    .bind(&new.id_number_sealed)
    .bind(&new.phone_sealed)
    .bind(new.person_key)
    .bind(&new.totp_sealed)
    .bind(to_chrono(new.now))
    .execute(conn)
    .await;
    let Err(error) = done else { return Ok(Ok(())) };
    match error
        .as_database_error()
        .and_then(|error| error.constraint())
    {
        Some("account_login_key") => Ok(Err(Taken::Login)),
        Some("account_one_per_person") => Ok(Err(Taken::Person)),
        _ => Err(error),
    }
}

pub(super) async fn set_grants(
    conn: &mut PgConnection,
    account: Uuid,
    grants: &[Grant],
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query("delete from gateway.account_grant where account = $1")
        .bind(account)
        .execute(&mut *conn)
        .await?;
    for grant in grants {
        add_grant(conn, account, grant, now).await?;
    }
    Ok(())
}

pub(super) async fn add_grant(
    conn: &mut PgConnection,
    account: Uuid,
    grant: &Grant,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.account_grant (account, role, division, granted_at)
         values ($1, $2, $3, $4) on conflict do nothing",
    )
    .bind(account)
    .bind(grant.role.as_str())
    .bind(&grant.division)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn set_password(
    conn: &mut PgConnection,
    account: Uuid,
    hash: &str,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "update gateway.account set password_hash = $2, password_changed_at = $3 where id = $1",
    )
    .bind(account)
    .bind(hash)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

/// Enrols the second factor whose code of `step` was just shown.
pub(super) async fn set_totp(
    conn: &mut PgConnection,
    account: Uuid,
    sealed: &[u8],
    step: i64,
) -> sqlx::Result<()> {
    sqlx::query("update gateway.account set totp_sealed = $2, totp_last_step = $3 where id = $1")
        .bind(account)
        .bind(sealed)
        .bind(step)
        .execute(conn)
        .await?;
    Ok(())
}

/// Removes the second factor.
pub(super) async fn forget_totp(conn: &mut PgConnection, account: Uuid) -> sqlx::Result<()> {
    sqlx::query("update gateway.account set totp_sealed = null where id = $1")
        .bind(account)
        .execute(conn)
        .await?;
    Ok(())
}

/// Uses the code of `step` up; false when it or a later one was used before.
pub(super) async fn use_step(pool: &PgPool, account: Uuid, step: i64) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "update gateway.account set totp_last_step = $2
         where id = $1 and (totp_last_step is null or totp_last_step < $2)",
    )
    .bind(account)
    .bind(step)
    .execute(pool)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The last used steps of the named accounts (demo).
pub(crate) async fn last_steps(
    pool: &PgPool,
    logins: &[&str],
) -> sqlx::Result<Vec<(String, Option<i64>)>> {
    sqlx::query_as("select login, totp_last_step from gateway.account where login = any($1)")
        .bind(logins)
        .fetch_all(pool)
        .await
}

/// Active accounts with a grant whose division begins with `scope`.
pub(super) async fn granted_within(
    pool: &PgPool,
    scope: &str,
) -> sqlx::Result<Vec<(Uuid, Vec<u8>, Json<Vec<(String, String)>>)>> {
    sqlx::query_as(
        "select a.id, a.name_sealed, jsonb_agg(jsonb_build_array(g.role, g.division))
         from gateway.account a join gateway.account_grant g on g.account = a.id
         where a.disabled_at is null and starts_with(g.division, $1)
         group by a.id order by a.login limit 200",
    )
    .bind(scope)
    .fetch_all(pool)
    .await
}

/// Ends sign-ins that are half way through.
pub(super) async fn forget_tickets(conn: &mut PgConnection, account: Uuid) -> sqlx::Result<()> {
    sqlx::query("delete from gateway.sign_in_ticket where account = $1")
        .bind(account)
        .execute(conn)
        .await?;
    Ok(())
}
