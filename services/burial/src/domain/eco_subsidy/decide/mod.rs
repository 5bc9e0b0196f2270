//! What each act does: pure (rules F09).

mod payment;

use yiwang_casework::{
    Case, Context, Decision, Material, NoticeOp, Photos, Refusal,
    decision::{PostNotice, StartClock},
};
use yiwang_civic::{division, mask, money::Fen};

use super::{
    EcoSubsidy,
    action::{Action, Approve, Reasons, Verify},
    facts::Facts,
    form::Form,
    guide::PHOTO,
    state::State,
    world::{Effect, Placed, World},
};
use crate::domain::{
    benefit,
    desk::{self, APPEAL, at_field, day, document, filled, handed, valid},
};

/// Name of notice and clock.
pub(super) const NOTICE: &str = "eco_subsidy";

/// Result of an act.
type Decided = Result<Decision<EcoSubsidy>, Refusal>;

/// Handed in; a placement of our own register verifies itself.
pub(super) fn submit(
    form: &Form,
    materials: &[Material],
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    valid(form.violations(cx.today()))?;
    amount(form, cx)?;
    known(form, world)?;
    let Some(placed) = &world.placed else {
        if form.proof.trim().is_empty() && !materials.iter().any(|one| one.code == PHOTO) {
            let message = "没有查到安葬登记，请填写安葬证明编号，或者上传安葬现场照片。";
            return Err(at_field("PROOF_REQUIRED", "/proof", message));
        }
        return Ok(Decision::to(
            State::Submitted,
            Facts::default(),
            "申请生态安葬奖补",
        ));
    };
    let facts = Facts {
        verified: Some(registered(form, placed, cx)?),
        from_register: true,
        ..Facts::default()
    };
    Ok(Decision::to(
        State::Verified,
        facts,
        "申请生态安葬奖补，安葬已按登记核实",
    ))
}

/// What the register says is what counts.
fn registered(form: &Form, placed: &Placed, cx: &Context<'_>) -> Result<Verify, Refusal> {
    if placed.form != Some(form.form) {
        let message = "与安葬登记的方式不一致，请核对；不是生态安葬的，不发奖补。";
        return Err(at_field("FORM_DIFFERS", "/form", message));
    }
    if form.placed_on > placed.on {
        let message = format!("安葬在{}已经登记，日期不能更晚，请核对。", day(placed.on));
        return Err(at_field("DATE_DIFFERS", "/placed_on", message));
    }
    if !division::is_within(&placed.division, cx.county) {
        let message = "安葬地不在所选的办理地区，请向安葬地的民政局申请。";
        return Err(at_field("PLACED_ELSEWHERE", "/place", message));
    }
    Ok(Verify {
        placed_on: form.placed_on,
        place: placed.place.clone(),
        photo: Photos::recorded(format!("安葬登记{}", placed.case_number)),
        witness: placed.witness.clone(),
    })
}

/// What nobody can get, whatever else.
fn known(form: &Form, world: &World) -> Result<(), Refusal> {
    if world.granted.is_some() {
        let message = "这位逝者已经领过生态安葬奖补。每位逝者全国只奖补一次。";
        return Err(Refusal::new("BENEFIT_ALREADY_GRANTED", message));
    }
    if let Some(owner) = &world.cremated
        && owner.is_some()
        && *owner != world.person
    {
        let message = "火化证明不是这位逝者的，请核对编号。";
        return Err(at_field(
            "CERTIFICATE_DIFFERS",
            "/cremation_certificate",
            message,
        ));
    }
    if form.handler.person().map(|one| one.id) == form.user.person().map(|one| one.id) {
        let message = "经办人和逝者不能是同一个人，请核对证件号码。";
        return Err(at_field("SAME_PERSON", "/handler/id_number", message));
    }
    Ok(())
}

/// What the region pays, by the day of the burial.
fn amount(form: &Form, cx: &Context<'_>) -> Result<(i64, String, String), Refusal> {
    let found = benefit::subsidy(cx.rules, cx.division, form.form, form.placed_on)?;
    let (fen, param) = found.ok_or_else(|| {
        let message = format!(
            "本地对{}没有奖补，请核对安葬方式和办理地区。",
            form.form.label()
        );
        at_field("NO_SUBSIDY_HERE", "/form", message)
    })?;
    Ok((fen.0, param.source.clone(), param.version()))
}

/// Decides an act on a case.
pub(super) fn decide(
    case: &Case<EcoSubsidy>,
    action: Action,
    cx: &Context<'_>,
    world: &World,
) -> Decided {
    match action {
        Action::Verify(data) => verify(case, data, cx),
        Action::Approve(data) => approve(case, &data, cx, world),
        Action::NoticeOver => {
            let of = (case.number.as_str(), &case.form);
            Ok(payment::pay(
                of,
                case.facts.clone(),
                cx,
                "公示期满，没有异议",
            ))
        }
        Action::Objected(text) => Ok(objected(case, text)),
        Action::Reject(data) => reject(case, &data, cx),
        Action::Withdraw => Ok(Decision::to(
            State::Withdrawn,
            case.facts.clone(),
            "申请人撤回",
        )),
        Action::Settled(outcome) => Ok(payment::settled(case, outcome, cx, world)),
        Action::ChangeAccount(data) => payment::change_account(case, data, cx),
        Action::Recover(data) => payment::recover(case, data, cx),
        Action::ConfirmRecovery => payment::confirm(case, cx),
    }
}

fn verify(case: &Case<EcoSubsidy>, data: Verify, cx: &Context<'_>) -> Decided {
    let empty = [
        filled(&data.place, "/place", "请填写安葬地点。"),
        handed(&data.photo, "/photo", "请拍照上传现场照片。"),
        filled(&data.witness, "/witness", "请填写见证人。"),
    ];
    valid(empty.into_iter().flatten().collect())?;
    if data.placed_on > cx.today() {
        return Err(at_field(
            "FUTURE",
            "/placed_on",
            "安葬日期晚于今天，请核对。",
        ));
    }
    if data.placed_on != case.form.placed_on {
        let message = "与申请的安葬日期不一致。请与经办人核对，日期不对的不予奖补，由其重新申请。";
        return Err(at_field("DATE_DIFFERS", "/placed_on", message));
    }
    let mut facts = case.facts.clone();
    facts.verified_by = desk::officer(cx);
    facts.verified = Some(data);
    Ok(Decision::to(State::Verified, facts, "安葬已核实"))
}

/// The subsidy is taken for this case at once; whoever comes second is refused by the table.
fn approve(case: &Case<EcoSubsidy>, data: &Approve, cx: &Context<'_>, world: &World) -> Decided {
    if world.granted.as_ref().is_none_or(|own| *own != case.number) {
        known(&case.form, world)?;
    }
    let (fen, source, version) = amount(&case.form, cx)?;
    let mut facts = case.facts.clone();
    facts.fen = fen;
    facts.source = source;
    facts.approved = Some((desk::officer(cx), cx.today()));
    let note = match data.opinion.trim() {
        "" => format!("审核通过，奖补{}元", Fen(fen)),
        opinion => format!("审核通过，奖补{}元：{opinion}", Fen(fen)),
    };
    let mut decision = if cx.rule("burial.eco_subsidy.notice_days")?.count()? > 0 {
        let due = cx.calendar_days("burial.eco_subsidy.notice_days")?;
        let notice = PostNotice {
            name: NOTICE.to_owned(),
            kind: "奖补公示".to_owned(),
            title: "生态安葬奖补公示".to_owned(),
            rows: vec![
                ("逝者".to_owned(), mask::name(case.form.user.name.trim())),
                ("安葬方式".to_owned(), case.form.form.label().to_owned()),
                ("奖补金额".to_owned(), format!("{}元", Fen(fen))),
            ],
            text: format!("对公示有异议的，请在{}前提出。", day(due.last_day)),
            place: "民政局网站".to_owned(),
            last_day: due.last_day,
        };
        let clock = StartClock::fire(NOTICE, "奖补公示", "地方节地生态安葬奖补办法", due);
        Decision::to(State::Noticed, facts, note)
            .post(notice)
            .start(clock)
    } else {
        payment::pay((&case.number, &case.form), facts, cx, &note)
    };
    decision.rules.push(version);
    Ok(decision.effect(Effect::Grant { fen }))
}

fn objected(case: &Case<EcoSubsidy>, text: String) -> Decision<EcoSubsidy> {
    let mut facts = case.facts.clone();
    facts.objections.push(text);
    facts.approved = None;
    let mut decision = Decision::to(State::Verified, facts, "公示期间有异议，重新审核")
        .confidential()
        .stop(NOTICE)
        .effect(Effect::Release);
    decision.notices.push(NoticeOp::Withdraw(NOTICE.to_owned()));
    decision
}

fn reject(case: &Case<EcoSubsidy>, data: &Reasons, cx: &Context<'_>) -> Decided {
    let reasons = desk::reasons(&data.reasons)?.to_owned();
    let head = format!(
        "您为{}申请的生态安葬奖补，不予发放。理由：",
        case.form.user.name.trim()
    );
    let paper = document(
        "eco_subsidy_rejected",
        "不予奖补告知书",
        &[&head, &reasons, APPEAL, &day(cx.today())],
    );
    let mut facts = case.facts.clone();
    facts.rejected = reasons;
    Ok(Decision::to(State::Rejected, facts, "不予奖补")
        .tell("生态安葬奖补没有通过，理由见告知书。")
        .issue(paper))
}
