//! What each act does: pure (rules F10).

use jiff::{ToSpan as _, civil::Date};
use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, Refusal, decision::DomainEvent};
use yiwang_civic::{division, money::Fen};
use yiwang_proto::burial::v1::SubsidyPaid;

use super::{
    CremationRefund,
    action::{Action, Approve},
    facts::Facts,
    form::Form,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    benefit::{self, Deceased, Waivers},
    desk::{self, APPEAL, at_field, day, document, valid},
    payout::{self, Outcome},
};

/// What the bank is told.
const PURPOSE: &str = "异地火化费用报销";

/// Result of an act.
type Decided = Result<Decision<CremationRefund>, Refusal>;

/// What home pays back: of each item, and where that stands.
struct Share {
    parts: Vec<i64>,
    fen: i64,
    source: String,
    version: String,
}

/// Handed in.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations(cx.today()))?;
    let share = share(form, cx, cx.today(), world)?;
    let told = format!("按本地标准可以报销{}元，等待核对票据。", Fen(share.fen));
    let facts = Facts {
        parts: share.parts,
        fen: share.fen,
        source: share.source,
        ..Facts::default()
    };
    let mut decision = Decision::to(State::Submitted, facts, "申请异地火化费用报销").tell(told);
    decision.rules.push(share.version);
    Ok(decision)
}

/// All that the law asks. `handed_in`: the limit counts from the receipt to that day.
fn share(form: &Form, cx: &Context<'_>, handed_in: Date, world: &World) -> Result<Share, Refusal> {
    let household = form.user.household.trim();
    if !division::is_within(household, cx.county) {
        let message = "由逝者户籍地的民政局报销，请按户籍地选择办理地区。";
        return Err(at_field("HOUSEHOLD_ELSEWHERE", "/user/household", message));
    }
    if world.waived.is_some() {
        let message = "这位逝者已经享受过惠民减免。每位逝者全国只减免一次。";
        return Err(Refusal::new("BENEFIT_ALREADY_GRANTED", message));
    }
    if world.cremated_in.as_deref() == Some(cx.county) {
        let message = "逝者在本地火化，减免在结算时当场办理，不用报销。";
        return Err(Refusal::new("CREMATED_HERE", message));
    }
    let months = cx
        .rule_on("burial.cremation_refund.months", form.paid_on)?
        .count()?;
    let last = form
        .paid_on
        .checked_add(i64::from(months).months())
        .unwrap_or(Date::MAX);
    if handed_in > last {
        let message = format!(
            "自收费票据之日起{months}个月内申请，这张票据到{}为止，已经过期。",
            day(last)
        );
        return Err(at_field("TOO_LATE", "/paid_on", message));
    }
    let waivers = Waivers::load(cx.rules, household, form.paid_on)?;
    let dead = Deceased {
        household,
        group: form.group,
        cremated_here: false,
    };
    let parts = benefit::refundable(&form.paid(), &waivers.of(dead), waivers.total);
    let fen = parts.iter().sum();
    if fen == 0 {
        let message = format!(
            "票据上没有本地减免的项目。本地减免：{}。",
            waivers.for_whom()
        );
        return Err(at_field("NOTHING_REFUNDABLE", "/items", message));
    }
    Ok(Share {
        parts,
        fen,
        source: waivers.source,
        version: waivers.version,
    })
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<CremationRefund>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Approve(data) => approve(case, &data, cx, world),
        Action::Reject(data) => {
            let reasons = desk::reasons(&data.reasons)?.to_owned();
            let head = format!(
                "您为{}申请的异地火化费用报销，不予发放。理由：",
                case.form.user.name.trim()
            );
            let paper = document(
                "cremation_refund_rejected",
                "不予报销告知书",
                &[&head, &reasons, APPEAL, &day(cx.today())],
            );
            let mut facts = case.facts.clone();
            facts.rejected = reasons;
            Ok(Decision::to(State::Rejected, facts, "不予报销")
                .tell("异地火化费用报销没有通过，理由见告知书。")
                .issue(paper))
        }
        Action::Withdraw => Ok(Decision::to(
            State::Withdrawn,
            case.facts.clone(),
            "申请人撤回",
        )),
        Action::Settled(outcome) => Ok(settled(case, outcome, cx, world)),
        Action::ChangeAccount(data) => {
            valid(data.account.violations("/account", &case.form.handler.name))?;
            let mut form = case.form.clone();
            form.account = data.account;
            let facts = case.facts.clone();
            let mut decision = pay((&case.number, &form), facts, cx, "更换收款账户，重新发放");
            decision.form = Some(form);
            Ok(decision)
        }
    }
}

fn approve(
    case: &Case<CremationRefund>,
    data: &Approve,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    if !data.originals_seen {
        let message = "请核对票据和证明，再审核通过。";
        return Err(at_field("ORIGINALS_NOT_SEEN", "/originals_seen", message));
    }
    if !data.not_waived_there {
        let message =
            "火化地已经减免的不再报销；只有部分减免的，不予报销后由承办人按实付金额重新申请。";
        return Err(at_field("WAIVED_THERE", "/not_waived_there", message));
    }
    // Computed again: others may have been granted meanwhile.
    let share = share(&case.form, cx, case.submitted_on, world)?;
    let mut facts = case.facts.clone();
    (facts.parts, facts.fen, facts.source) = (share.parts, share.fen, share.source);
    facts.approved = Some((desk::officer(cx), cx.today()));
    let mut note = format!("审核通过，报销{}元", Fen(facts.fen));
    if !data.opinion.trim().is_empty() {
        note = format!("{note}：{}", data.opinion.trim());
    }
    let fen = facts.fen;
    let mut decision =
        pay((&case.number, &case.form), facts, cx, &note).effect(Effect::Grant { fen });
    decision.rules.push(share.version);
    Ok(decision)
}

fn pay(
    (number, form): (&str, &Form),
    mut facts: Facts,
    cx: &Context<'_>,
    note: &str,
) -> Decision<CremationRefund> {
    facts.round += 1;
    facts.returned.clear();
    let order = (number, facts.round);
    let errand = payout::errand(order, PURPOSE, &form.account, facts.fen, cx.today());
    let told = format!("异地火化费用报销{}元正在发放。", Fen(facts.fen));
    Decision::to(State::Paying, facts, note)
        .tell(told)
        .errand(errand)
}

fn settled(
    case: &Case<CremationRefund>,
    outcome: Outcome,
    cx: &Context<'_>,
    world: &World,
) -> Decision<CremationRefund> {
    let mut facts = case.facts.clone();
    if !outcome.paid {
        facts.returned = outcome.reason;
        return Decision::to(State::Returned, facts, "银行退回报销款")
            .tell("报销款被银行退回，请换一个本人的银行账户。");
    }
    facts.paid_on = Some(cx.today());
    let event = SubsidyPaid {
        person: world.person.clone().unwrap_or_default(),
        division: cx.division.to_owned(),
        kind: "waiver".to_owned(),
        form: String::new(),
        fen: facts.fen,
        paid_on: cx.today().to_string(),
        case_number: case.number.clone(),
    };
    let told = format!("异地火化费用报销{}元已发放到您的账户。", Fen(facts.fen));
    let mut decision = Decision::to(State::Paid, facts, "报销款已发放")
        .tell(told)
        .effect(Effect::Paid);
    decision.events.push(DomainEvent {
        aggregate: "funeral",
        aggregate_id: case.number.clone(),
        event: "subsidy.paid",
        payload: event.encode_to_vec(),
    });
    decision
}
