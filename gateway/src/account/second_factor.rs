//! The second factor: checking a code, and enrolling a new authenticator.

use chrono::{DateTime, Utc};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};
use sqlx::FromRow;
use uuid::Uuid;
use yiwang_chassis::{
    db::to_chrono,
    fault::{Code, Fault},
};

use super::{Accounts, Enrolment, guard, store, totp};
use crate::{
    audit::{self, Record},
    crypto::{self, Column},
    session::{Authenticated, ClientInfo, SignedIn},
};

const VERIFY_WITHIN: SignedDuration = SignedDuration::from_mins(5);
const ENROL_WITHIN: SignedDuration = SignedDuration::from_mins(10);

#[derive(FromRow)]
struct Ticket {
    account: Uuid,
    secret_sealed: Option<Vec<u8>>,
}

impl Accounts {
    /// The second step of a sign-in that asked for a code.
    ///
    /// # Errors
    /// `TICKET_EXPIRED`, `TOTP_WRONG`, `SIGN_IN_LOCKED`.
    pub async fn second_step(
        &self,
        ticket: &SecretString,
        code: &str,
        client: &ClientInfo,
    ) -> Result<Authenticated, Fault> {
        let hash = crypto::token_hash(ticket.expose_secret());
        let found = self.ticket(&hash, "verify").await?;
        let (account, attempt) = self.attempt(found.account, client).await?;
        self.check_totp(&account, code).await?;
        self.drop_ticket(&hash).await?;
        self.welcome(&account, &attempt).await
    }

    /// Begins to enrol a second factor for somebody who is signed in; replaces
    /// the present one when it is confirmed.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn enrol_totp(&self, who: &SignedIn) -> Result<Enrolment, Fault> {
        let account = store::by_id(&self.pool, who.account).await?;
        let account = account.ok_or_else(Fault::unauthenticated)?;
        self.enrolment(&account).await
    }

    /// Enrols or replaces the second factor of somebody who is signed in; the
    /// password shows that it is not a stranger at an unlocked screen.
    ///
    /// # Errors
    /// `SIGN_IN_FAILED` when the password is wrong, and as [`Self::confirm_totp`].
    pub async fn replace_totp(
        &self,
        who: &SignedIn,
        password: &SecretString,
        ticket: &SecretString,
        code: &str,
        client: &ClientInfo,
    ) -> Result<Authenticated, Fault> {
        self.verify_password(who, password, client).await?;
        self.confirm_totp(ticket, code, client).await
    }

    /// Enrols the second factor when `code` shows that the authenticator has it.
    ///
    /// # Errors
    /// `TICKET_EXPIRED`, `TOTP_WRONG`, `SIGN_IN_LOCKED`.
    pub async fn confirm_totp(
        &self,
        ticket: &SecretString,
        code: &str,
        client: &ClientInfo,
    ) -> Result<Authenticated, Fault> {
        let hash = crypto::token_hash(ticket.expose_secret());
        let row = hex::encode(&hash);
        let found = self.ticket(&hash, "enrol").await?;
        let sealed = found.secret_sealed.ok_or_else(expired)?;
        let secret = self.vault.open(Column::Ticket, &row, &sealed)?;
        let (account, attempt) = self.attempt(found.account, client).await?;
        let now = self.clock.now();
        let Some(step) = totp::step_of(&secret, code, now)? else {
            self.note_failure(Some(account.id), "enrolment").await?;
            return Err(wrong_code());
        };
        let sealed = self
            .vault
            .seal(Column::Totp, &account.id.to_string(), &secret)?;
        let mut tx = self.pool.begin().await?;
        store::set_totp(&mut tx, account.id, &sealed, step).await?;
        let entry = Record::by_account(account.id, "account.second_factor.enrol");
        audit::record(&mut tx, entry, now).await?;
        tx.commit().await?;
        self.drop_ticket(&hash).await?;
        self.welcome(&account, &attempt).await
    }

    pub(super) async fn check_totp(
        &self,
        account: &store::Account,
        code: &str,
    ) -> Result<(), Fault> {
        let sealed = account.totp_sealed.as_deref().ok_or_else(wrong_code)?;
        let secret = self
            .vault
            .open(Column::Totp, &account.id.to_string(), sealed)?;
        let step = totp::step_of(&secret, code, self.clock.now())?;
        let fresh = match step {
            Some(step) => store::use_step(&self.pool, account.id, step).await?,
            None => false,
        };
        if fresh {
            return Ok(());
        }
        self.note_failure(Some(account.id), "totp").await?;
        Err(wrong_code())
    }

    pub(super) async fn enrolment(&self, account: &store::Account) -> Result<Enrolment, Fault> {
        let secret = totp::new_secret();
        let ticket = crypto::random_token();
        let hash = crypto::token_hash(ticket.expose_secret());
        let sealed = self
            .vault
            .seal(Column::Ticket, &hex::encode(&hash), &secret)?;
        self.keep_ticket(&hash, account.id, "enrol", Some(sealed), ENROL_WITHIN)
            .await?;
        Ok(Enrolment {
            ticket,
            secret_base32: totp::to_base32(&secret).into(),
            uri: totp::uri(&secret, &account.login).into(),
        })
    }

    pub(super) async fn verify_ticket(&self, account: Uuid) -> Result<SecretString, Fault> {
        let ticket = crypto::random_token();
        let hash = crypto::token_hash(ticket.expose_secret());
        self.keep_ticket(&hash, account, "verify", None, VERIFY_WITHIN)
            .await?;
        Ok(ticket)
    }

    async fn attempt(
        &self,
        account: Uuid,
        client: &ClientInfo,
    ) -> Result<(store::Account, guard::Attempt), Fault> {
        let account = store::by_id(&self.pool, account)
            .await?
            .ok_or_else(expired)?;
        let now = self.clock.now();
        let attempt = guard::begin(&self.pool, &account.login, client.address, now).await?;
        Ok((account, attempt))
    }

    async fn keep_ticket(
        &self,
        hash: &[u8],
        account: Uuid,
        purpose: &str,
        secret_sealed: Option<Vec<u8>>,
        good_for: SignedDuration,
    ) -> Result<(), Fault> {
        let expires_at: DateTime<Utc> = to_chrono(self.clock.now() + good_for);
        sqlx::query(
            "insert into gateway.sign_in_ticket
                 (ticket_hash, account, purpose, secret_sealed, expires_at)
             values ($1, $2, $3, $4, $5)",
        )
        .bind(hash)
        .bind(account)
        .bind(purpose)
        .bind(secret_sealed)
        .bind(expires_at)
        .execute(&self.pool)
        .await?;
        Ok(())
    }

    async fn ticket(&self, hash: &[u8], purpose: &str) -> Result<Ticket, Fault> {
        let found: Option<Ticket> = sqlx::query_as(
            "select account, secret_sealed from gateway.sign_in_ticket
             where ticket_hash = $1 and purpose = $2 and expires_at > $3",
        )
        .bind(hash)
        .bind(purpose)
        .bind(to_chrono(self.clock.now()))
        .fetch_optional(&self.pool)
        .await?;
        found.ok_or_else(expired)
    }

    async fn drop_ticket(&self, hash: &[u8]) -> Result<(), Fault> {
        let done = sqlx::query("delete from gateway.sign_in_ticket where ticket_hash = $1")
            .bind(hash)
            .execute(&self.pool)
            .await?;
        // Somebody else used the same ticket at the same instant.
        if done.rows_affected() == 0 {
            Err(expired())
        } else {
            Ok(())
        }
    }
}

fn wrong_code() -> Fault {
    let message = "动态验证码不正确或已经用过，请等下一个验证码再试。";
    Fault::new(Code::Unauthenticated, "TOTP_WRONG", message)
}

fn expired() -> Fault {
    let message = "验证超时，请重新登录。";
    Fault::new(Code::Unauthenticated, "TICKET_EXPIRED", message)
}
