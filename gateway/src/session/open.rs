//! Opening a session after a successful sign-in.

use axum_extra::extract::cookie::Cookie;
use jiff::{SignedDuration, Timestamp};
use secrecy::{ExposeSecret, SecretString};
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{fault::Fault, ids};

use super::{Authenticated, ClientInfo, Sessions, TokenPair, cookie, refresh, store};
use crate::{
    audit::{self, Record},
    crypto,
    tokens::Keyring,
};

impl Sessions {
    /// Opens a browser session and returns its cookie.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn open_browser(
        &self,
        who: &Authenticated,
        client: &ClientInfo,
    ) -> Result<Cookie<'static>, Fault> {
        let token = crypto::random_token();
        let mut tx = self.pool.begin().await?;
        self.open(&mut tx, who, client, Some(&token)).await?;
        tx.commit().await?;
        Ok(cookie::session(token.expose_secret(), self.secure))
    }

    /// The cookie that makes the browser forget its session.
    pub fn forget_cookie(&self) -> Cookie<'static> {
        cookie::forget(self.secure)
    }

    /// Opens an API session and returns its first tokens.
    pub(crate) async fn open_api(
        &self,
        who: &Authenticated,
        client: &ClientInfo,
        keyring: &Keyring,
    ) -> Result<TokenPair, Fault> {
        let refresh_token = crypto::random_token();
        let mut tx = self.pool.begin().await?;
        let session = self.open(&mut tx, who, client, None).await?;
        refresh::insert(&mut tx, &refresh_token, session, self.clock.now()).await?;
        tx.commit().await?;
        self.token_pair(session, refresh_token, keyring).await
    }

    pub(super) async fn token_pair(
        &self,
        session: Uuid,
        refresh_token: SecretString,
        keyring: &Keyring,
    ) -> Result<TokenPair, Fault> {
        let who = self
            .by_id(session)
            .await?
            .ok_or_else(Fault::unauthenticated)?;
        let (access_token, expires_in) = keyring.access_token(&who.caller()).await?;
        Ok(TokenPair {
            access_token,
            expires_in,
            refresh_token,
        })
    }

    async fn open(
        &self,
        conn: &mut PgConnection,
        who: &Authenticated,
        client: &ClientInfo,
        token: Option<&SecretString>,
    ) -> Result<Uuid, Fault> {
        let now = self.clock.now();
        let id = ids::new(now);
        let idle = if who.staff {
            self.limits.staff_idle
        } else {
            self.limits.citizen_idle
        };
        let new = store::NewSession {
            id,
            account: who.account,
            token_hash: token.map(|token| crypto::token_hash(token.expose_secret())),
            device: &client.device,
            now,
            idle_seconds: i32::try_from(idle.as_secs()).unwrap_or(i32::MAX),
            expires_at: later(now, self.limits.absolute),
        };
        store::insert(conn, &new).await?;
        let entry = Record::by_account(who.account, "session.open").object(id);
        audit::record(conn, entry, now).await?;
        Ok(id)
    }
}

fn later(now: Timestamp, by: std::time::Duration) -> Timestamp {
    let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::ZERO);
    now.checked_add(by).unwrap_or(now)
}
