//! Access to closed cases 保密办件: asking, deciding, emergencies, the monthly report.

mod aim;
mod ask;
mod break_glass;
mod decide;
mod list;
mod report;

use serde_json::json;
use sqlx::PgConnection;
use uuid::Uuid;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::{Caller, Role},
};
use yiwang_civic::division;
use yiwang_proto::casework::v1 as pb;

pub(super) use self::{
    ask::run as ask,
    break_glass::run as break_glass,
    decide::{decide, review},
    list::run as list,
    report::run as report,
};
use crate::{
    form::is_readable,
    runtime::Runtime,
    store::{
        self,
        access::request::{AccessRow, Reader},
    },
    view::instant,
};

/// Decides on access, where it belongs to the line of the case.
const DECIDER: Role = Role::ChildCounty;

/// The caller as a reader of requests.
fn reader(rt: &Runtime, caller: &Caller) -> Reader {
    let mut reader = Reader {
        account: caller.account,
        person: caller.person.clone().unwrap_or_default(),
        items: Vec::new(),
        scopes: Vec::new(),
        now: rt.now(),
    };
    for item in rt.items() {
        let line = item.sight().line;
        if line.is_some_and(|line| line.roles.contains(&DECIDER)) {
            for scope in caller.scopes(DECIDER) {
                reader.items.push(item.code().to_owned());
                reader.scopes.push(scope.to_owned());
            }
        }
    }
    reader
}

/// One request as the caller reads it; the one answer for what is missing and what is hidden.
async fn shown(
    rt: &Runtime,
    conn: &mut PgConnection,
    reader: &Reader,
    id: Uuid,
) -> Result<pb::AccessRequest, Fault> {
    let row = store::access::request::find(conn, reader, id).await?;
    request(rt, reader, row.ok_or_else(not_found)?)
}

fn not_found() -> Fault {
    let message = "没有找到这条查看申请，请从“查看申请”里打开。";
    Fault::new(Code::NotFound, "ACCESS_NOT_FOUND", message)
}

/// A request on the wire.
fn request(rt: &Runtime, reader: &Reader, row: AccessRow) -> Result<pb::AccessRequest, Fault> {
    let mine = row.requester == reader.account;
    let id = row.id.to_string();
    let reason: String = rt.open("access_reason", &id, &row.reason)?;
    // Whoever asked learns of a decision only when it lets them look.
    let told = !mine || !matches!(row.state.as_str(), "submitted" | "expired");
    let decided = row.decision_reason.filter(|_| told);
    let decision_reason: Option<String> = decided
        .map(|sealed| rt.open("access_decision", &id, &sealed))
        .transpose()?;
    let item = row.item.as_deref().filter(|_| !mine);
    let item_title = item.and_then(|code| rt.item(code).ok());
    let place = row.division.as_deref().filter(|_| !mine);
    Ok(pb::AccessRequest {
        kind: match row.break_glass {
            true => "break_glass",
            false => "request",
        }
        .to_owned(),
        number: row.number,
        item_title: item_title.map_or("", |item| item.title()).to_owned(),
        division_name: place.and_then(division::full_name).unwrap_or_default(),
        state_label: label(&row.state).to_owned(),
        asked_at: Some(instant(row.asked_at)),
        mine,
        requester: row.requester_name,
        requester_office: row.requester_office,
        reason,
        decided_at: row.decided_at.filter(|_| told).map(instant),
        decided_by: row.decided_name.filter(|_| told).unwrap_or_default(),
        decision_reason: decision_reason.unwrap_or_default(),
        access_until: row.until.map(instant),
        due_at: Some(instant(row.due_at)),
        overdue: row.overdue,
        may_decide: !mine && row.state == "submitted",
        may_review: !mine && row.state == "review",
        state: row.state,
        id,
    })
}

fn label(state: &str) -> &'static str {
    match state {
        "submitted" => "已提交，由办理单位审核",
        "approved" => "已批准查看",
        "refused" => "未批准",
        "expired" => "已过期，没有批准",
        "review" => "已紧急查看，等待复核",
        "justified" => "已复核，情况属实",
        "unjustified" => "已复核，理由不成立",
        _ => "",
    }
}

/// A case number as somebody types it.
fn number_in(text: &str, violations: &mut Vec<FieldViolation>) -> String {
    let number = text.trim().to_ascii_uppercase();
    let is_number =
        (8..=32).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if !is_number {
        let message = "请填写完整的办件编号，只有字母和数字。";
        violations.push(FieldViolation::new("/number", "WRONG_FORMAT", message));
    }
    number
}

/// A reason, which goes into the audit log.
fn reason_in<'a>(text: &'a str, violations: &mut Vec<FieldViolation>) -> &'a str {
    let reason = text.trim();
    if !(4..=200).contains(&reason.chars().count()) || !is_readable(reason) {
        let message = "请写明理由（4到200个字），会记入审计；请不要写孩子的姓名和住址。";
        violations.push(FieldViolation::new("/reason", "REASON_REQUIRED", message));
    }
    reason
}

fn valid(violations: Vec<FieldViolation>) -> Result<(), Fault> {
    match violations.is_empty() {
        true => Ok(()),
        false => Err(Fault::invalid(violations)),
    }
}

/// The office of somebody who asks, as those who decide read it.
fn office(caller: &Caller) -> String {
    let staff = caller.grants.iter().find(|grant| grant.role.is_staff());
    staff.map_or_else(String::new, |grant| {
        let place = division::full_name(&grant.division);
        let place = place.unwrap_or_else(|| "全国".to_owned());
        format!("{place} {}", grant.role.label())
    })
}

/// Writes what was done about access into the audit log.
async fn audited(
    rt: &Runtime,
    conn: &mut PgConnection,
    caller: &Caller,
    action: &str,
    (number, reason): (&str, &str),
    outcome: audit::Outcome,
) -> Result<(), Fault> {
    let entry = audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: Some(caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: action.to_owned(),
        object: format!("case/{number}"),
        purpose: Some(reason.to_owned()),
        outcome,
        detail: json!({}),
    };
    audit::record(conn, &entry).await?;
    Ok(())
}
