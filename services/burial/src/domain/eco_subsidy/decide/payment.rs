//! To the bank, back from it, and taken back from who deceived.

use prost::Message as _;
use yiwang_casework::{Case, Context, Decision, decision::DomainEvent};
use yiwang_civic::money::Fen;
use yiwang_proto::burial::v1::SubsidyPaid;

use super::Decided;
use crate::domain::{
    desk::{self, filled, valid},
    eco_subsidy::{
        EcoSubsidy,
        action::{ChangeAccount, Recover},
        facts::Facts,
        form::Form,
        state::State,
        world::{Effect, World},
    },
    payout::{self, Outcome},
    two::{self, Signer},
};

/// What the bank is told.
const PURPOSE: &str = "生态安葬奖补";

/// One more order to the bank.
pub(super) fn pay(
    (number, form): (&str, &Form),
    mut facts: Facts,
    cx: &Context<'_>,
    note: &str,
) -> Decision<EcoSubsidy> {
    facts.round += 1;
    facts.returned.clear();
    let order = (number, facts.round);
    let errand = payout::errand(order, PURPOSE, &form.account, facts.fen, cx.today());
    let told = format!("生态安葬奖补{}元正在发放。", Fen(facts.fen));
    Decision::to(State::Paying, facts, note)
        .tell(told)
        .errand(errand)
}

/// The bank has paid, or sent it back.
pub(super) fn settled(
    case: &Case<EcoSubsidy>,
    outcome: Outcome,
    cx: &Context<'_>,
    world: &World,
) -> Decision<EcoSubsidy> {
    let mut facts = case.facts.clone();
    if !outcome.paid {
        facts.returned = outcome.reason;
        return Decision::to(State::Returned, facts, "银行退回奖补")
            .tell("生态安葬奖补被银行退回，请换一个本人的银行账户。");
    }
    facts.paid_on = Some(cx.today());
    let event = SubsidyPaid {
        person: world.person.clone().unwrap_or_default(),
        division: cx.division.to_owned(),
        kind: "eco_subsidy".to_owned(),
        form: case.form.form.code().to_owned(),
        fen: facts.fen,
        paid_on: cx.today().to_string(),
        case_number: case.number.clone(),
    };
    let told = format!("生态安葬奖补{}元已发放到您的账户。", Fen(facts.fen));
    let mut decision = Decision::to(State::Paid, facts, "奖补已发放")
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

/// Another account, another order.
pub(super) fn change_account(
    case: &Case<EcoSubsidy>,
    data: ChangeAccount,
    cx: &Context<'_>,
) -> Decided {
    valid(data.account.violations("/account", &case.form.handler.name))?;
    let mut form = case.form.clone();
    form.account = data.account;
    let facts = case.facts.clone();
    let mut decision = pay((&case.number, &form), facts, cx, "更换收款账户，重新发放");
    decision.form = Some(form);
    Ok(decision)
}

/// 骗取追回: the first signature.
pub(super) fn recover(case: &Case<EcoSubsidy>, data: Recover, cx: &Context<'_>) -> Decided {
    desk::reasons(&data.reasons)?;
    valid(
        filled(&data.receipt, "/receipt", "请填写缴款凭证号。")
            .into_iter()
            .collect(),
    )?;
    let Signer { account, name } = two::signer(cx)?;
    let mut facts = case.facts.clone();
    facts.recovery = Some((data, account, name.clone()));
    Ok(Decision::to(State::Paid, facts, format!("{name}登记追回，待另一人复核")).confidential())
}

/// The second, by another account.
pub(super) fn confirm(case: &Case<EcoSubsidy>, cx: &Context<'_>) -> Decided {
    let (data, first, _) = two::pending(case.facts.recovery.as_ref())?;
    let name = two::second(*first, cx)?.name;
    let told = format!("生态安葬奖补已经追回。理由：{}", data.reasons.trim());
    let mut facts = case.facts.clone();
    facts.recovered = Some((name, cx.today()));
    Ok(Decision::to(State::Recovered, facts, "奖补已追回")
        .tell(told)
        .effect(Effect::Recovered))
}
