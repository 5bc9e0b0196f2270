//! The gRPC service `Entitlements`.

use std::sync::Arc;

use jiff::civil::Date;
use tonic::{Request, Response, Status};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    audit,
    fault::{Code, Fault, FieldViolation},
    identity::{self, Caller, Role},
};
use yiwang_civic::time::{Month, beijing_date};
use yiwang_proto::child::v1::{self as pb, entitlements_server};

use super::{lists, runs};
use crate::domain::entitlements::{law::Kind, procedure::standards};

/// Serves payments, runs, standards and comparisons.
#[derive(Clone)]
pub struct EntitlementsService {
    runtime: Arc<Runtime>,
}

impl EntitlementsService {
    /// Over `runtime`'s database.
    #[must_use]
    pub fn new(runtime: Arc<Runtime>) -> Self {
        Self { runtime }
    }
}

fn signed<T>(request: Request<T>) -> Result<(Caller, T), Status> {
    let caller = identity::caller(&request).map_err(Status::from)?;
    Ok((caller, request.into_inner()))
}

fn answer<T>(result: Result<T, Fault>) -> Result<Response<T>, Status> {
    result.map(Response::new).map_err(Status::from)
}

/// Whoever has one of these roles in all of this division.
pub(super) fn works_in(caller: &Caller, roles: &[Role], division: &str) -> Result<(), Fault> {
    let division = division.trim();
    let digits = matches!(division.len(), 6 | 9 | 12);
    let plain = digits && division.bytes().all(|byte| byte.is_ascii_digit());
    if plain && roles.iter().any(|role| caller.has(*role, division)) {
        return Ok(());
    }
    Err(Fault {
        reason: "NOT_YOUR_DIVISION".into(),
        message: "这里不是您的管辖范围，请核对地区。".to_owned(),
        ..Fault::forbidden()
    })
}

/// A row of the audit log: somebody read a list.
pub(super) fn read_entry(
    rt: &Runtime,
    caller: &Caller,
    what: &str,
    object: String,
) -> audit::Entry {
    audit::Entry {
        at: rt.now(),
        actor: caller.account.to_string(),
        actor_name: caller.is_staff().then(|| caller.name.clone()),
        on_behalf_of: caller.on_behalf_of.clone(),
        action: format!("{what}.read"),
        object,
        purpose: None,
        outcome: audit::Outcome::Done,
        detail: serde_json::json!({}),
    }
}

/// A month as asked for; empty: this one.
pub(super) fn month(rt: &Runtime, text: &str) -> Result<Month, Fault> {
    match text.trim() {
        "" => Ok(yiwang_civic::time::month_of(beijing_date(rt.now()))),
        text => text
            .parse()
            .map_err(|_| wrong("/month", "请选择月份，例如2026-06。")),
    }
}

fn wrong(at: &str, message: &str) -> Fault {
    Fault::invalid(vec![FieldViolation::new(at, "WRONG_VALUE", message)])
}

/// What a child is paid in a division on a day.
fn standard(rt: &Runtime, message: &pb::GetStandardRequest) -> Result<pb::AmountStandard, Fault> {
    let day: Date = match message.day.trim() {
        "" => beijing_date(rt.now()),
        text => text
            .parse()
            .map_err(|_| wrong("/day", "日期不正确，请核对。"))?,
    };
    let division = message.division.trim();
    let missing = |_| {
        let text = "这个地方还没有配置标准，请联系系统管理员。";
        Fault::new(Code::NotFound, "RULE_MISSING", text)
    };
    let found = standards::on(&rt.rules, division, day).map_err(missing)?;
    let month = yiwang_civic::time::month_of(day);
    let extra = standards::supplement(&rt.rules, division, month).map_err(missing)?;
    let source = standards::source(&rt.rules, division, day, Kind::Orphan).map_err(missing)?;
    Ok(pb::AmountStandard {
        orphan_family_fen: found.orphan_family.0,
        orphan_institution_fen: found.orphan_institution.0,
        unattended_fen: found.unattended.0,
        supplement_fen: extra.0,
        source: source.source.clone(),
        verified: source.verified,
        from: source.valid_from.to_string(),
    })
}

#[tonic::async_trait]
impl entitlements_server::Entitlements for EntitlementsService {
    async fn list_payments(
        &self,
        request: Request<pb::ListPaymentsRequest>,
    ) -> Result<Response<pb::PaymentList>, Status> {
        let (caller, message) = signed(request)?;
        answer(lists::payments(&self.runtime, &caller, &message.case_number).await)
    }

    async fn get_payment_run(
        &self,
        request: Request<pb::GetPaymentRunRequest>,
    ) -> Result<Response<pb::PaymentRun>, Status> {
        let (caller, message) = signed(request)?;
        works_in(&caller, &[Role::ChildCounty], &message.county)?;
        answer(runs::get(&self.runtime, &caller, &message).await)
    }

    async fn make_payment_run(
        &self,
        request: Request<pb::MakePaymentRunRequest>,
    ) -> Result<Response<pb::PaymentRun>, Status> {
        let (caller, message) = signed(request)?;
        works_in(&caller, &[Role::ChildCounty], &message.county)?;
        answer(runs::make(&self.runtime, &caller, message).await)
    }

    async fn repeat_payment(
        &self,
        request: Request<pb::RepeatPaymentRequest>,
    ) -> Result<Response<pb::Payment>, Status> {
        let (caller, message) = signed(request)?;
        answer(runs::repeat(&self.runtime, &caller, message).await)
    }

    async fn get_standard(
        &self,
        request: Request<pb::GetStandardRequest>,
    ) -> Result<Response<pb::AmountStandard>, Status> {
        let (_, message) = signed(request)?;
        answer(standard(&self.runtime, &message))
    }

    async fn list_comparisons(
        &self,
        request: Request<pb::ListComparisonsRequest>,
    ) -> Result<Response<pb::ComparisonList>, Status> {
        let (caller, message) = signed(request)?;
        let roles = [Role::ChildCounty, Role::ChildSupervisor];
        works_in(&caller, &roles, &message.division)?;
        answer(lists::comparisons(&self.runtime, &caller, &message).await)
    }
}
