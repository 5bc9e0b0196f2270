//! What a family may know of its search: what has been done, never where anybody is (rules R15).

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    db::from_chrono,
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::rescue::v1 as pb;

#[derive(FromRow)]
struct Row {
    number: String,
    state: String,
    searched: bool,
    changed_at: DateTime<Utc>,
    face_consent: bool,
    applicant_key: String,
    account: Uuid,
    pool: i64,
    alike: i64,
    excluded: i64,
    with_police: i64,
}

impl Row {
    /// The family, and who wrote it down for them. Of a case that others filed, an account
    /// knows only once somebody has seen the ID card.
    fn is_of(&self, caller: &Caller) -> bool {
        let named = caller.person.as_deref() == Some(self.applicant_key.as_str());
        caller.account == self.account || (named && caller.has_role(Role::Citizen))
    }
}

/// What has been done about the report of a family's case.
pub(super) async fn follow(
    rt: &Runtime,
    caller: &Caller,
    case_number: &str,
) -> Result<pb::ReportFollowed, Fault> {
    let row: Option<Row> = sqlx::query_as(
        "select r.number, r.state, r.searched, r.changed_at, r.face_consent,
                c.applicant_key, c.account,
                (select count(*) from rescue.clues where active) as pool,
                (select count(*) from rescue.kin_match m where m.report = r.number) as alike,
                (select count(*) from rescue.kin_match m
                  where m.report = r.number and m.state = 'rejected') as excluded,
                (select count(*) from rescue.kin_match m
                  where m.report = r.number and m.state = 'compared') as with_police
           from rescue.report r join casework.case_file c on c.number = r.case_number
          where r.case_number = $1",
    )
    .bind(case_number.trim())
    .fetch_optional(&rt.pool)
    .await?;
    let row = row.filter(|row| row.is_of(caller)).ok_or_else(|| {
        let message = "没有找到您的这件寻人求助，请核对编号。";
        Fault::new(Code::NotFound, "CASE_NOT_FOUND", message)
    })?;
    Ok(pb::ReportFollowed {
        report: row.number,
        state: row.state,
        pool: row.pool,
        searched: row.searched,
        changed_at: from_chrono(row.changed_at).to_string(),
        alike: row.alike,
        excluded: row.excluded,
        with_police: row.with_police,
        face: row.face_consent,
    })
}
