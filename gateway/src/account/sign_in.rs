//! Signing in with a password and, where there is one, the second factor.

use secrecy::SecretString;
use uuid::Uuid;
use yiwang_chassis::fault::{Code, Fault};

use super::{Accounts, SignInOutcome, check, guard, store};
use crate::{
    audit::{self, Record},
    session::{Authenticated, ClientInfo},
};

impl Accounts {
    /// Checks login name, password and, when given, the code of the second factor.
    ///
    /// # Errors
    /// `SIGN_IN_FAILED` for an unknown name, a wrong password or a disabled
    /// account alike; `TOTP_WRONG` for a wrong or used code; `SIGN_IN_LOCKED`.
    pub async fn sign_in(
        &self,
        login: &str,
        password: &SecretString,
        totp: Option<&str>,
        client: &ClientInfo,
    ) -> Result<SignInOutcome, Fault> {
        let login = check::normal_login(login);
        let now = self.clock.now();
        let attempt = guard::begin(&self.pool, &login, client.address, now).await?;
        let account = store::by_login(&self.pool, &login).await?;
        let known = account.as_ref().map(|account| account.id);
        let hash = account
            .as_ref()
            .map(|account| account.password_hash.as_str());
        let right = self.passwords.verify(password, hash).await?;
        let Some(account) = account.filter(|_| right) else {
            // Also for a name that nobody has: the time must not tell.
            self.note_failure(known, "password").await?;
            return Err(wrong_password());
        };
        match (&account.totp_sealed, totp) {
            (Some(_), Some(code)) => {
                self.check_totp(&account, code).await?;
            }
            (Some(_), None) => {
                let ticket = self.verify_ticket(account.id).await?;
                guard::take_back(&self.pool, &attempt).await?;
                return Ok(SignInOutcome::TotpRequired { ticket });
            }
            (None, _) if account.is_staff() => {
                let enrolment = self.enrolment(&account).await?;
                guard::take_back(&self.pool, &attempt).await?;
                return Ok(SignInOutcome::TotpEnrolmentRequired(enrolment));
            }
            (None, _) => {}
        }
        self.welcome(&account, &attempt)
            .await
            .map(SignInOutcome::Done)
    }

    /// Everything was right: failures are forgotten.
    pub(super) async fn welcome(
        &self,
        account: &store::Account,
        attempt: &guard::Attempt,
    ) -> Result<Authenticated, Fault> {
        guard::forget(&self.pool, attempt).await?;
        metrics::counter!("yiwang_gateway_sign_ins_total", "outcome" => "done").increment(1);
        Ok(Authenticated {
            account: account.id,
            staff: account.is_staff(),
        })
    }

    pub(super) async fn note_failure(
        &self,
        account: Option<Uuid>,
        factor: &'static str,
    ) -> Result<(), Fault> {
        metrics::counter!("yiwang_gateway_sign_ins_total", "outcome" => "refused").increment(1);
        let actor = account.map_or_else(|| "system:nobody".to_owned(), |id| id.to_string());
        let entry = Record::by_system(actor, "account.sign_in")
            .refused()
            .detail(serde_json::json!({ "factor": factor }));
        let mut conn = self.pool.acquire().await?;
        Ok(audit::record(&mut conn, entry, self.clock.now()).await?)
    }
}

pub(super) fn wrong_password() -> Fault {
    let message = "登录名或密码不正确，请重新填写。";
    Fault::new(Code::Unauthenticated, "SIGN_IN_FAILED", message)
}
