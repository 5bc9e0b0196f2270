//! What every handler can reach.

use std::sync::Arc;

use sqlx::PgPool;
use yiwang_chassis::clock::SharedClock;

use crate::{
    account::Accounts, certificates::Certificates, clients::Backends, config::Config,
    demo::DemoControls, messages::Messages, one_thing::OneThings, rating::Ratings,
    security::rate::Limits, session::Sessions, tokens::Keyring, uploads::Uploads,
};

/// Handle on the running gateway; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) config: Config,
    pub(crate) clock: SharedClock,
    pub(crate) pool: PgPool,
    pub(crate) backends: Backends,
    pub(crate) accounts: Accounts,
    pub(crate) sessions: Sessions,
    pub(crate) keyring: Arc<Keyring>,
    pub(crate) uploads: Uploads,
    pub(crate) messages: Messages,
    pub(crate) one_things: OneThings,
    pub(crate) ratings: Ratings,
    pub(crate) certificates: Certificates,
    pub(crate) limits: Limits,
    pub(crate) demo: Option<DemoControls>,
}

impl AppState {
    pub(crate) fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
    }

    /// The configuration this process was started with.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Business time; sessions and tokens have the system's clock.
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// The services behind the gateway.
    pub fn backends(&self) -> &Backends {
        &self.0.backends
    }

    /// Registration, passwords, second factors, grants.
    pub fn accounts(&self) -> &Accounts {
        &self.0.accounts
    }

    /// Who is signed in where.
    pub fn sessions(&self) -> &Sessions {
        &self.0.sessions
    }

    /// Files that people handed in.
    pub fn uploads(&self) -> &Uploads {
        &self.0.uploads
    }

    /// What happened to one's cases.
    pub fn messages(&self) -> &Messages {
        &self.0.messages
    }

    /// One-things 一件事.
    pub(crate) fn one_things(&self) -> &OneThings {
        &self.0.one_things
    }

    /// 好差评.
    pub(crate) fn ratings(&self) -> &Ratings {
        &self.0.ratings
    }

    /// What certificates are printed and checked with.
    pub(crate) fn certificates(&self) -> &Certificates {
        &self.0.certificates
    }

    /// The movable clock and published accounts; only under `yiwang up`.
    pub fn demo(&self) -> Option<&DemoControls> {
        self.0.demo.as_ref()
    }

    /// The keys that sign access tokens.
    pub fn keyring(&self) -> &Arc<Keyring> {
        &self.0.keyring
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.pool
    }
}
