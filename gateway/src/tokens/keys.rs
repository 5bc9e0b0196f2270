//! Rows of `gateway.signing_key`.

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    jwk::{Jwk, PublicKeyUse, ThumbprintHash},
};
use p256::{SecretKey, elliptic_curve::Generate, pkcs8::EncodePrivateKey};
use sqlx::{FromRow, PgConnection, PgPool};
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::Fault,
    identity::TOKEN_LIFETIME,
};

use super::{Key, Loaded};
use crate::{
    audit::{self, Record},
    crypto::{Column, Vault},
};

/// A key is published so long before it signs.
const ANNOUNCE: SignedDuration = SignedDuration::from_secs(60);

/// Two replicas that start at once make one key.
const LOCK: i64 = 0x006B_6579_7269_6E67;

#[derive(FromRow)]
struct Row {
    kid: String,
    private_sealed: Vec<u8>,
    signs_from: DateTime<Utc>,
}

pub(super) async fn load(pool: &PgPool, vault: &Vault, now: Timestamp) -> Result<Loaded, Fault> {
    let rows: Vec<Row> = sqlx::query_as(
        "select kid, private_sealed, signs_from from gateway.signing_key
         where published_until is null or published_until > $1
         order by signs_from",
    )
    .bind(to_chrono(now))
    .fetch_all(pool)
    .await?;
    let keys: Result<Vec<Key>, Fault> = rows.into_iter().map(|row| open(vault, row)).collect();
    Ok(Loaded {
        at: now,
        keys: keys?,
    })
}

fn open(vault: &Vault, row: Row) -> Result<Key, Fault> {
    let der = vault.open(Column::SigningKey, &row.kid, &row.private_sealed)?;
    let signing = EncodingKey::from_ec_der(&der);
    let public = public(&signing, &row.kid)?;
    let verifying = DecodingKey::from_jwk(&public).map_err(Fault::internal)?;
    Ok(Key {
        kid: row.kid,
        signs_from: from_chrono(row.signs_from),
        signing,
        verifying,
        public,
    })
}

fn public(signing: &EncodingKey, kid: &str) -> Result<Jwk, Fault> {
    let mut public = Jwk::from_encoding_key(signing, Algorithm::ES256).map_err(Fault::internal)?;
    public.common.key_id = Some(kid.to_owned());
    public.common.public_key_use = Some(PublicKeyUse::Signature);
    Ok(public)
}

pub(super) async fn ensure_one(pool: &PgPool, vault: &Vault, now: Timestamp) -> Result<(), Fault> {
    let mut tx = pool.begin().await?;
    lock(&mut tx).await?;
    let any: bool = sqlx::query_scalar(
        "select exists (select from gateway.signing_key where published_until is null)",
    )
    .fetch_one(&mut *tx)
    .await?;
    if !any {
        insert(&mut tx, vault, now, now).await?;
    }
    Ok(tx.commit().await?)
}

pub(super) async fn rotate(pool: &PgPool, vault: &Vault, now: Timestamp) -> Result<String, Fault> {
    let signs_from = now + ANNOUNCE;
    let mut tx = pool.begin().await?;
    lock(&mut tx).await?;
    // Replicas change over within a reload; verifiers may lag a minute.
    let leave = signs_from + ANNOUNCE + TOKEN_LIFETIME + ANNOUNCE;
    sqlx::query(
        "update gateway.signing_key set published_until = $1 where published_until is null",
    )
    .bind(to_chrono(leave))
    .execute(&mut *tx)
    .await?;
    let kid = insert(&mut tx, vault, now, signs_from).await?;
    let entry = Record::by_system("system:ops", "signing_key.rotate").object(&kid);
    audit::record(&mut tx, entry, now).await?;
    tx.commit().await?;
    Ok(kid)
}

async fn lock(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(LOCK)
        .execute(conn)
        .await?;
    Ok(())
}

async fn insert(
    conn: &mut PgConnection,
    vault: &Vault,
    now: Timestamp,
    signs_from: Timestamp,
) -> Result<String, Fault> {
    let private = SecretKey::try_generate().map_err(Fault::internal)?;
    let der = private.to_pkcs8_der().map_err(Fault::internal)?;
    let signing = EncodingKey::from_ec_der(der.as_bytes());
    let kid = public(&signing, "")?
        .thumbprint(ThumbprintHash::SHA256)
        .map_err(Fault::internal)?;
    sqlx::query(
        "insert into gateway.signing_key (kid, private_sealed, created_at, signs_from)
         values ($1, $2, $3, $4)",
    )
    .bind(&kid)
    .bind(vault.seal(Column::SigningKey, &kid, der.as_bytes())?)
    .bind(to_chrono(now))
    .bind(to_chrono(signs_from))
    .execute(conn)
    .await?;
    Ok(kid)
}
