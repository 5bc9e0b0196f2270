//! The county enters an institution, and has a look at it.

use jiff::civil::Date;
use serde_json::json;
use yiwang_casework::{
    Runtime,
    form::is_readable,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    db::to_chrono_date,
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::{division, time::beijing_date};
use yiwang_proto::rescue::v1 as pb;

use super::{find, residents, shown};
use crate::{
    domain::foster_placement::law::{Kind, Licence, Paper},
    leaving::placements,
    stays::not_theirs,
};

/// The county enters one, or changes its papers. What was checked stands till the next check.
pub(in crate::leaving) async fn save(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SaveInstitutionRequest,
) -> Result<pb::Institution, Fault> {
    if !caller.has_role(Role::CountyOfficer) {
        return Err(not_theirs());
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "save_institution", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let mut wanted = request.institution.unwrap_or_default();
    let known = match wanted.code.trim() {
        "" => None,
        code => Some(find(&mut tx, code).await?.ok_or_else(unknown)?),
    };
    if let Some(known) = &known {
        wanted.division.clone_from(&known.division);
    }
    let division = wanted.division.trim().to_owned();
    if !caller.has(Role::CountyOfficer, &division) {
        return Err(not_theirs());
    }
    let read = read(&wanted)?;
    let is_known = known.is_some();
    let code = match known {
        Some(known) => known.code,
        None => {
            let last: i64 =
                sqlx::query_scalar("select count(*) from rescue.institution where division = $1")
                    .bind(&division)
                    .fetch_one(&mut *tx)
                    .await?;
            format!("{division}-TY{:02}", last + 1)
        }
    };
    let saved = sqlx::query(
        "insert into rescue.institution
             (code, name, division, county, kind, licences, agreement, agreement_to, active)
         values ($1, $2, $3, left($3, 6), $4, $5, $6, $7, $8)
         on conflict (code) do update set name = excluded.name, kind = excluded.kind,
             licences = excluded.licences, agreement = excluded.agreement,
             agreement_to = excluded.agreement_to, active = excluded.active,
             version = institution.version + 1
          where $9",
    )
    .bind(&code)
    .bind(wanted.name.trim())
    .bind(&division)
    .bind(read.kind.code())
    .bind(json!(read.licences))
    .bind(wanted.agreement.trim())
    .bind(read.agreement_to.map(to_chrono_date))
    .bind(wanted.active)
    .bind(is_known)
    .execute(&mut *tx)
    .await?;
    if saved.rows_affected() == 0 {
        let message = "刚才有人在这里新增了机构，请再保存一次。";
        return Err(Fault::new(Code::Conflict, "TRY_AGAIN", message));
    }
    let saved = find(&mut tx, &code).await?.ok_or_else(unknown)?;
    let detail = json!({ "name": saved.name, "active": saved.active });
    shown::told(rt, &mut tx, caller, &saved, ("saved", detail)).await?;
    let residents = residents(&mut tx, &code).await?;
    claim.finish(rt, tx, shown::out(rt, saved, residents)).await
}

/// The county has looked: everything in order, or not.
pub(in crate::leaving) async fn check(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::CheckInstitutionRequest,
) -> Result<pb::Institution, Fault> {
    if !caller.has_role(Role::CountyOfficer) {
        return Err(not_theirs());
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "check_institution", account, &key, &request).await?
    {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(answer) => return Ok(answer),
    };
    let code = request.code.trim();
    let known = find(&mut tx, code).await?.ok_or_else(unknown)?;
    if !caller.has(Role::CountyOfficer, &known.division) {
        return Err(not_theirs());
    }
    let findings = request.findings.trim();
    if !readable(findings, 2000) {
        let message = "请写明核查情况。";
        let wrong = FieldViolation::new("/findings", "REQUIRED", message);
        return Err(Fault::invalid(vec![wrong]));
    }
    let passed = request.licences && request.fire && request.food;
    let result = if passed { "passed" } else { "failed" };
    if !passed {
        // Before the row is locked for the change: a placement reads it under its own lock.
        placements::institution_failed(rt, &mut tx, code).await?;
    }
    sqlx::query(
        "update rescue.institution
            set checked_on = $2, checked_by = $3, check_result = $4, version = version + 1
          where code = $1",
    )
    .bind(code)
    .bind(to_chrono_date(beijing_date(rt.now())))
    .bind(&caller.name)
    .bind(result)
    .execute(&mut *tx)
    .await?;
    let saved = find(&mut tx, code).await?.ok_or_else(unknown)?;
    let detail = json!({ "licences": request.licences, "fire": request.fire,
                         "food": request.food, "findings": findings });
    shown::told(rt, &mut tx, caller, &saved, ("checked", detail)).await?;
    let residents = residents(&mut tx, code).await?;
    claim.finish(rt, tx, shown::out(rt, saved, residents)).await
}

fn unknown() -> Fault {
    let message = "没有登记这家托养机构，请核对编号。";
    Fault::new(Code::NotFound, "INSTITUTION_UNKNOWN", message)
}

fn readable(text: &str, most: usize) -> bool {
    !text.is_empty() && text.chars().count() <= most && is_readable(text)
}

/// What was typed, read.
struct Read {
    kind: Kind,
    licences: Vec<Licence>,
    agreement_to: Option<Date>,
}

fn read(wanted: &pb::Institution) -> Result<Read, Fault> {
    let mut wrong = Vec::new();
    let mut note = |bad: bool, at: &str, message: &str| {
        if bad {
            wrong.push(FieldViolation::new(at, "WRONG_VALUE", message));
        }
    };
    let division = wanted.division.trim();
    let township = division.len() == 9 && division::find(division).is_some();
    note(
        !township,
        "/institution/division",
        "请选择所在的乡镇（街道）。",
    );
    note(
        !readable(wanted.name.trim(), 60),
        "/institution/name",
        "请填写机构名称。",
    );
    let kind = Kind::from_code(&wanted.kind);
    note(kind.is_none(), "/institution/kind", "请选择机构种类。");
    let day = |text: &str| match text.trim() {
        "" => Some(None),
        text => text.parse::<Date>().ok().map(Some),
    };
    let agreement_to = day(&wanted.agreement_to);
    note(
        agreement_to.is_none(),
        "/institution/agreement_to",
        "请填写协议到期日期。",
    );
    let long = wanted.agreement.chars().count() > 100 || !is_readable(&wanted.agreement);
    note(long, "/institution/agreement", "请核对协议编号。");
    let licence = |it: &pb::Licence| {
        Some(Licence {
            kind: Paper::from_code(&it.kind)?,
            number: Some(it.number.trim())
                .filter(|text| readable(text, 60))?
                .to_owned(),
            valid_to: day(&it.valid_to)?,
        })
    };
    let licences: Option<Vec<_>> = wanted.licences.iter().map(licence).collect();
    let many = wanted.licences.len() > 20;
    note(
        many || licences.is_none(),
        "/institution/licences",
        "请核对证照的种类、编号和有效期。",
    );
    match (kind, licences, agreement_to) {
        (Some(kind), Some(licences), Some(agreement_to)) if wrong.is_empty() => Ok(Read {
            kind,
            licences,
            agreement_to,
        }),
        _ => Err(Fault::invalid(wrong)),
    }
}
