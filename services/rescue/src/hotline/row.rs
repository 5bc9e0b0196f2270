//! Calls in their table.

use chrono::{DateTime, NaiveDate, Utc};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use sqlx::{FromRow, PgConnection};
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::{from_chrono, from_chrono_date, to_chrono, to_chrono_date},
    fault::Fault,
};
use yiwang_civic::mask;
use yiwang_proto::rescue::v1 as pb;

use crate::{
    domain::hotline::{Followed, Kind},
    stays::wire,
};

/// What is sealed of a call.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) caller: String,
    pub(super) phone: String,
    pub(super) asked: String,
    pub(super) answered: String,
}

/// A call.
#[derive(Debug, Clone)]
pub(super) struct Call {
    pub(super) id: Uuid,
    pub(super) station: String,
    pub(super) at: Timestamp,
    pub(super) written_at: Timestamp,
    pub(super) taken_by: String,
    pub(super) account: Uuid,
    pub(super) kind: Kind,
    pub(super) followed: Followed,
    pub(super) followed_at: Option<Timestamp>,
    pub(super) refers: String,
    pub(super) said: Said,
    pub(super) recording: String,
    pub(super) keep_until: Date,
    pub(super) erased_at: Option<Timestamp>,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: Uuid,
    station: String,
    at: DateTime<Utc>,
    written_at: DateTime<Utc>,
    taken_by: String,
    account: Uuid,
    kind: String,
    followed: String,
    followed_at: Option<DateTime<Utc>>,
    refers: String,
    sealed: Vec<u8>,
    recording: String,
    keep_until: NaiveDate,
    erased_at: Option<DateTime<Utc>>,
}

impl Row {
    pub(super) fn open(self, rt: &Runtime) -> Result<Call, Fault> {
        Ok(Call {
            said: rt.open("call", &self.id.to_string(), &self.sealed)?,
            id: self.id,
            station: self.station,
            at: from_chrono(self.at),
            written_at: from_chrono(self.written_at),
            taken_by: self.taken_by,
            account: self.account,
            kind: Kind::from_code(&self.kind).unwrap_or(Kind::Other),
            followed: Followed::from_code(&self.followed).unwrap_or(Followed::Open),
            followed_at: self.followed_at.map(from_chrono),
            refers: self.refers,
            recording: self.recording,
            keep_until: from_chrono_date(self.keep_until),
            erased_at: self.erased_at.map(from_chrono),
        })
    }
}

/// A call; `for_update` locks it.
pub(super) async fn find(
    rt: &Runtime,
    conn: &mut PgConnection,
    id: Uuid,
    for_update: bool,
) -> Result<Option<Call>, Fault> {
    let sql = match for_update {
        true => "select * from rescue.call where id = $1 for update",
        false => "select * from rescue.call where id = $1",
    };
    let row: Option<Row> = sqlx::query_as(sql).bind(id).fetch_optional(conn).await?;
    row.map(|row| row.open(rt)).transpose()
}

/// A new call.
pub(super) async fn insert(
    rt: &Runtime,
    conn: &mut PgConnection,
    call: &Call,
) -> Result<(), Fault> {
    let sealed = rt.seal("call", &call.id.to_string(), &call.said)?;
    sqlx::query(
        "insert into rescue.call
             (id, station, at, written_at, taken_by, account, kind, followed, followed_at, refers,
              sealed, recording, keep_until)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(call.id)
    .bind(&call.station)
    .bind(to_chrono(call.at))
    .bind(to_chrono(call.written_at))
    .bind(&call.taken_by)
    .bind(call.account)
    .bind(call.kind.code())
    .bind(call.followed.code())
    .bind(call.followed_at.map(to_chrono))
    .bind(&call.refers)
    .bind(sealed)
    .bind(&call.recording)
    .bind(to_chrono_date(call.keep_until))
    .execute(conn)
    .await?;
    Ok(())
}

/// What followed on it.
pub(super) async fn followed(
    rt: &Runtime,
    conn: &mut PgConnection,
    call: &Call,
) -> Result<(), Fault> {
    let sealed = rt.seal("call", &call.id.to_string(), &call.said)?;
    sqlx::query(
        "update rescue.call set followed = $2, followed_at = $3, refers = $4, sealed = $5
          where id = $1",
    )
    .bind(call.id)
    .bind(call.followed.code())
    .bind(call.followed_at.map(to_chrono))
    .bind(&call.refers)
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}

impl Call {
    /// In full.
    pub(super) fn full(self) -> pb::Call {
        pb::Call {
            id: self.id.to_string(),
            station: self.station,
            at: wire(self.at),
            taken_by: self.taken_by,
            kind: self.kind.code().to_owned(),
            kind_label: self.kind.label().to_owned(),
            followed: self.followed.code().to_owned(),
            followed_label: self.followed.label().to_owned(),
            refers: self.refers,
            caller: self.said.caller,
            phone: self.said.phone,
            asked: self.said.asked,
            answered: self.said.answered,
            recording: self.recording,
            keep_until: self.keep_until.to_string(),
            erased_at: self.erased_at.map(wire).unwrap_or_default(),
            followed_at: self.followed_at.map(wire).unwrap_or_default(),
        }
    }

    /// Without what was told; who called is masked.
    pub(super) fn brief(self) -> pb::Call {
        let hidden = |text: &str, mask: fn(&str) -> String| match text {
            "" => String::new(),
            text => mask(text),
        };
        let full = self.full();
        pb::Call {
            caller: hidden(&full.caller, mask::name),
            phone: hidden(&full.phone, mask::phone),
            asked: String::new(),
            answered: String::new(),
            ..full
        }
    }
}
