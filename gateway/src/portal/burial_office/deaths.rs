//! The register of deaths: a certificate looked up, alarms, deaths to be taken back.
//!
//! The number of a certificate may be an ID number: it is posted, never in an address.

use axum::{extract::Request, http::StatusCode, response::Response};
use serde_json::json;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Role,
};
use yiwang_proto::{burial::v1 as pb, casework::v1::Ripple};

use super::{
    COUNTY, DEATHS, only,
    sheet::{self, Act, object},
    tabs,
};
use crate::portal::{
    body::Body,
    desk::Desk,
    failure,
    form::{Form, normalise},
    view::{
        Section, Trouble,
        burial_office::deaths::{AlarmView, DeathView, DeathsPage, RevocationView},
        chrome::query,
        ripple::RippleView,
    },
};

const PATH: &str = "/home/deaths";
/// What the register gives at once.
const PAGE: usize = 50;
/// Who sees and asks for revocations.
const OFFICERS: &[Role] = &[
    Role::Clerk,
    Role::TownshipOfficer,
    Role::CountyOfficer,
    Role::Approver,
];
/// Who notes a use outside a funeral.
const USERS: &[Role] = &[Role::Clerk, Role::TownshipOfficer, Role::CountyOfficer];
/// Who decides on a revocation.
const APPROVERS: &[Role] = &[Role::Approver];

/// The page without a certificate.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    draw(&desk, None, vec![], StatusCode::OK).await
}

/// Looks a certificate up; the look is in the audit log.
pub(crate) async fn look(desk: Desk, request: Request) -> Result<Response, Fault> {
    only(&desk, DEATHS)?;
    let body = Body::read(&desk, request).await?;
    desk.verify(&body)?;
    let number = normalise::code(body.text("number"));
    if number.is_empty() {
        let wrong = vec![Trouble::at("number", "请填写死亡证明编号。")];
        return draw(&desk, None, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    match desk.state.backends().death(desk.who()?, &number).await {
        Ok(death) => draw(&desk, Some(DeathView::of(&death)), vec![], StatusCode::OK).await,
        // A mistyped number is daily work, not a failure of the page.
        Err(fault) if fault.reason == "DEATH_NOT_FOUND" => {
            let wrong = vec![Trouble::at("number", fault.message.clone())];
            draw(&desk, None, wrong, StatusCode::NOT_FOUND).await
        }
        Err(fault) => {
            let status = fault.http_status();
            let found = failure::problems(fault)?.into_iter();
            let wrong = found
                .map(|one| Trouble::at("number", one.message))
                .collect();
            draw(&desk, None, wrong, status).await
        }
    }
}

async fn draw(
    desk: &Desk,
    found: Option<DeathView>,
    problems: Vec<Trouble>,
    status: StatusCode,
) -> Result<Response, Fault> {
    only(desk, DEATHS)?;
    let who = desk.who()?;
    let backends = desk.state.backends();
    let may = |roles: &[Role]| only(desk, roles).is_ok();
    let alarms = match may(COUNTY) {
        true => backends.death_alarms(who, desk.query("alarms")).await?,
        false => vec![],
    };
    let revocations = match may(OFFICERS) {
        true => {
            let cursor = desk.query("revocations");
            backends.death_revocations(who, cursor).await?
        }
        false => vec![],
    };
    let more = |name: &str, last: Option<&str>, count: usize| match last {
        Some(last) if count >= PAGE => query(PATH, &[(name, last)]),
        _ => String::new(),
    };
    let told = match desk.query("done") {
        "use" => "已经记下用途。",
        "alarm" => "已经记下处理结果。",
        "ask" => "已经提出撤销，等审批人员决定。",
        "decide" => "已经决定。",
        _ => "",
    };
    let page = DeathsPage {
        chrome: desk
            .clone()
            .at(PATH)
            .chrome()
            .titled("死亡登记", Section::Burial),
        tabs: tabs(desk, PATH),
        told,
        problems,
        csrf: who.csrf.clone(),
        found,
        uses: may(USERS),
        asks: may(OFFICERS),
        decides: may(APPROVERS),
        county: may(COUNTY),
        next_alarms: more(
            "alarms",
            alarms.last().map(|one| one.id.as_str()),
            alarms.len(),
        ),
        alarms: alarms.iter().map(AlarmView::of).collect(),
        next_revocations: more(
            "revocations",
            revocations.last().map(|one| one.id.as_str()),
            revocations.len(),
        ),
        revocations: revocations.iter().map(RevocationView::of).collect(),
    };
    Ok(desk.page_with(status, &page))
}

/// What taking a record back would set going.
async fn ripple(desk: &Desk, one: &pb::DeathRevocation) -> RippleView {
    const CHANGE: &str = "death_revoked";
    let request = Ripple {
        change: CHANGE.to_owned(),
        persons: vec![one.person.clone()],
    };
    let found = async { desk.state.backends().foresee(desk.who()?, request).await };
    let found = found.await.map(RippleView::of);
    found.unwrap_or_else(|_| RippleView::unknown(CHANGE))
}

/// The form of an act.
pub(crate) async fn act(desk: Desk) -> Result<Response, Fault> {
    let (act, asked) = described(&desk).await?;
    let ripple = match &asked {
        Some(one) => Some(ripple(&desk, one).await),
        None => None,
    };
    sheet::show_with(&desk, &act, ripple)
}

/// Does it.
pub(crate) async fn take(desk: Desk, request: Request) -> Result<Response, Fault> {
    let (act, _) = described(&desk).await?;
    let typed = match sheet::read(&desk, request, &act).await? {
        Ok(typed) => typed,
        Err(page) => return Ok(page),
    };
    let (who, backends) = (desk.who()?, desk.state.backends());
    let (idempotency_key, id) = (typed.key.clone(), desk.query("id").to_owned());
    let (name, number) = (desk.param(0)?, normalise::code(&typed.text("number")));
    let answer = match name {
        "use" => {
            let request = pb::UseDeathRequest {
                idempotency_key,
                number,
                used_for: typed.text("used_for"),
            };
            backends.use_death(who, request).await.map(drop)
        }
        "ask" => {
            let request = pb::AskDeathRevocationRequest {
                idempotency_key,
                number,
                reason: typed.text("reason"),
            };
            backends.ask_death_revocation(who, request).await.map(drop)
        }
        "decide" => {
            let request = pb::DecideDeathRevocationRequest {
                idempotency_key,
                id,
                agree: typed.yes("agree"),
                reason: typed.text("reason"),
            };
            let answer = backends.decide_death_revocation(who, request).await;
            answer.map(drop)
        }
        _ => {
            let request = pb::SettleDeathAlarmRequest {
                idempotency_key,
                id,
                settlement: typed.text("settlement"),
                outcome: typed.text("outcome"),
            };
            backends.settle_death_alarm(who, request).await.map(drop)
        }
    };
    // Here a number that is not found is a mistyped one.
    let answer = answer.map_err(|fault| match &*fault.reason {
        "DEATH_NOT_FOUND" => Fault::invalid_field("/number", "DEATH_NOT_FOUND", fault.message),
        _ => fault,
    });
    let done = query(PATH, &[("done", name)]);
    sheet::end(&desk, &act, &typed, answer, &done)
}

/// An act; whoever decides reads what was asked, which comes with it.
async fn described(desk: &Desk) -> Result<(Act, Option<pb::DeathRevocation>), Fault> {
    let mut act = describe(desk)?;
    let mut asked = None;
    if desk.param(0)? == "decide" {
        let open = desk.state.backends();
        let mut open = open.death_revocations(desk.who()?, "").await?.into_iter();
        asked = open.find(|one| one.id == desk.query("id"));
        if let Some(one) = &asked {
            let one = RevocationView::of(one);
            act.lead = format!(
                "{}，登记{}去世（{}）。{}提出：{}　{}",
                one.name, one.died, one.reference, one.asked, one.reason, act.lead
            );
        }
    }
    Ok((act, asked))
}

fn describe(desk: &Desk) -> Result<Act, Fault> {
    let name = desk.param(0)?;
    let number = json!({"type": "string", "title": "死亡证明编号", "maxLength": 40,
        "description": "和证明上印的一样。"});
    let reason = |title: &str| json!({"type": "string", "x-widget": "textarea", "title": title, "maxLength": 500});
    let (roles, title, lead, button, schema) = match name {
        "use" => (
            USERS,
            "记下死亡证明的用途",
            "注销户口、停发社会保险各只用一次。办理殡葬的用途由治丧服务自动记下。",
            "记下",
            json!({"required": ["number", "used_for"], "properties": {
                "number": number,
                "used_for": {"title": "用于", "oneOf": [
                    {"const": "police", "title": "注销户口"},
                    {"const": "insurance", "title": "社会保险"}]}}}),
        ),
        "ask" => (
            OFFICERS,
            "提出撤销死亡登记",
            "登记错了人、人还健在的，由工作人员提出，审批人员同意后撤销。婚姻、待遇会随之恢复。",
            "提出撤销",
            json!({"required": ["number", "reason"], "properties": {
                "number": number, "reason": reason("理由和依据")}}),
        ),
        "decide" => (
            APPROVERS,
            "决定是否撤销死亡登记",
            "同意以后，这条死亡登记作废，婚姻、待遇会随之恢复。提出的人不能自己决定。",
            "决定",
            json!({"required": ["agree", "reason"], "properties": {
                "agree": {"type": "boolean", "x-widget": "radio", "title": "是否同意撤销"},
                "reason": reason("理由")}}),
        ),
        "alarm" => (
            COUNTY,
            "处理提醒",
            "请先核实，再写明经过和结果。处理后这条提醒不再显示，记录保留。",
            "记下结果",
            match desk.query("asks") {
                "outcome" => json!({"required": ["outcome", "settlement"], "properties": {
                    "outcome": {"title": "火化的是不是本人", "oneOf": [
                        {"const": "dead", "title": "是本人，死亡已经登记（待遇停发）"},
                        {"const": "other", "title": "不是本人（暂缓的待遇恢复发放）"}]},
                    "settlement": reason("核实的经过和结果")}}),
                _ => json!({"required": ["settlement"], "properties": {
                    "settlement": reason("核实的经过和结果")}}),
            },
        ),
        _ => return Err(Fault::not_found()),
    };
    only(desk, roles)?;
    let id = desk.query("id");
    if matches!(name, "decide" | "alarm") && id.is_empty() {
        let message = "请从列表打开。";
        return Err(Fault::new(Code::NotFound, "NO_SUCH_ENTRY", message));
    }
    Ok(Act {
        title: title.to_owned(),
        lead: lead.to_owned(),
        button,
        post: query(
            &format!("{PATH}/{name}"),
            &[("id", id), ("asks", desk.query("asks"))],
        ),
        back: PATH.to_owned(),
        form: Form::read(&schema),
        value: object(json!({})),
    })
}
