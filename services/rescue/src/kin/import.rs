//! Batches of the police and of the register, and faces of the recognition module.

use serde_json::json;
use yiwang_casework::{
    Runtime,
    decision::DomainEvent,
    service::once::{self, Claimed},
};
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
    journal,
};
use yiwang_proto::rescue::v1 as pb;

use super::{
    api, batches, faces,
    faces::Side,
    reports::{self, source_code},
    searches, sight,
};
use crate::domain::kin::{
    person::face,
    report::{Report, Source},
};

/// Reports of one call at most.
const MOST: usize = 500;

/// A batch, once.
pub(super) async fn batch(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::ImportReportsRequest,
) -> Result<pb::ImportResult, Fault> {
    if !caller.has_role(Role::CountyOfficer) {
        let message = "寻人信息由民政局的工作人员导入，您的岗位不能办理。";
        return Err(Fault::new(Code::Forbidden, "WRONG_ROLE", message));
    }
    let key = std::mem::take(&mut request.idempotency_key);
    let (source, list) = read(&request)?;
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "import_reports", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(done) => return Ok(done),
    };
    let now = rt.now();
    let county = office(caller);
    let ids = list.iter().map(|report| report.report_id.clone());
    let ids: Vec<String> = ids.chain(request.withdrawn.iter().cloned()).collect();
    if batches::of_others(&mut tx, source, &ids, county).await? {
        let message = "这一批里有不是本地登记的寻人信息，不能改、不能撤。请只导入本地登记的。";
        return Err(Fault::new(Code::Forbidden, "REPORT_OF_OTHERS", message));
    }
    let mut done = batches::import(rt, &mut tx, &list, now).await?;
    done.withdrawn = batches::withdraw(&mut tx, source, &request.withdrawn, now).await?;
    batches::brought(&mut tx, source, &ids, county).await?;
    let detail = json!({
        "added": done.added, "changed": done.changed, "withdrawn": done.withdrawn, "ids": ids,
    });
    let object = format!("reports/{}", source_code(source));
    let entry = api::entry(rt, caller, "reports.import", object, ("", detail));
    let event = DomainEvent {
        aggregate: "reports",
        aggregate_id: source_code(source).to_owned(),
        event: "imported",
        payload: Vec::new(),
    };
    journal::write(&mut tx, &entry, &rt.outgoing(event, now)).await?;
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    let result = pb::ImportResult {
        added: number(done.added),
        changed: number(done.changed),
        unchanged: number(done.unchanged),
        withdrawn: number(done.withdrawn),
    };
    claim.finish(rt, tx, result).await
}

/// Six digits of the county for which the caller imports.
fn office(caller: &Caller) -> &str {
    let grants = caller.grants.iter();
    let mut county = grants.filter(|grant| grant.role == Role::CountyOfficer);
    let division = county.next().map_or("", |grant| grant.division.as_str());
    division.get(..6).unwrap_or(division)
}

fn read(request: &pb::ImportReportsRequest) -> Result<(Source, Vec<Report>), Fault> {
    let source = match request.source.as_str() {
        "police" => Source::Police,
        "register" => Source::Register,
        _ => {
            let message = "请选择来源：公安机关，或者易流浪走失人员信息库。";
            return Err(Fault::invalid_field("/source", "WRONG_VALUE", message));
        }
    };
    if request.reports.len() > MOST || request.withdrawn.len() > MOST {
        let message = format!("一次最多导入{MOST}条，请分批。");
        return Err(Fault::invalid_field("/reports", "TOO_MANY", message));
    }
    let mut wrong = Vec::new();
    let mut list = Vec::with_capacity(request.reports.len());
    for (at, text) in request.reports.iter().enumerate() {
        match serde_json::from_str::<Report>(text) {
            Ok(mut report) if !report.report_id.trim().is_empty() => {
                report.source = source;
                list.push(report);
            }
            // The parser would name what it met: that may be of a person.
            _ => wrong.push(FieldViolation::new(
                format!("/reports/{at}"),
                "MALFORMED",
                "这一条的格式不对，或者没有编号。",
            )),
        }
    }
    match wrong.is_empty() {
        true => Ok((source, list)),
        false => Err(Fault::invalid(wrong)),
    }
}

/// A face of a stay or of a family's case: sealed, logged, no event.
pub(super) async fn face(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::PutFaceRequest,
) -> Result<pb::PutFaceResponse, Fault> {
    searches(caller)?;
    let key = std::mem::take(&mut request.idempotency_key);
    if face::read(request.face.trim()).is_none() {
        let message = "人脸数据的格式不对，应为128个字节的Base64。";
        return Err(Fault::invalid_field("/face", "MALFORMED", message));
    }
    let mut tx = rt.pool.begin().await?;
    let account = Some(caller.account);
    let claim = match once::claim(rt, &mut tx, "put_face", account, &key, &request).await? {
        Claimed::Fresh(claim) => claim,
        Claimed::Replay(done) => return Ok(done),
    };
    let number = request.case_number.trim();
    let put = if sight::of_stay(&mut tx, caller, number).await? {
        faces::put(rt, &mut tx, Side::Clues, number, &request.face).await?
    } else {
        sight::of_report(&mut tx, caller, number).await?
            && consents(rt, &mut tx, number).await?
            && faces::put(rt, &mut tx, Side::Report, number, &request.face).await?
    };
    if !put {
        let message =
            "没有找到这名受助人员的线索，或者没有家属同意比对人脸的寻人求助，请核对编号。";
        return Err(Fault::new(Code::NotFound, "CASE_NOT_FOUND", message));
    }
    let detail = json!({ "module": request.module.trim() });
    let object = format!("case/{number}");
    let entry = api::entry(
        rt,
        caller,
        "biometrics.face",
        object,
        ("查明受助人员身份", detail),
    );
    audit::record(&mut tx, &entry).await?;
    claim.finish(rt, tx, pb::PutFaceResponse {}).await
}

/// Whether the family of this case lets its photograph be compared.
async fn consents(
    rt: &Runtime,
    conn: &mut sqlx::PgConnection,
    number: &str,
) -> Result<bool, Fault> {
    let found = reports::find(rt, conn, number).await?;
    let known = found.is_some_and(|one| one.case_number.is_some() && one.state == "open");
    if !known {
        return Ok(false);
    }
    let consent: Option<bool> =
        sqlx::query_scalar("select face_consent from rescue.report where number = $1")
            .bind(number)
            .fetch_optional(conn)
            .await?;
    Ok(consent.unwrap_or(false))
}
