//! Submits an application.

use sqlx::PgConnection;
use yiwang_chassis::{
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::division::{self, Level};
use yiwang_proto::casework::v1 as pb;

use super::{
    once::{self, Claim, Claimed},
    read,
};
use crate::{
    access::{FILING, Viewer},
    context::Actor,
    registry::Application,
    runtime::Runtime,
    store,
    view::{self, material_in},
};

/// Most files in one application.
const MAX_MATERIALS: usize = 60;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    mut request: pb::SubmitRequest,
) -> Result<pb::Case, Fault> {
    let key = std::mem::take(&mut request.idempotency_key);
    let item = rt.item(&request.item)?;
    check(&request)?;
    let mut tx = rt.pool.begin().await?;
    let claim =
        match once::claim(rt, &mut tx, "submit", Some(caller.account), &key, &request).await? {
            Claimed::Fresh(claim) => claim,
            Claimed::Replay(case) => return Ok(case),
        };
    if let Some(case) = made_long_ago(rt, &mut tx, caller, &claim).await? {
        return claim.finish(rt, tx, case).await;
    }
    let applicant = item.applicant_key(rt, &request.form)?;
    let himself = applicant.is_some() && applicant == caller.person;
    let verified = caller.has_role(Role::Citizen) || caller.is_staff();
    if himself && item.sight().verified && !verified {
        return Err(Fault {
            reason: "NOT_VERIFIED".into(),
            message: "您的账号还没有实名核验，请带身份证到任一民政服务窗口核验后再办理。"
                .to_owned(),
            ..Fault::forbidden()
        });
    }
    let filed_by = item.sight().filed_by;
    let covers = |place: &str| {
        let mut counters = FILING.iter().chain(filed_by);
        counters.any(|role| caller.has(*role, place))
    };
    // Where any township of the country receives, its own officers file there (跨省通办).
    let place = match covers(&request.division) {
        true => Some(request.division.clone()),
        false => item
            .received_in(&request.form)?
            .filter(|place| covers(place)),
    };
    let files_for_others = place.is_some();
    if applicant.is_some() && !himself && !files_for_others {
        return Err(Fault::precondition(
            "NOT_APPLICANT",
            "只能以本人名义申请。申请人的姓名和身份证号要与您的实名账号一致；\
             行动不便的，可以请村（社区）代办员代办。",
        ));
    }
    let application = Application {
        account: caller.account,
        actor: filer(caller, himself, &place.unwrap_or_default(), filed_by),
        division: request.division,
        form: request.form,
        materials: request.materials.into_iter().map(material_in).collect(),
    };
    let submitted = item.submit(rt, &mut tx, application).await?;
    let file = &submitted.file;
    let by = (caller.account, claim.key.as_str());
    store::submission::note(&mut tx, by, &claim.hash, file.id).await?;
    let response = match Viewer::of(caller, file, &submitted.around, &item.sight()) {
        Ok(viewer) => {
            let (open, documents) = (submitted.open, submitted.documents);
            view::drawn(rt, file, &viewer, open, documents, Vec::new())?
        }
        // Who hands in what is then none of their business gets a receipt.
        Err(_) if item.is_closed() => view::entry(rt, item, file, false)?,
        Err(fault) => return Err(fault),
    };
    claim.finish(rt, tx, response).await
}

/// The case that this very call made, when its answer is no longer kept: as it stands now.
async fn made_long_ago(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    claim: &Claim,
) -> Result<Option<pb::Case>, Fault> {
    let made = store::submission::of(conn, caller.account, &claim.key).await?;
    let Some((number, hash)) = made else {
        return Ok(None);
    };
    if hash != claim.hash {
        return Err(Fault::of(Code::IdempotencyMismatch));
    }
    let file = store::case::read(conn, &number).await?;
    let item = file.as_ref().map(|file| rt.item(&file.item)).transpose()?;
    let closed = item.filter(|item| item.is_closed());
    let seen = read::Seen::of(rt, conn, caller, file.clone()).await;
    match (seen, file, closed) {
        (Ok(seen), ..) => view::full(rt, conn, seen.file, &seen.viewer)
            .await
            .map(Some),
        // Who handed in what is none of their business got a receipt.
        (Err(_), Some(file), Some(item)) => view::entry(rt, item, &file, false).map(Some),
        (Err(fault), ..) => Err(fault),
    }
}

/// Who files: the applicant or an agent, or an officer to whom the applicant came.
fn filer(caller: &Caller, himself: bool, division: &str, filed_by: &[Role]) -> Actor {
    let counter = [Role::Clerk, Role::TownshipOfficer];
    let counter = counter.into_iter().chain(filed_by.iter().copied());
    let roles: Vec<Role> = counter.filter(|role| caller.has(*role, division)).collect();
    let account = caller.account;
    if himself || roles.is_empty() {
        return Actor::Citizen {
            account,
            person: caller.person.clone(),
        };
    }
    Actor::Officer {
        account,
        name: caller.name.clone(),
        roles,
    }
}

fn check(request: &pb::SubmitRequest) -> Result<(), Fault> {
    let township = division::find(&request.division)
        .is_some_and(|d| matches!(d.level, Level::Township | Level::Village));
    if !township {
        let message = "请选择受理申请的乡镇（街道）。";
        return Err(Fault::invalid(vec![FieldViolation::new(
            "/division",
            "DIVISION_UNKNOWN",
            message,
        )]));
    }
    if request.materials.len() > MAX_MATERIALS {
        let message = format!("材料最多上传{MAX_MATERIALS}份，请删去重复的文件。");
        return Err(Fault::invalid(vec![FieldViolation::new(
            "/materials",
            "TOO_MANY",
            message,
        )]));
    }
    Ok(())
}
