//! Who reported: sealed in a table of its own; the case, its lists and exports never hold it
//! (未成年人保护法 11, 反家庭暴力法 14; rules B5.3).

use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::PgConnection;
use yiwang_casework::Runtime;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault},
    identity::{Caller, Role},
};
use yiwang_proto::child::v1 as pb;

use crate::domain::protection::words::ReporterKind;

/// Somebody who reported.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Reporter {
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) phone: String,
    pub(super) unit: String,
}

impl Reporter {
    fn known(&self) -> bool {
        [&self.name, &self.phone, &self.unit]
            .into_iter()
            .any(|text| !text.is_empty())
    }
}

/// Keeps who reported and the code by which they ask.
pub(super) async fn keep(
    rt: &Runtime,
    conn: &mut PgConnection,
    case_number: &str,
    code: &str,
    reporter: &Reporter,
) -> Result<(), Fault> {
    let sealed = rt.seal("reporter", case_number, reporter)?;
    sqlx::query(
        "insert into child.reporter (case_number, code_hash, known, sealed)
         values ($1, sha256(convert_to($2, 'UTF8')), $3, $4)",
    )
    .bind(case_number)
    .bind(code)
    .bind(reporter.known())
    .bind(sealed)
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether the code belongs to the receipt.
pub(super) async fn knows(
    conn: &mut PgConnection,
    receipt: &str,
    code: &str,
) -> sqlx::Result<bool> {
    sqlx::query_scalar(
        "select exists (select from child.reporter
                         where case_number = $1 and code_hash = sha256(convert_to($2, 'UTF8')))",
    )
    .bind(receipt)
    .bind(code)
    .fetch_one(conn)
    .await
}

/// The county may ask, for one case it stands on and a reason that stays in the log.
pub(super) async fn reveal(
    rt: &Runtime,
    caller: &Caller,
    request: pb::RevealReporterRequest,
    division: &str,
) -> Result<pb::Reporter, Fault> {
    if !caller.has(Role::ChildCounty, division) {
        let message = "报告人的身份只由县级民政部门查看。";
        return Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message));
    }
    let reason = request.reason.trim();
    if reason.chars().count() < 5 {
        let message = "请写明为什么要知道报告人，5个字以上；会留下记录。";
        return Err(Fault::invalid_field("/reason", "REASONS_REQUIRED", message));
    }
    let mut tx = rt.pool.begin().await?;
    let number = request.case_number.trim();
    let found = first(&mut tx, number).await?;
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: "reporter.reveal".to_owned(),
        object: format!("case/{number}"),
        purpose: Some(reason.to_owned()),
        outcome: audit::Outcome::Done,
        detail: json!({ "known": found.is_some() }),
    };
    audit::record(&mut tx, &entry).await?;
    tx.commit().await?;
    let Some((case_number, sealed)) = found else {
        let message = "报告人没有留下身份。";
        return Err(Fault::new(Code::NotFound, "REPORTER_UNKNOWN", message));
    };
    let reporter: Reporter = rt.open("reporter", &case_number, &sealed)?;
    let kind = ReporterKind::from_code(&reporter.kind).unwrap_or(ReporterKind::Other);
    Ok(pb::Reporter {
        kind_label: kind.label().to_owned(),
        name: reporter.name,
        phone: reporter.phone,
        unit: reporter.unit,
    })
}

/// Who reported this case, or the one that was merged into or moved here.
async fn first(conn: &mut PgConnection, number: &str) -> sqlx::Result<Option<(String, Vec<u8>)>> {
    sqlx::query_as(
        "with recursive came as (
             select case_number from child.protection where case_number = $1
             union
             select p.case_number from child.protection p join came on p.goes_on_in = came.case_number
         )
         select r.case_number, r.sealed from child.reporter r join came using (case_number)
          where r.known order by r.case_number = $1 desc, r.case_number limit 1",
    )
    .bind(number)
    .fetch_optional(conn)
    .await
}
