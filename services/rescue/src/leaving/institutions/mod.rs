//! Foster institutions 托养机构: licences, agreement, the county's check.

mod save;
mod shown;

pub(super) use save::{check, save};

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;
use sqlx::{FromRow, PgConnection};
use yiwang_casework::Runtime;
use yiwang_chassis::{db::from_chrono_date, fault::Fault};
use yiwang_civic::division;
use yiwang_proto::rescue::v1 as pb;

use crate::domain::foster_placement::law::{Institution, Kind};

/// Columns of a row.
const COLUMNS: &str = "select code, name, division, kind, licences, agreement, agreement_to,
    checked_on, checked_by, check_result, active from rescue.institution";

#[derive(FromRow)]
struct Row {
    code: String,
    name: String,
    division: String,
    kind: String,
    licences: Value,
    agreement: String,
    agreement_to: Option<NaiveDate>,
    checked_on: Option<NaiveDate>,
    checked_by: Option<String>,
    check_result: String,
    active: bool,
}

impl Row {
    fn open(self) -> sqlx::Result<Institution> {
        let licences = serde_json::from_value(self.licences)
            .map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(Institution {
            kind: Kind::from_code(&self.kind)
                .ok_or_else(|| sqlx::Error::Decode("kind of an institution".into()))?,
            code: self.code,
            name: self.name,
            division: self.division,
            licences,
            agreement: self.agreement,
            agreement_to: self.agreement_to.map(from_chrono_date),
            checked_on: self.checked_on.map(from_chrono_date),
            checked_by: self.checked_by.unwrap_or_default(),
            check_result: self.check_result,
            active: self.active,
        })
    }
}

/// The institution with this code; nobody changes it till the caller's transaction ends.
pub(super) async fn find(conn: &mut PgConnection, code: &str) -> sqlx::Result<Option<Institution>> {
    let sql = format!("{COLUMNS} where code = $1 for share");
    let row: Option<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(code)
        .fetch_optional(conn)
        .await?;
    row.map(Row::open).transpose()
}

/// Those within a division.
pub(super) async fn list(
    rt: &Runtime,
    request: pb::ListInstitutionsRequest,
) -> Result<pb::InstitutionList, Fault> {
    let mut conn = rt.pool.acquire().await?;
    let sql = format!("{COLUMNS} where starts_with(division, $1) and (active or $2) order by code");
    let rows: Vec<Row> = sqlx::query_as(sqlx::AssertSqlSafe(sql))
        .bind(division::scope_prefix(request.division.trim()))
        .bind(request.all)
        .fetch_all(&mut *conn)
        .await?;
    let found = rows.into_iter().map(Row::open);
    let found = found.collect::<sqlx::Result<Vec<_>>>()?;
    let living: Vec<(String, i64)> = sqlx::query_as(
        "select institution, count(*) from rescue.placement where state = 'placed'
          group by institution",
    )
    .fetch_all(&mut *conn)
    .await?;
    let living: BTreeMap<String, i64> = living.into_iter().collect();
    let institutions = found.into_iter().map(|it| {
        let residents = living.get(&it.code).copied().unwrap_or_default();
        shown::out(rt, it, residents)
    });
    Ok(pb::InstitutionList {
        institutions: institutions.collect(),
    })
}

/// How many live there now.
async fn residents(conn: &mut PgConnection, code: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from rescue.placement where institution = $1 and state = 'placed'",
    )
    .bind(code)
    .fetch_one(conn)
    .await
}
