//! Refresh tokens: each is exchanged once.
//!
//! ```text
//! exchange: UPDATE … SET used_at, successor WHERE used_at IS NULL
//!    1 row  → the successor
//!    0 rows → used less than 10 s ago → the SAME successor (a retry)
//!             else                    → somebody holds a stolen copy:
//!                                       the session ends, an audit entry says so
//! ```

use chrono::{DateTime, Utc};
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_chassis::{
    db::{from_chrono, to_chrono},
    fault::{Code, Fault},
};

use super::{Sessions, store};
use crate::{
    audit::{self, Record},
    crypto::{self, Column},
    tokens::Keyring,
};

/// A retry within this time gets the same successor.
const RETRY_WITHIN: SignedDuration = SignedDuration::from_secs(10);

/// What a client of the REST interface works with.
pub struct TokenPair {
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// Its life in seconds.
    pub expires_in: i64,
    /// To be exchanged for the next pair, once.
    pub refresh_token: SecretString,
}

#[derive(FromRow)]
struct Used {
    session: Uuid,
    account: Uuid,
    used_at: Option<DateTime<Utc>>,
    successor_sealed: Option<Vec<u8>>,
}

impl Sessions {
    /// Exchanges a refresh token for the next pair.
    pub(crate) async fn refresh(
        &self,
        token: &SecretString,
        keyring: &Keyring,
    ) -> Result<TokenPair, Fault> {
        let hash = crypto::token_hash(token.expose_secret());
        let (session, successor) = match self.exchange(&hash).await? {
            Some(fresh) => fresh,
            None => self.retry_or_revoke(&hash).await?,
        };
        self.token_pair(session, successor, keyring).await
    }

    async fn exchange(&self, hash: &[u8]) -> Result<Option<(Uuid, SecretString)>, Fault> {
        let now = self.clock.now();
        let successor = crypto::random_token();
        let plain = successor.expose_secret().as_bytes();
        let sealed = self
            .vault
            .seal(Column::Successor, &hex::encode(hash), plain)?;
        let mut tx = self.pool.begin().await?;
        let session: Option<Uuid> = sqlx::query_scalar(
            "update gateway.refresh_token set used_at = $2, successor_sealed = $3
             where token_hash = $1 and used_at is null
             returning session",
        )
        .bind(hash)
        .bind(to_chrono(now))
        .bind(sealed)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(session) = session else {
            return Ok(None);
        };
        insert(&mut tx, &successor, session, now).await?;
        tx.commit().await?;
        Ok(Some((session, successor)))
    }

    async fn retry_or_revoke(&self, hash: &[u8]) -> Result<(Uuid, SecretString), Fault> {
        let now = self.clock.now();
        let mut tx = self.pool.begin().await?;
        let used: Option<Used> = sqlx::query_as(
            "select t.session, s.account, t.used_at, t.successor_sealed
             from gateway.refresh_token t join gateway.session s on s.id = t.session
             where t.token_hash = $1",
        )
        .bind(hash)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(used) = used else {
            return Err(refused());
        };
        if let (Some(at), Some(sealed)) = (used.used_at, &used.successor_sealed)
            && now.duration_since(from_chrono(at)) <= RETRY_WITHIN
        {
            let plain = self
                .vault
                .open(Column::Successor, &hex::encode(hash), sealed)?;
            let plain = String::from_utf8(plain.to_vec()).map_err(Fault::internal)?;
            return Ok((used.session, plain.into()));
        }
        let reason = "refresh_token_reused";
        store::end(&mut tx, used.account, used.session, reason, now).await?;
        let entry = Record::by_account(used.account, "session.refresh_token_reused")
            .object(used.session)
            .refused();
        audit::record(&mut tx, entry, now).await?;
        tx.commit().await?;
        Err(refused())
    }
}

pub(super) async fn insert(
    conn: &mut PgConnection,
    token: &SecretString,
    session: Uuid,
    now: Timestamp,
) -> sqlx::Result<()> {
    sqlx::query(
        "insert into gateway.refresh_token (token_hash, session, issued_at) values ($1, $2, $3)",
    )
    .bind(crypto::token_hash(token.expose_secret()))
    .bind(session)
    .bind(to_chrono(now))
    .execute(conn)
    .await?;
    Ok(())
}

fn refused() -> Fault {
    let message = "登录已失效，请重新登录。";
    Fault::new(Code::Unauthenticated, "REFRESH_TOKEN_INVALID", message)
}
