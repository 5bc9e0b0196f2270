//! Candidates in both directions: memory finds the best few hundred, the database opens them,
//! the full score ranks them and says why.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
};

use sqlx::PgConnection;
use tokio::{sync::Mutex, task::spawn_blocking};
use yiwang_casework::Runtime;
use yiwang_chassis::fault::Fault;

use super::{
    clues,
    follow::{self, Shared},
    opened::{candidate, ranked_reports},
    reports,
};
use crate::domain::kin::{
    prepare,
    report::Source,
    score::{Alone, Reason, compare::Subject, rank},
    tuned,
};

pub use super::opened::pair;

/// Reports that are opened and compared in full.
const OPENED: usize = 300;

/// The search of one process.
#[derive(Clone)]
pub struct Search {
    pub(super) runtime: Arc<Runtime>,
    pool: Shared,
    /// Up to where memory follows the tables; none: not loaded. One at a time.
    seen: Arc<Mutex<Option<i64>>>,
    faces: bool,
}

/// What a search found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Found {
    /// The likeliest first.
    pub candidates: Vec<Candidate>,
    /// How many were compared.
    pub pool: usize,
    /// Nothing was compared: the index is being loaded.
    pub loading: bool,
}

/// A pair that may be the same person.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Number of the report.
    pub report: String,
    /// Case number of the stay.
    pub stay: String,
    /// Who reported.
    pub source: Source,
    /// Name on the other side: the report's, or what the stranded person told.
    pub name: String,
    /// That it is the same person.
    pub probability: f32,
    /// Weighed evidence in nats.
    pub score: f32,
    /// Why, the weightiest first.
    pub reasons: Vec<Reason>,
    /// Nothing but the face or places agrees.
    pub alone: Option<Alone>,
}

impl Search {
    /// Nothing is loaded yet.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self {
            runtime,
            pool: Shared::default(),
            seen: Arc::default(),
            faces: true,
        }
    }

    /// The same memory, searched as if no stranded person had a face.
    #[must_use]
    pub fn without_faces(&self) -> Self {
        Self {
            faces: false,
            ..self.clone()
        }
    }

    /// Memory follows the tables; the first time it reads everything. Not inside a transaction
    /// that may be rolled back: memory would keep what it wrote.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn follow(&self, conn: &mut PgConnection) -> sqlx::Result<()> {
        let mut seen = self.seen.lock().await;
        let worn = self.read(|pool| pool.reports.is_worn()).unwrap_or(false);
        *seen = Some(match *seen {
            Some(since) if !worn => {
                follow::catch_up(&self.runtime, conn, &self.pool, since).await?
            }
            _ => follow::load(&self.runtime, conn, &self.pool).await?,
        });
        Ok(())
    }

    /// What is committed is found at once; a process that still loads does not wait for it.
    async fn fresh(&self, conn: &mut PgConnection) -> sqlx::Result<bool> {
        if self.read(|_| ()).is_none() {
            return Ok(false);
        }
        self.follow(conn).await?;
        Ok(true)
    }

    fn read<T>(&self, look: impl FnOnce(&super::pool::Pool) -> T) -> Option<T> {
        let pool = self.pool.read().unwrap_or_else(PoisonError::into_inner);
        pool.as_ref().map(look)
    }

    /// Open reports and stranded people in memory, and its bytes.
    #[must_use]
    pub fn size(&self) -> (usize, usize, usize) {
        let size = self.read(|pool| {
            let (reports, stays) = (&pool.reports, &pool.stays);
            (reports.live(), stays.numbers.len(), reports.bytes())
        });
        size.unwrap_or_default()
    }

    /// Reports that may be the person of this stay; none: nobody searches for it.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn for_stay(
        &self,
        conn: &mut PgConnection,
        stay: &str,
        keep: usize,
    ) -> Result<Option<Found>, Fault> {
        let rt = &self.runtime;
        let Some(mut of) = clues::find(rt, conn, stay).await? else {
            return Ok(None);
        };
        if !self.faces {
            of.clues.face = None;
        }
        if !self.fresh(conn).await? {
            return Ok(Some(still_loading()));
        }
        let search = self.clone();
        let (of, ids, pool) = blocking(move || {
            let told = prepare::clues(&of.clues);
            let t = tuned();
            let subject = Subject::new(&told, t.shares);
            let found = search.read(|pool| {
                let index = &pool.reports.index;
                let best = index.candidates(&subject, t.model, t.shares, OPENED);
                let live = best.iter().filter(|(_, score)| *score > f32::MIN);
                let ids = live.filter_map(|(at, _)| pool.reports.ids.get(*at as usize).copied());
                (ids.collect::<Vec<i64>>(), pool.reports.live())
            });
            let (ids, pool) = found.unwrap_or_default();
            (of, ids, pool)
        })
        .await?;
        let rows: Vec<reports::Stored> = sqlx::query_as(
            "select id, number, state, case_number, sealed, face from rescue.report
              where id = any($1) and state = 'open'",
        )
        .bind(&ids)
        .fetch_all(&mut *conn)
        .await?;
        let rt = rt.clone();
        let ranked = blocking(move || ranked_reports(&rt, &of, (&ids, rows), pool, keep));
        Ok(Some(Found {
            candidates: ranked.await??,
            pool,
            loading: false,
        }))
    }

    /// Stranded people who may be the one of this report; none: it is not open.
    ///
    /// # Errors
    /// The database does not answer.
    pub async fn for_report(
        &self,
        conn: &mut PgConnection,
        report: &str,
        keep: usize,
    ) -> Result<Option<Found>, Fault> {
        let rt = &self.runtime;
        let found = reports::find(rt, conn, report).await?;
        let Some(mut held) = found.filter(|report| report.state == "open") else {
            return Ok(None);
        };
        if !self.faces {
            held.report.face = None;
        }
        if !self.fresh(conn).await? {
            return Ok(Some(still_loading()));
        }
        let search = self.clone();
        let (held, features, ranked, pool) = blocking(move || {
            let features = prepare::report(&held.report);
            let found = search.read(|pool| {
                let stays = &pool.stays;
                let ranked = rank::stranded(&features, &stays.subjects, keep, tuned());
                let numbered = ranked
                    .into_iter()
                    .filter_map(|one| Some((stays.numbers.get(one.at)?.clone(), one)));
                (numbered.collect::<Vec<_>>(), stays.numbers.len())
            });
            let (ranked, pool) = found.unwrap_or_default();
            (held, features, ranked, pool)
        })
        .await?;
        let numbers: Vec<&str> = ranked.iter().map(|(number, _)| number.as_str()).collect();
        let rows: Vec<clues::Stored> = sqlx::query_as(
            "select case_number, active, sealed, face from rescue.clues
              where case_number = any($1) and active",
        )
        .bind(numbers)
        .fetch_all(&mut *conn)
        .await?;
        let mut told = HashMap::new();
        for row in rows {
            let of = row.open(rt)?;
            told.insert(of.stay.clone(), of);
        }
        let pairs = ranked.iter().filter_map(|(number, one)| {
            let of = told.get(number)?;
            Some(candidate(of, (&held, &features), one))
        });
        Ok(Some(Found {
            candidates: pairs.collect(),
            pool,
            loading: false,
        }))
    }
}

fn still_loading() -> Found {
    Found {
        loading: true,
        ..Found::default()
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    spawn_blocking(work).await.map_err(Fault::internal)
}
