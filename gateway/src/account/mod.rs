//! Accounts: registration with the real name, passwords, second factors, grants.
//!
//! ```text
//! citizen: register ─> sign in (password ≥ 15, or ≥ 8 with a second factor)
//! staff:   created with grants ─> sign in ─> enrol a second factor ─> sign in with it
//! ```
//! An unknown login name, a wrong password and a disabled account get the same
//! answer in the same time.

use std::sync::Arc;

use secrecy::SecretString;
use sqlx::PgPool;
use uuid::Uuid;
use yiwang_chassis::{clock::SharedClock, identity::Grant};

use crate::{crypto::Vault, session::Authenticated};

mod check;
mod counter;
mod guard;
mod manage;
mod own;
mod password;
mod register;
mod second_factor;
mod sign_in;
mod store;
mod totp;

pub use totp::code_at as totp_code_at;
pub(crate) use {store::last_steps, totp::to_base32 as base32};

/// What a citizen enters to register. No `Debug`: it would put people into logs.
#[derive(Clone)]
pub struct NewAccount {
    /// Chosen login name.
    pub login: String,
    /// At least 15 characters.
    pub password: SecretString,
    /// Real name.
    pub name: String,
    /// 公民身份号码.
    pub id_number: String,
    /// Mobile phone.
    pub phone: String,
}

/// An account that an operator creates.
#[derive(Clone)]
pub struct NewStaff {
    /// Login name.
    pub login: String,
    /// First password.
    pub password: SecretString,
    /// Real name, shown in the history of cases.
    pub name: String,
    /// ID number: whoever decides must not decide a case of their own.
    pub id_number: Option<String>,
    /// Roles and where they hold.
    pub grants: Vec<Grant>,
    /// A second factor that is known already (demo); otherwise it is enrolled
    /// at the first sign-in. Base32, at least 20 bytes.
    pub totp_secret: Option<String>,
}

/// What a right password leads to.
#[derive(Debug)]
pub enum SignInOutcome {
    /// In: open a session.
    Done(Authenticated),
    /// The code of the second factor is asked for.
    TotpRequired {
        /// For [`Accounts::second_step`], good for five minutes.
        ticket: SecretString,
    },
    /// Staff must enrol a second factor first.
    TotpEnrolmentRequired(Enrolment),
}

/// A second factor about to be enrolled.
#[derive(Debug)]
pub struct Enrolment {
    /// For [`Accounts::confirm_totp`], good for ten minutes.
    pub ticket: SecretString,
    /// To be typed into the authenticator app.
    pub secret_base32: SecretString,
    /// The same as an `otpauth://` URI, for a link or a QR code.
    pub uri: SecretString,
}

/// What one sees of one's own account.
#[derive(Clone)]
pub struct OwnAccount {
    /// Login name.
    pub login: String,
    /// Real name.
    pub name: String,
    /// Masked, when there is one.
    pub id_number: Option<String>,
    /// Masked, when there is one.
    pub phone: Option<String>,
    /// Whether a second factor is enrolled.
    pub second_factor: bool,
    /// Whether texts about news are wanted.
    pub texts: bool,
}

/// An officer to whom a case can be handed.
#[derive(Clone)]
pub struct Colleague {
    /// The account.
    pub account: Uuid,
    /// Real name.
    pub name: String,
    /// Roles and where they hold.
    pub grants: Vec<Grant>,
}

/// Registers, signs in and manages accounts.
pub struct Accounts {
    pool: PgPool,
    vault: Arc<Vault>,
    clock: SharedClock,
    passwords: password::Hasher,
}

impl Accounts {
    /// Accounts in `pool`; `clock` is the system's, whatever the business clock says.
    ///
    /// # Errors
    /// When the password hasher cannot be set up.
    pub fn new(pool: PgPool, vault: Arc<Vault>, clock: SharedClock) -> anyhow::Result<Self> {
        Ok(Self {
            pool,
            vault,
            clock,
            passwords: password::Hasher::new()?,
        })
    }
}
