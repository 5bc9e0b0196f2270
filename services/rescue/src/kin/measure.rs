//! The relative search over a database that is thrown away: what `yiwang bench kin` drives. The
//! same functions as in service, without TLS and gRPC; keys of its own, nobody's data.

use std::sync::Arc;

use serde_json::Value;
use sqlx::PgPool;
use yiwang_casework::{
    Answer, CallError, Departments, Runtime,
    host::rule_book,
    runtime::{Parts, SigningKey},
};
use yiwang_chassis::{clock::SharedClock, db, fault::Fault};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

use super::{
    Search,
    batches::{self, Imported},
    clues,
    matching::Found,
};
use crate::domain::kin::{clues::Clues, report::Report};

/// Nobody is called.
struct Nobody;

#[tonic::async_trait]
impl Departments for Nobody {
    async fn call(&self, kind: &str, _: &str, _: &Value) -> Result<Answer, CallError> {
        Err(CallError::Refused(format!("no department for {kind}")))
    }

    fn name_of(&self, _: &str) -> &'static str {
        ""
    }

    fn callback(&self, department: &str, _: &[u8], _: &str) -> Result<String, CallError> {
        Err(CallError::Refused(format!("no department {department}")))
    }
}

/// A scratch installation of the search.
#[derive(Clone)]
pub struct Scratch {
    search: Search,
}

impl Scratch {
    /// Makes the tables in an empty database.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn open(pool: PgPool, clock: SharedClock) -> anyhow::Result<Self> {
        db::migrate(&pool, &crate::schemas()).await?;
        let key = SealKey::Aes256Gcm(rand::random());
        let runtime = Runtime::new(Parts {
            service: "rescue",
            pool,
            clock,
            rules: Arc::new(rule_book(crate::RULES, "".as_ref())?),
            sealer: Arc::new(Sealer::new("bench", [("bench".to_owned(), key)])?),
            keyer: Arc::new(PersonKeyer::new(&rand::random::<[u8; 32]>())?),
            departments: Arc::new(Nobody),
            certificate_key: SigningKey::from_bytes(&rand::random()),
        });
        Ok(Self {
            search: Search::new(Arc::new(runtime)),
        })
    }

    fn rt(&self) -> &Runtime {
        &self.search.runtime
    }

    /// A batch as it is imported, in one transaction.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn import(&self, batch: &[Report]) -> anyhow::Result<Imported> {
        let mut tx = self.rt().pool.begin().await?;
        let done = batches::import(self.rt(), &mut tx, batch, self.rt().now()).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Clues as a stay has them.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn tell(&self, list: &[Clues]) -> anyhow::Result<()> {
        let mut tx = self.rt().pool.begin().await?;
        for one in list {
            clues::upsert(self.rt(), &mut tx, &one.query_id, one, self.rt().now()).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// Reads everything into memory, as a start does.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn load(&self) -> anyhow::Result<()> {
        let mut conn = self.rt().pool.acquire().await?;
        Ok(self.search.follow(&mut conn).await?)
    }

    /// Reports and stranded people in memory, and its bytes.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        self.search.size()
    }

    /// The same memory, searched without faces.
    #[must_use]
    pub fn without_faces(&self) -> Self {
        Self {
            search: self.search.without_faces(),
        }
    }

    /// Reports for a stranded person.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn for_stay(&self, stay: &str, keep: usize) -> Result<Option<Found>, Fault> {
        let mut conn = self.rt().pool.acquire().await?;
        self.search.for_stay(&mut conn, stay, keep).await
    }

    /// Stranded people for a report, by its number.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn for_report(&self, number: &str, keep: usize) -> Result<Option<Found>, Fault> {
        let mut conn = self.rt().pool.acquire().await?;
        self.search.for_report(&mut conn, number, keep).await
    }
}
