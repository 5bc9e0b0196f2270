//! What the register knows of the people of a set, who are locked.

use std::collections::HashMap;

use chrono::NaiveDate;
use jiff::civil::Date;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::db::from_chrono_date;

use crate::{
    archive::{
        check::Kind,
        historical::{Death, Historical, OnFile, ended_by},
    },
    domain::record::RecordState,
};

/// What is known, kept up with the rows of the set.
pub(super) struct Facts {
    /// Person key → valid record.
    pub(super) valid: HashMap<String, Uuid>,
    /// Person key → death.
    pub(super) deaths: HashMap<String, Death>,
    /// Historical records of two of these people: valid ones, and divorces on their own.
    pub(super) on_file: Vec<OnFile>,
}

/// Reads what is known of these people.
pub(super) async fn read(conn: &mut PgConnection, keys: &[String]) -> sqlx::Result<Facts> {
    let valid: Vec<(String, Uuid)> = sqlx::query_as(
        "select person_key, record from marriage.spouse where valid and person_key = any($1)",
    )
    .bind(keys)
    .fetch_all(&mut *conn)
    .await?;
    let deaths: Vec<(String, NaiveDate, bool)> = sqlx::query_as(
        "select person_key, died_on, death_kind is not distinct from 'declaration'
           from marriage.person where died_on is not null and person_key = any($1)",
    )
    .bind(keys)
    .fetch_all(&mut *conn)
    .await?;
    type Columns = (Uuid, String, String, String, NaiveDate, String);
    let on_file: Vec<Columns> = sqlx::query_as(
        "select record.id, a.person_key, b.person_key, record.state, record.registered_on,
                record.number
           from marriage.spouse a
           join marriage.spouse b on b.record = a.record and b.side = 'b'
                                 and b.person_key = any($1)
           join marriage.record on record.id = a.record
          where a.side = 'a' and a.person_key = any($1)
            and record.kind = 'historical'
            and (record.state = 'valid'
                 or record.state = 'divorced' and record.ended_on = record.registered_on)",
    )
    .bind(keys)
    .fetch_all(conn)
    .await?;
    let death = |(key, on, declared)| {
        let on = from_chrono_date(on);
        (key, Death { on, declared })
    };
    let on_file = on_file
        .into_iter()
        .filter_map(|(id, a, b, state, on, number)| {
            Some(OnFile {
                id,
                spouses: [a, b],
                state: RecordState::from_code(&state)?,
                registered_on: from_chrono_date(on),
                number,
            })
        });
    Ok(Facts {
        valid: valid.into_iter().collect(),
        deaths: deaths.into_iter().map(death).collect(),
        on_file: on_file.collect(),
    })
}

impl Facts {
    /// The record that a divorce of these two ends, which it has then.
    pub(super) fn end(&mut self, divorced_on: Date, both: &[String; 2]) -> Option<Uuid> {
        let ended = ended_by(divorced_on, both, &self.on_file)?.id;
        self.on_file.retain(|record| record.id != ended);
        self.valid.retain(|_, record| *record != ended);
        Some(ended)
    }

    /// A record of the set, for the rows after it.
    pub(super) fn add(&mut self, id: Uuid, fact: &Historical, both: &[String; 2]) {
        let state = fact
            .end
            .as_ref()
            .map_or(RecordState::Valid, |end| end.state);
        let divorce = fact.kind == Kind::Divorce;
        if state == RecordState::Valid || divorce {
            self.on_file.push(OnFile {
                id,
                spouses: both.clone(),
                state,
                registered_on: fact.registered_on,
                number: fact.number.clone(),
            });
        }
    }
}
