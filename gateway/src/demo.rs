//! The movable clock and the published accounts of a demonstration.
//!
//! There only when the configuration has a `[demo]` section, which `yiwang
//! serve` refuses. The passwords and second factors below are public: they
//! open nothing but demonstrations.

use std::sync::Arc;

use jiff::{SignedDuration, Span, Timestamp};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::{Builder, Uuid};
use yiwang_chassis::{
    clock::{Clock as _, ClockError, DemoClock, REREAD_AFTER, SharedClock, SystemClock},
    fault::{Code, Fault},
    identity::Grant,
};

use crate::{
    account::{Accounts, NewAccount, NewStaff, totp_code_at},
    config,
};

mod accounts;
pub mod pictures;

pub use accounts::{ACCOUNTS, DemoAccount, PASSWORD};

/// What a person can do in a demonstration only.
pub struct DemoControls {
    clock: DemoClock,
    security_clock: SharedClock,
    pool: PgPool,
}

/// The present code of a published account, for the sign-in page.
#[derive(Debug, Clone)]
pub struct DemoCode {
    /// Which account.
    pub account: &'static DemoAccount,
    /// Absent for accounts without a second factor.
    pub code: Option<String>,
}

impl DemoControls {
    pub(crate) fn open(
        config: &config::Demo,
        pool: PgPool,
        security_clock: SharedClock,
    ) -> anyhow::Result<Self> {
        Ok(Self {
            clock: DemoClock::open(&config.clock_file)?,
            security_clock,
            pool,
        })
    }

    /// The demonstration's time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Moves the clock forward by an ISO 8601 duration, e.g. `P7D`, `P1M`, `PT2H`.
    ///
    /// # Errors
    /// `INVALID_INPUT` for anything else, and for a step back.
    pub async fn advance(&self, by: &str) -> Result<Timestamp, Fault> {
        let span: Span = by.parse().map_err(|_| {
            let message = "请填写 ISO 8601 时长，例如 P7D（七天）或 P1M（一个月）。";
            Fault::invalid_field("/advance", "DURATION", message)
        })?;
        let now = self.clock.now();
        let zoned = now.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8)));
        let later = zoned
            .checked_add(span)
            .map_err(|_| refused(&ClockError::OutOfRange))?;
        let by: SignedDuration = later.timestamp().duration_since(now);
        let now = self.clock.advance(by).map_err(|error| refused(&error))?;
        Ok(everywhere(now).await)
    }

    /// Moves the clock forward to `at` (RFC 3339).
    ///
    /// # Errors
    /// `INVALID_INPUT` for anything else, and for an instant that has passed.
    pub async fn set(&self, at: &str) -> Result<Timestamp, Fault> {
        let at: Timestamp = at.parse().map_err(|_| {
            let message = "请填写带时区的时间，例如 2026-05-12T09:00:00+08:00。";
            Fault::invalid_field("/set", "TIMESTAMP", message)
        })?;
        let now = self.clock.set(at).map_err(|error| refused(&error))?;
        Ok(everywhere(now).await)
    }

    /// The published accounts with their present codes; one that was used is
    /// passed over, so that one can sign in again at once.
    ///
    /// # Errors
    /// When the database is away.
    pub async fn totp_codes(&self) -> Result<Vec<DemoCode>, Fault> {
        let logins: Vec<&str> = ACCOUNTS.iter().map(|account| account.login).collect();
        let steps = crate::account::last_steps(&self.pool, &logins).await?;
        let now = self.security_clock.now();
        let code = |account: &'static DemoAccount| {
            let used = steps.iter().find(|(login, _)| login == account.login);
            let used = used.and_then(|(_, step)| *step);
            let code = match account.is_staff() {
                true => Some(totp_code_at(&secret(account.login), now, used)?),
                false => None,
            };
            Ok(DemoCode { account, code })
        };
        ACCOUNTS.iter().map(code).collect()
    }
}

/// Answers when every process has seen the new time: who moves the clock and then asks a
/// service must not be told of yesterday.
async fn everywhere(now: Timestamp) -> Timestamp {
    tokio::time::sleep(REREAD_AFTER).await;
    now
}

fn refused(error: &ClockError) -> Fault {
    let message = match error {
        ClockError::Backwards => "演示时钟只能向前拨。",
        ClockError::OutOfRange => "演示时钟不能拨得这么远。",
        ClockError::Damaged(_) | ClockError::Io { .. } => {
            return Fault::internal(anyhow::anyhow!("{error}"));
        }
    };
    Fault::new(Code::InvalidInput, "DEMO_CLOCK", message)
}

/// The published second factor of a demo account, base32.
pub fn secret(login: &str) -> String {
    let digest = Sha256::digest(format!("yiwang demo {login}"));
    crate::account::base32(&digest[..20])
}

/// The id of a published officer's account: other services' demo data name it too.
pub fn account_id(login: &str) -> Uuid {
    let digest = Sha256::digest(format!("yiwang demo account {login}"));
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// Creates the published accounts that are missing.
///
/// # Errors
/// When an account cannot be created.
pub async fn seed(accounts: &Accounts) -> Result<(), Fault> {
    for demo in &ACCOUNTS {
        // Hashing a password takes long: not again at each start.
        if accounts.find(demo.login).await?.is_some() {
            continue;
        }
        let created = if demo.is_staff() {
            let new = NewStaff {
                login: demo.login.to_owned(),
                password: PASSWORD.to_owned().into(),
                name: demo.name.to_owned(),
                id_number: Some(demo.id_number.to_owned()),
                grants: demo
                    .grants
                    .iter()
                    .map(|(role, at)| Grant::new(*role, *at))
                    .collect(),
                totp_secret: Some(secret(demo.login)),
            };
            let id = account_id(demo.login);
            accounts.create_staff_as(id, new).await.map(|_| ())
        } else {
            let new = NewAccount {
                login: demo.login.to_owned(),
                password: PASSWORD.to_owned().into(),
                name: demo.name.to_owned(),
                id_number: demo.id_number.to_owned(),
                phone: demo.phone.to_owned(),
            };
            match accounts.register(new).await {
                Ok(who) => accounts.verify_identity(who.account).await,
                Err(fault) => Err(fault),
            }
        };
        match created {
            // From an earlier start, or another replica was faster.
            Err(fault) if fault.code == Code::AlreadyExists => {}
            other => other?,
        }
    }
    Ok(())
}

/// Keeps the types honest: a demonstration's security has the real clock.
pub(crate) fn security_clock() -> SharedClock {
    Arc::new(SystemClock)
}

impl DemoAccount {
    /// Works for the state in any role.
    pub fn is_staff(&self) -> bool {
        self.grants.iter().any(|(role, _)| role.is_staff())
    }
}
