//! A death recorded elsewhere ends a marriage; a death that proves wrong gives it back
//! (民法典 46, 51).
//!
//! | ended by | spouse meanwhile | on revocation |
//! |---|---|---|
//! | declaration | – | valid again by itself |
//! | declaration | remarried, or declined in writing | stays ended |
//! | certificate | – | valid again: it never was a death |
//! | certificate | remarried | a registrar settles it |

use chrono::NaiveDate;
use jiff::{Timestamp, civil::Date};
use sqlx::PgConnection;
use yiwang_chassis::db::{from_chrono_date, to_chrono_date};

use super::{
    conflict,
    ending::{self, End, Trace},
    events::{self, Changed},
    person, read,
};
use crate::domain::{
    record::{Known, Record, RecordState},
    status::remarried,
};

/// A death as the burial service tells it.
#[derive(Debug, Clone, Copy)]
pub struct Death<'a> {
    /// Person key.
    pub person: &'a str,
    /// Day of death, or of the court's declaration.
    pub on: Date,
    /// Declared by a court, not certified.
    pub declared: bool,
    /// Number of the certificate or judgment.
    pub paper: &'a str,
}

/// Records a death, or corrects its day. False when the person married or divorced at
/// this very instant: nothing was done then, try again.
///
/// # Errors
/// The database does not answer.
pub async fn record(
    conn: &mut PgConnection,
    death: Death<'_>,
    now: Timestamp,
) -> sqlx::Result<bool> {
    let Some(known) = locked(conn, death.person).await? else {
        return Ok(false);
    };
    let (kind, state) = match death.declared {
        true => ("declaration", RecordState::EndedDeclared),
        false => ("death", RecordState::EndedDeath),
    };
    sqlx::query(
        "update marriage.person set died_on = $2, death_kind = $3, death_paper = $4
          where person_key = $1",
    )
    .bind(death.person)
    .bind(to_chrono_date(death.on))
    .bind(kind)
    .bind(death.paper)
    .execute(&mut *conn)
    .await?;
    let trace = Trace {
        by: "burial",
        reason: state.label(),
        at: now,
    };
    let mut changes = Vec::new();
    for record in &known.records {
        let own = Ended {
            on: death.on,
            state,
            paper: death.paper.to_owned(),
        };
        let (ended, both) = match record.state {
            RecordState::Valid => {
                let both = ending::end(conn, own.of(record), trace).await?;
                (own, both.unwrap_or_default())
            }
            _ if of_a_death(record) => {
                let Some(first) = first_end(conn, record, &known, (death.person, own)).await?
                else {
                    continue;
                };
                if !ending::move_end(conn, first.of(record), trace).await? {
                    continue;
                }
                (first, record.spouses.to_vec())
            }
            _ => continue,
        };
        changes.push(Changed {
            record: record.id,
            both,
            cause: events::cause(ended.state),
            effective_on: ended.on,
        });
    }
    events::publish(conn, &changes, now).await?;
    Ok(true)
}

/// Takes a death back. False as for [`record`].
///
/// # Errors
/// The database does not answer.
pub async fn revoke(conn: &mut PgConnection, person: &str, now: Timestamp) -> sqlx::Result<bool> {
    let Some(known) = locked(conn, person).await? else {
        return Ok(false);
    };
    sqlx::query(
        "update marriage.person set died_on = null, death_kind = null, death_paper = null
          where person_key = $1",
    )
    .bind(person)
    .execute(&mut *conn)
    .await?;
    let trace = Trace {
        by: "burial",
        reason: "死亡登记或者死亡宣告撤销",
        at: now,
    };
    let mut changes = Vec::new();
    for record in known.records.iter().filter(|it| ended_by_death(it, &known)) {
        let certified = record.state == RecordState::EndedDeath;
        if let Some(other) = spouse_died(conn, record, person).await? {
            // The other's death ended it all the same.
            ending::move_end(conn, other.of(record), trace).await?;
            changes.push(Changed {
                record: record.id,
                both: record.spouses.to_vec(),
                cause: events::cause(other.state),
                effective_on: other.on,
            });
            continue;
        }
        match later_marriage(conn, record, person).await? {
            Some(later) if certified => {
                let records = [record.id, later.id];
                conflict::open(conn, conflict::DEATH_REVOKED, person, &records, now).await?;
            }
            Some(_) => {}
            None if !certified && declined(conn, record).await? => {}
            None => changes.push(Changed {
                record: record.id,
                both: ending::revive(conn, record.id, trace).await?,
                cause: events::cause(RecordState::Valid),
                effective_on: record.effective_from,
            }),
        }
    }
    events::publish(conn, &changes, now).await?;
    Ok(true)
}

/// Locks the person and everybody ever married to them, and reads the person's records.
async fn locked(conn: &mut PgConnection, person: &str) -> sqlx::Result<Option<Known>> {
    let spouses = read::spouses(conn, person).await?;
    let mut keys = spouses.clone();
    keys.push(person.to_owned());
    person::lock(conn, &keys).await?;
    // Somebody who came in between is not locked, and may not be: the order is gone.
    if read::spouses(conn, person).await? != spouses {
        return Ok(None);
    }
    let known = read::known(conn, &[person.to_owned()]).await?;
    Ok(known.into_iter().next())
}

fn of_a_death(record: &Record) -> bool {
    matches!(
        record.state,
        RecordState::EndedDeath | RecordState::EndedDeclared
    )
}

/// How a death ended a marriage.
struct Ended {
    on: Date,
    state: RecordState,
    paper: String,
}

impl Ended {
    fn of(&self, record: &Record) -> End<'_> {
        End {
            record: record.id,
            state: self.state,
            on: self.on,
            paper: &self.paper,
        }
    }
}

/// The death of the one who died first, whichever was told first; none: what stands is earlier.
async fn first_end(
    conn: &mut PgConnection,
    record: &Record,
    known: &Known,
    (person, own): (&str, Ended),
) -> sqlx::Result<Option<Ended>> {
    let other = spouse_died(conn, record, person).await?;
    let first = match other {
        // Both on one day: either ended it.
        Some(other) if other.on == own.on && record.ended_on == Some(own.on) => return Ok(None),
        Some(other) if other.on < own.on => other,
        _ => own,
    };
    let stands = record.ended_on.filter(|_| !ended_by_death(record, known));
    Ok(Some(first).filter(|first| stands.is_none_or(|on| first.on < on)))
}

/// How the death of the other of the two ends it.
async fn spouse_died(
    conn: &mut PgConnection,
    record: &Record,
    person: &str,
) -> sqlx::Result<Option<Ended>> {
    let died: Option<(NaiveDate, bool, String)> = sqlx::query_as(
        "select died_on, death_kind is not distinct from 'declaration', coalesce(death_paper, '')
           from marriage.person where person_key = $1 and died_on is not null",
    )
    .bind(record.spouse_of(person))
    .fetch_optional(conn)
    .await?;
    Ok(died.map(|(on, declared, paper)| Ended {
        on: from_chrono_date(on),
        state: match declared {
            true => RecordState::EndedDeclared,
            false => RecordState::EndedDeath,
        },
        paper,
    }))
}

fn ended_by_death(record: &Record, of: &Known) -> bool {
    // Of two spouses both may be dead: only this one's death counts here.
    of_a_death(record) && record.ended_on.is_some() && record.ended_on == of.died_on
}

/// A marriage of either since the end of this one; it need not have lasted (民法典 51).
async fn later_marriage(
    conn: &mut PgConnection,
    ended: &Record,
    person: &str,
) -> sqlx::Result<Option<Record>> {
    let keys: Vec<String> = ended
        .spouse_of(person)
        .into_iter()
        .chain([person])
        .map(str::to_owned)
        .collect();
    let known = read::known(conn, &keys).await?;
    let later = known.iter().find_map(|known| remarried(ended, known));
    Ok(later.cloned())
}

async fn declined(conn: &mut PgConnection, record: &Record) -> sqlx::Result<bool> {
    sqlx::query_scalar("select declined_on is not null from marriage.record where id = $1")
        .bind(record.id)
        .fetch_one(conn)
        .await
}
