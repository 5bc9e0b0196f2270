//! What each act does: pure (rules F15). Money goes back only under two signatures.

use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
};
use yiwang_civic::{division, money::Fen};
use yiwang_proto::burial::v1::PriceViolation;

use super::{
    PriceComplaint,
    action::{Action, Finding, Outcome},
    facts::{Facts, Signed},
    form::Form,
    state::State,
    world::{Bill, Effect, World},
};
use crate::domain::{
    desk::{self, APPEAL, at_field, day, document, filled, valid},
    two::{self, Signer},
};

/// The limit of the answer.
const ANSWER: &str = "answer";

/// Result of an act.
type Decided = Result<Decision<PriceComplaint>, Refusal>;

/// Handed in.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations(cx.today()))?;
    let facility = world.facility.as_ref().ok_or_else(|| {
        let message = "没有这个单位，请核对编码（在价目公示牌和账单上）。";
        at_field("FACILITY_UNKNOWN", "/facility", message)
    })?;
    if !division::is_within(&facility.division, cx.county) {
        let message = format!("{}不在所选的办理地区，请按单位所在地提交。", facility.name);
        return Err(at_field("FACILITY_ELSEWHERE", "/facility", message));
    }
    let facts = Facts {
        facility: facility.name.clone(),
        ..Facts::default()
    };
    let due = cx.working_days("burial.price_complaint.working_days")?;
    Ok(Decision::to(State::Submitted, facts, "投诉殡葬收费")
        .tell("投诉已收到，核查以后书面答复您。")
        .start(StartClock::warn(
            ANSWER,
            "答复投诉",
            "地方投诉处理规定",
            due,
        )))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<PriceComplaint>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Accept => {
            let mut facts = case.facts.clone();
            facts.accepted_by = desk::officer(cx);
            Ok(Decision::to(State::Inspecting, facts, "受理，开始核查")
                .tell("投诉已受理，正在核查。"))
        }
        Action::Find(data) => find(case, data, cx, world),
        Action::Countersign => countersign(case, cx, world),
        Action::Discard(data) => {
            let reasons = desk::reasons(&data.reasons)?;
            let mut facts = case.facts.clone();
            facts.finding = None;
            let note = format!("作废认定：{reasons}");
            Ok(Decision::to(State::Inspecting, facts, note).confidential())
        }
        Action::Withdraw => {
            let facts = case.facts.clone();
            Ok(Decision::to(State::Withdrawn, facts, "投诉人撤回").stop(ANSWER))
        }
    }
}

/// Fen that may go back of the bill that the finding names.
fn refundable<'a>(
    case: &Case<PriceComplaint>,
    finding: &Finding,
    world: &'a World,
) -> Result<(&'a Bill, i64), Refusal> {
    let bill = world
        .bill
        .as_ref()
        .filter(|bill| bill.number == finding.bill.trim());
    let bill = bill
        .filter(|bill| bill.facility == case.form.facility.trim())
        .ok_or_else(|| {
            at_field(
                "BILL_UNKNOWN",
                "/bill",
                "被投诉单位没有这张账单，请核对编号。",
            )
        })?;
    let fen = Fen::from_yuan_str(&finding.yuan)
        .map_err(|error| at_field("AMOUNT", "/yuan", error.message()))?;
    let open = bill.charged - bill.refunded;
    if fen <= Fen::ZERO || fen.0 > open {
        let message = format!("退还金额应大于0，不超过实收余额{}元。", Fen(open));
        return Err(at_field("REFUND_TOO_MUCH", "/yuan", message));
    }
    Ok((bill, fen.0))
}

fn find(case: &Case<PriceComplaint>, finding: Finding, cx: &Context<'_>, world: &World) -> Decided {
    let empty = filled(&finding.findings, "/findings", "请写明查明的事实和依据。");
    valid(empty.into_iter().collect())?;
    let fen = match finding.outcome {
        Outcome::Refund => refundable(case, &finding, world)?.1,
        Outcome::Correct | Outcome::Unfounded => 0,
    };
    let Signer { account, name: by } = two::signer(cx)?;
    let note = format!("{by}登记认定，待另一人复核");
    let mut facts = case.facts.clone();
    facts.finding = Some(Signed {
        finding,
        fen,
        account,
        by,
    });
    Ok(Decision::to(State::Found, facts, note).confidential())
}

fn countersign(case: &Case<PriceComplaint>, cx: &Context<'_>, world: &World) -> Decided {
    let signed = two::pending(case.facts.finding.as_ref())?;
    let Signer { account, name: by } = two::second(signed.account, cx)?;
    let finding = &signed.finding;
    let state = match finding.outcome {
        Outcome::Refund => State::Refunded,
        Outcome::Correct => State::Corrected,
        Outcome::Unfounded => State::Unfounded,
    };
    let mut facts = case.facts.clone();
    facts.countersigned = Some((by.clone(), cx.today()));
    let told = match finding.outcome {
        Outcome::Refund => format!("查实多收费用，已责令退还{}元。", Fen(signed.fen)),
        other => format!("核查结果：{}。", other.label()),
    };
    let paper = document(
        "price_complaint_answer",
        "收费投诉答复书",
        &[
            &format!(
                "您投诉{}的收费（{}），核查结果：{}。",
                facts.facility,
                case.form.kind.label(),
                finding.outcome.label()
            ),
            finding.findings.trim(),
            &told,
            APPEAL,
            &day(cx.today()),
        ],
    );
    let mut decision = Decision::to(state, facts, finding.outcome.label())
        .tell(told)
        .stop(ANSWER)
        .issue(paper);
    if finding.outcome == Outcome::Refund {
        let (bill, fen) = refundable(case, finding, world)?;
        decision = decision.effect(Effect::Refund {
            bill: bill.number.clone(),
            fen,
            reason: format!("投诉{}：{}", case.number, case.form.kind.label()),
            signed: [(signed.account, signed.by.clone()), (account, by)],
        });
    }
    if finding.outcome != Outcome::Unfounded {
        decision.events.push(violation(case, signed, cx));
    }
    Ok(decision)
}

fn violation(case: &Case<PriceComplaint>, signed: &Signed, cx: &Context<'_>) -> DomainEvent {
    let event = PriceViolation {
        facility: case.form.facility.trim().to_owned(),
        division: cx.division.to_owned(),
        kind: case.form.kind.code().to_owned(),
        outcome: signed.finding.outcome.code().to_owned(),
        refund_fen: signed.fen,
        found_on: cx.today().to_string(),
        case_number: case.number.clone(),
    };
    DomainEvent {
        aggregate: "price",
        aggregate_id: event.facility.clone(),
        event: "violation",
        payload: event.encode_to_vec(),
    }
}
