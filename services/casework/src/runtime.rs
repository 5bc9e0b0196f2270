//! What a service needs to run cases: pool, clock, calendar, rules, keys, items.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

pub use ed25519_dalek::SigningKey;
use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock, SharedClock, SystemClock},
    fault::Fault,
    identity::Role,
    ids, outbox,
};
use yiwang_civic::{
    calendar::WorkCalendar, certificate::PublicKey, params::RuleBook, person_key::PersonKeyer,
    seal::Sealer,
};

use crate::{
    decision::DomainEvent,
    registered::{Departments, Registered},
    registry::{AnyItem, Registration},
    ripple::Ripples,
    store,
};

/// Everything the cases of one service share.
pub struct Runtime {
    /// Name of the service, e.g. `assistance`.
    pub service: &'static str,
    /// The service's database.
    pub pool: PgPool,
    /// Business time.
    pub clock: SharedClock,
    /// Working days.
    pub calendar: &'static WorkCalendar,
    /// Dated parameters.
    pub rules: Arc<RuleBook>,
    /// Seals personal data.
    pub sealer: Arc<Sealer>,
    /// Makes person keys.
    pub keyer: Arc<PersonKeyer>,
    /// The departments the items call.
    pub departments: Arc<dyn Departments>,
    /// Signs electronic certificates.
    pub certificate_key: SigningKey,
    /// Check electronic certificates: the present key and the retired ones.
    pub certificate_keys: Vec<PublicKey>,
    items: Vec<Box<dyn AnyItem>>,
    ripples: Option<Box<dyn Ripples>>,
    /// Serials fetched and not yet given out; those of a process that ends are gaps.
    serials: Mutex<Vec<i64>>,
}

/// Serials fetched at once.
const SERIALS: i32 = 16;

/// The parts of a [`Runtime`] besides its items.
pub struct Parts {
    /// See [`Runtime::service`].
    pub service: &'static str,
    /// See [`Runtime::pool`].
    pub pool: PgPool,
    /// See [`Runtime::clock`].
    pub clock: SharedClock,
    /// See [`Runtime::rules`].
    pub rules: Arc<RuleBook>,
    /// See [`Runtime::sealer`].
    pub sealer: Arc<Sealer>,
    /// See [`Runtime::keyer`].
    pub keyer: Arc<PersonKeyer>,
    /// See [`Runtime::departments`].
    pub departments: Arc<dyn Departments>,
    /// See [`Runtime::certificate_key`].
    pub certificate_key: SigningKey,
}

impl Runtime {
    /// A runtime without items.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self {
            service: parts.service,
            pool: parts.pool,
            clock: parts.clock,
            calendar: WorkCalendar::embedded(),
            rules: parts.rules,
            sealer: parts.sealer,
            keyer: parts.keyer,
            departments: parts.departments,
            certificate_keys: vec![PublicKey::always(parts.certificate_key.verifying_key())],
            certificate_key: parts.certificate_key,
            items: Vec::new(),
            ripples: None,
            serials: Mutex::default(),
        }
    }

    /// Also accepts what retired keys have signed.
    #[must_use]
    pub fn with_certificate_keys(mut self, keys: Vec<PublicKey>) -> Self {
        self.certificate_keys = keys;
        self
    }

    /// Says beforehand what changes elsewhere would do here.
    #[must_use]
    pub fn with_ripples(mut self, ripples: impl Ripples + 'static) -> Self {
        self.ripples = Some(Box::new(ripples));
        self
    }

    /// Offers an item.
    ///
    /// # Errors
    /// The item's form or data schema is wrong.
    pub fn offer<I: Registered>(mut self) -> anyhow::Result<Self> {
        self.items.push(Box::new(Registration::<I>::new()?));
        Ok(self)
    }

    /// Business time now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Real time now, for leases and retries: a demo clock must not disturb them.
    #[must_use]
    pub fn wall(&self) -> Timestamp {
        SystemClock.now()
    }

    pub(crate) fn ripples(&self) -> Option<&dyn Ripples> {
        self.ripples.as_deref()
    }

    pub(crate) fn items(&self) -> &[Box<dyn AnyItem>] {
        &self.items
    }

    pub(crate) fn item(&self, code: &str) -> Result<&dyn AnyItem, Fault> {
        let found = self.items.iter().find(|item| item.code() == code);
        found.map(AsRef::as_ref).ok_or_else(|| {
            Fault::new(
                yiwang_chassis::fault::Code::NotFound,
                "ITEM_NOT_FOUND",
                "没有这个事项，请从首页重新选择。",
            )
        })
    }

    /// Roles that may look at cases of any item here. Auditors may ask everywhere; of closed
    /// cases they get none.
    pub(crate) fn viewing_roles(&self) -> BTreeSet<Role> {
        let roles = self.items.iter().flat_map(|item| item.sight().roles);
        roles.chain([Role::Auditor]).collect()
    }

    /// Seals `value` for the row `id` of `table`; it opens nowhere else.
    ///
    /// # Errors
    /// When the value is no JSON or the key cannot be used.
    pub fn seal<T: Serialize>(&self, table: &str, id: &str, value: &T) -> Result<Vec<u8>, Fault> {
        let plain = serde_json::to_vec(value).map_err(Fault::internal)?;
        let nonce = rand::random();
        let aad = format!("{}.{table}:{id}", self.service);
        self.sealer
            .seal(aad.as_bytes(), &plain, nonce)
            .map_err(Fault::internal)
    }

    /// Opens what [`Runtime::seal`] sealed for the same row.
    ///
    /// # Errors
    /// When it was sealed for another row, with another key, or as another type.
    pub fn open<T: DeserializeOwned>(
        &self,
        table: &str,
        id: &str,
        sealed: &[u8],
    ) -> Result<T, Fault> {
        let aad = format!("{}.{table}:{id}", self.service);
        let plain = self
            .sealer
            .open(aad.as_bytes(), sealed)
            .map_err(Fault::internal)?;
        serde_json::from_slice(&plain).map_err(Fault::internal)
    }

    /// A fact for other services as it goes into the outbox.
    #[must_use]
    pub fn outgoing(&self, event: DomainEvent, now: Timestamp) -> outbox::NewEvent {
        let subject = format!(
            "yiwang.{}.{}.{}",
            self.service, event.aggregate, event.event
        );
        outbox::NewEvent {
            id: ids::new(now),
            aggregate: event.aggregate,
            aggregate_id: event.aggregate_id,
            event_type: format!("{subject}.v1"),
            subject,
            occurred_at: now,
            payload: event.payload,
        }
    }

    /// The next serial of a case number.
    pub(crate) async fn next_serial(&self, conn: &mut PgConnection) -> sqlx::Result<u64> {
        let kept = || self.serials.lock().unwrap_or_else(PoisonError::into_inner);
        let kept_one = kept().pop();
        let serial = match kept_one {
            Some(serial) => serial,
            None => {
                let mut fresh = store::case::next_serials(conn, SERIALS).await?;
                fresh.reverse();
                let first = fresh.pop().unwrap_or_default();
                kept().extend(fresh);
                first
            }
        };
        Ok(serial.unsigned_abs())
    }

    pub(crate) fn new_id(&self) -> Uuid {
        ids::new(self.now())
    }
}
