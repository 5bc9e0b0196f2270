//! What each act does: pure (rules B2.12).

use prost::Message as _;
use yiwang_casework::{
    Case, Context, Decision, Refusal,
    decision::{DomainEvent, StartClock},
    two,
};
use yiwang_civic::money::Fen;
use yiwang_proto::child::v1::ProjectPaid;

use super::{
    MedicalProject,
    action::{Action, Approve, Bill, Treat},
    at_bank,
    facts::Facts,
    form::{By, Form, Payee},
    law,
    state::State,
    world::{Effect, World},
};
use crate::domain::{
    desk::{self, at_field, filled, handed, valid},
    projects::{
        payment::{self, Due, PayTo},
        words::{Check, Place, Reasons, yuan},
    },
    settled::Settled,
};

const REVIEW: &str = "review";
const BASIS: &str = "明天计划实施办法：乡镇核实、县级确认";

type Decided = Result<Decision<MedicalProject>, Refusal>;

/// An application.
pub(super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    valid(form.violations())?;
    if let Some(child) = form.child.id() {
        law::may_apply(&child, form.at_school, cx.today())?;
    }
    if let Some(open) = &world.open {
        let message = format!("这个孩子的明天计划正在办理（{open}），请打开原来的办件。");
        return Err(at_field("PROJECT_OPEN", "/child/id_number", message));
    }
    let home = form.by == By::Home;
    let facts = Facts {
        place: Place {
            division: cx.division.to_owned(),
            home,
        },
        ..Facts::default()
    };
    let state = if home { State::Checked } else { State::Applied };
    reviewed(Decision::to(state, facts, "申请明天计划"), cx)
}

/// The next look counts from today.
fn reviewed(decision: Decision<MedicalProject>, cx: &Context<'_>) -> Decided {
    let due = cx.working_days("child.project.review_working_days")?;
    let clock = StartClock::warn(REVIEW, "审核明天计划申请", BASIS, due);
    Ok(decision.start(clock).effect(Effect::Follow))
}

/// Decides an act on a case; the row follows.
pub(super) fn decide(
    case: &Case<MedicalProject>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    let decision = match action {
        Action::Check(data) => return check(case, data, cx),
        Action::Approve(data) => approve(case, &data, cx),
        Action::Refuse(data) => refuse(case, &data),
        Action::Treat(data) => treat(case, data, cx),
        Action::Bill(data) => bill(case, data, cx),
        Action::Pay(data) => pay(case, data, cx, world),
        Action::Sign => sign(case, cx),
        Action::PaymentSettled(data) => settled(case, &data, cx),
        Action::Void(data) => void(case, &data),
        Action::Cancel(data) => {
            let why = desk::reasons(&data.reasons)?;
            Ok(closed(case, State::Cancelled, "取消", why))
        }
        Action::Withdraw => Ok(closed(case, State::Cancelled, "申请人撤回", "申请人撤回")),
        Action::Adopted(data) => Ok(over(
            case,
            "孩子已被收养",
            &format!("{}登记收养", desk::day(data.on)),
        )),
        Action::ChildDied(data) => Ok(over(
            case,
            "孩子已经去世",
            &format!("{}去世", desk::day(data.died_on)),
        )),
    }?;
    Ok(decision.effect(Effect::Follow))
}

fn check(case: &Case<MedicalProject>, data: Check, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明核实情况。");
    valid(empty.into_iter().collect())?;
    let note = match data.recommend {
        true => "乡镇（街道）核实，建议同意",
        false => "乡镇（街道）核实，不建议同意",
    };
    let mut facts = case.facts.clone();
    facts.checked = Some((data, cx.today(), desk::officer(cx)));
    reviewed(Decision::to(State::Checked, facts, note), cx)
}

fn approve(case: &Case<MedicalProject>, data: &Approve, cx: &Context<'_>) -> Decided {
    if !data.orphan {
        let message = "没有核对孤儿身份的不能同意；不是孤儿的请办理“不予同意”。";
        return Err(at_field("NOT_ORPHAN", "/orphan", message));
    }
    if !data.named {
        let message = "不是定点医院的不能同意；请申请人换一家定点医院。";
        return Err(at_field("NOT_NAMED", "/named", message));
    }
    let mut facts = case.facts.clone();
    facts.agreed = Some((two::signer(cx)?, cx.today()));
    let decision = Decision::to(State::CountyOk, facts, "县级民政部门同意");
    Ok(decision
        .stop(REVIEW)
        .tell("明天计划申请已经同意，可以到定点医院治疗。发票和医保结算单请保存好。"))
}

fn refuse(case: &Case<MedicalProject>, data: &Reasons) -> Decided {
    let why = desk::reasons(&data.reasons)?;
    let title = "明天计划不予同意决定书";
    let paper = desk::document("refusal", title, &[why, desk::APPEAL]);
    Ok(closed(case, State::Refused, "不予同意", why)
        .issue(paper)
        .tell("明天计划申请没有同意，理由见决定书。"))
}

fn closed(
    case: &Case<MedicalProject>,
    state: State,
    note: &str,
    why: &str,
) -> Decision<MedicalProject> {
    let mut facts = case.facts.clone();
    why.clone_into(&mut facts.ended);
    facts.pending = None;
    Decision::to(state, facts, note).stop(REVIEW)
}

/// What was treated before is still paid.
fn over(case: &Case<MedicalProject>, note: &str, why: &str) -> Decision<MedicalProject> {
    if matches!(case.state, State::Treated | State::Billed) {
        let mut facts = case.facts.clone();
        why.clone_into(&mut facts.ended);
        let note = format!("{note}，已经发生的治疗费用照常支付");
        return Decision::to(case.state, facts, note);
    }
    closed(case, State::Ended, note, why)
}

fn treat(case: &Case<MedicalProject>, data: Treat, cx: &Context<'_>) -> Decided {
    let empty = filled(&data.findings, "/findings", "请写明治疗、康复情况。");
    valid(empty.into_iter().collect())?;
    if data.to < data.from || data.to > cx.today() {
        let message = "结束日期不能早于开始日期，也不能晚于今天。";
        return Err(at_field("WRONG_DAYS", "/to", message));
    }
    let mut facts = case.facts.clone();
    facts.treated = Some((data, cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Treated, facts, "登记治疗"))
}

fn bill(case: &Case<MedicalProject>, data: Bill, cx: &Context<'_>) -> Decided {
    if let Some(pending) = &case.facts.pending {
        return Err(two::waits("支付", &pending.by.name));
    }
    if case.facts.ordered.is_some() {
        let message = "已经按报账的金额交给银行，不能重新报账。";
        return Err(Refusal::new("AT_BANK", message));
    }
    let empty = [
        filled(&data.invoice, "/invoice", "请填写发票号。"),
        handed(&data.papers, "/papers", "请上传发票和结算单。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    let left = law::own_part(&data)?;
    let note = format!("报账，自己负担{}", yuan(left));
    let mut facts = case.facts.clone();
    facts.billed = Some((data, left, cx.today(), desk::officer(cx)));
    Ok(Decision::to(State::Billed, facts, note))
}

fn pay(case: &Case<MedicalProject>, data: PayTo, cx: &Context<'_>, world: &World) -> Decided {
    if at_bank(case.facts.ordered.as_ref()) && !world.stuck {
        let message = "已经交给银行，请等银行回复；银行退回的，可以换账户再发。";
        return Err(Refusal::new("AT_BANK", message));
    }
    let by_person = matches!(case.form.payee, Payee::Guardian | Payee::Student);
    payment::sound(&data, by_person)?;
    let due = Due {
        school_year: None,
        period: String::new(),
        label: "医疗康复费用".to_owned(),
        fen: left(case),
    };
    let pending = payment::enter(case.facts.pending.as_ref(), due, data, cx)?;
    let note = format!("登记支付{}，待复核", yuan(left(case)));
    let mut facts = case.facts.clone();
    facts.pending = Some(pending);
    Ok(Decision::to(State::Billed, facts, note))
}

fn left(case: &Case<MedicalProject>) -> Fen {
    let billed = case.facts.billed.as_ref();
    billed.map_or(Fen::ZERO, |billed| billed.1)
}

fn sign(case: &Case<MedicalProject>, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let (ordered, to) = payment::sign(facts.pending.take(), cx)?;
    let note = format!("复核支付{}，交银行", yuan(ordered.due.fen));
    facts.ordered = Some(ordered.clone());
    Ok(Decision::to(State::Billed, facts, note).effect(Effect::Order(Box::new(ordered), to)))
}

/// The bank has answered.
fn settled(case: &Case<MedicalProject>, told: &Settled, cx: &Context<'_>) -> Decided {
    let mut facts = case.facts.clone();
    let ordered = facts.ordered.take();
    let ordered = ordered.ok_or_else(|| Refusal::new("WRONG_STATE", "没有交给银行的支付。"))?;
    let paid = match ordered.settle(told, cx.today()) {
        Ok(paid) => paid,
        Err(back) => {
            let note = format!("银行退回{}：{}", yuan(back.due.fen), back.returned);
            facts.ordered = Some(*back);
            let message = "明天计划的费用被银行退回，请核对收款账户，联系县级民政部门更换。";
            return Ok(Decision::to(State::Billed, facts, note).tell(message));
        }
    };
    let (note, fen) = (format!("支付{}", yuan(paid.due.fen)), paid.due.fen);
    facts.paid = Some(paid.clone());
    // Another account that was entered meanwhile falls.
    facts.pending = None;
    let event = DomainEvent {
        aggregate: "project",
        aggregate_id: case.number.clone(),
        event: "paid",
        payload: ProjectPaid {
            case_number: case.number.clone(),
            kind: "MT".to_owned(),
            fen: fen.0,
        }
        .encode_to_vec(),
    };
    let mut decision = Decision::to(State::Paid, facts, note)
        .tell("明天计划的费用已经支付，请查收。")
        .effect(Effect::Paid(Box::new(paid)));
    decision.events.push(event);
    Ok(decision)
}

fn void(case: &Case<MedicalProject>, data: &Reasons) -> Decided {
    desk::reasons(&data.reasons)?;
    let mut facts = case.facts.clone();
    two::pending(facts.pending.take())?;
    Ok(Decision::to(State::Billed, facts, "作废登记的支付"))
}
