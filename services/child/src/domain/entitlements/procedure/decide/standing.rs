//! While it is paid: agreement, national system, school, account, pause, recovery, the bank's word.

use yiwang_casework::{Actor, Case, Context, Decision, Refusal};

use super::{ADULT, AGREEMENT, Decided, SCHOOL, SCHOOLING, not_future, on_day, stay};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    entitlements::{
        law::age::{self, Standing},
        procedure::{
            Entitlement,
            action::{
                Agreement, ChangeAccount, National, PaymentSettled, Reasons, Recover, SchoolCheck,
            },
            form::Account,
            state::State,
            world::{Effect, World},
        },
    },
};

/// Settlements kept on the case; all of them stand in the table of payments.
const KEPT: usize = 24;

/// With whoever brings the child up.
pub(super) fn agreement<I: Entitlement>(case: &Case<I>, data: Agreement) -> Decided<I> {
    valid(
        filled(&data.with, "/with", "请填写和谁签的。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = case.facts.clone();
    facts.agreement = Some(data);
    Ok(stay(case, facts, "养育协议已签订").stop(AGREEMENT))
}

/// 全国儿童福利信息系统.
pub(super) fn national<I: Entitlement>(case: &Case<I>, data: &National) -> Decided<I> {
    valid(
        filled(&data.number, "/number", "请填写系统编号。")
            .into_iter()
            .collect(),
    )?;
    let mut facts = case.facts.clone();
    data.number.trim().clone_into(&mut facts.national);
    Ok(stay(case, facts, "已录入全国儿童福利信息系统"))
}

/// Who is of age: at school, goes on for a year; not at school, is looked at a second time. The
/// fee never stops by the date alone (rules B5.15).
pub(super) fn school<I: Entitlement>(
    case: &Case<I>,
    data: SchoolCheck,
    cx: &Context<'_>,
) -> Decided<I> {
    not_future(data.on, "/on", cx)?;
    let Some(birth) = case.form.child.birth() else {
        return Err(Refusal::new(
            "BIRTH_UNKNOWN",
            "没有出生日期，请先更正信息。",
        ));
    };
    if data.attends {
        valid(
            filled(&data.school, "/school", "请填写学校、年级。")
                .into_iter()
                .collect(),
        )?;
    }
    let limit = cx.rule("entitlements.age")?.count()?;
    let months = cx.rule("entitlements.school_months")?.count()?;
    let mut facts = case.facts.clone();
    let next = data
        .on
        .saturating_add(jiff::ToSpan::months(i64::from(months)));
    let until = super::day_or_none(&data.until).filter(|until| *until < next);
    facts.school = Some(data);
    facts
        .found
        .retain(|it| it.code != "adult" && it.code != "left_school");
    match age::standing(birth, facts.schooling(), cx.today(), limit, months) {
        Standing::Ends(_) => {
            facts.find("left_school", "年满18周岁，不再在校就读", cx.today());
            let decision = stay(case, facts, "核实就学：不再在校，转复核").stop(SCHOOL);
            super::looked_at(decision, case, cx)
        }
        Standing::ToCheck => {
            let message = "核实日期太早或者已经毕业，请核实现在是否在校。";
            Err(at_field("STALE_CHECK", "/on", message))
        }
        standing => {
            let of_age = age::reaches(birth, limit);
            let day = match standing {
                Standing::Minor => of_age,
                _ => until.and_then(|day| day.tomorrow().ok()).unwrap_or(next),
            };
            Ok(stay(case, facts, "核实就学：仍在校就读，继续发放")
                .stop(SCHOOL)
                .start(on_day(ADULT, "再次核实就学", SCHOOLING, day)))
        }
    }
}

/// The same person, another card: only who receives the money moves it (rules B5.12).
pub(super) fn change_account<I: Entitlement>(
    case: &Case<I>,
    data: &ChangeAccount,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    let Some(known) = &case.facts.payee else {
        let message = "领取人还没有确定，请联系乡镇（街道）。";
        return Err(Refusal::new("NO_PAYEE", message));
    };
    let receives = |person: &str| !person.is_empty() && person == world.relatives.payee;
    let own = matches!(cx.actor, Actor::Citizen { person: Some(person), .. } if receives(person));
    if !own {
        let message = "只有领取人本人可以更换账号；要换领取人的，请联系乡镇（街道）。";
        return Err(Refusal::new("NOT_PAYEE", message));
    }
    let mut found = Vec::new();
    found.extend(filled(&data.bank, "/bank", "请填写开户银行。"));
    found.extend(filled(&data.account, "/account", "请填写账号。"));
    valid(found)?;
    if data.holder.trim() != known.holder.trim() {
        let message = "户名和原来的领取人不同；换人领取请联系乡镇（街道），由县级民政部门决定。";
        return Err(at_field("OTHER_HOLDER", "/holder", message));
    }
    let account = Account {
        bank: data.bank.trim().to_owned(),
        account: data.account.split_whitespace().collect(),
        ..known.clone()
    };
    let mut facts = case.facts.clone();
    facts.payee = Some(account.clone());
    Ok(stay(case, facts, "更换领取账号").effect(Effect::Payee(account)))
}

/// Nothing goes out until it is resumed.
pub(super) fn suspend<I: Entitlement>(case: &Case<I>, data: &Reasons) -> Decided<I> {
    let reasons = desk::reasons(&data.reasons)?;
    Ok(Decision::to(
        State::Suspended,
        case.facts.clone(),
        format!("暂停发放：{reasons}"),
    )
    .tell("暂停发放，原因见记录；恢复以后补发。")
    .effect(Effect::Hold(true)))
}

/// Goes out again, with what waited; only to somebody who may receive it.
pub(super) fn resume<I: Entitlement>(case: &Case<I>, data: &Reasons) -> Decided<I> {
    let reasons = desk::reasons(&data.reasons)?;
    if case.facts.payee.is_none() {
        let message = "还没有可以领取的人，请先确定领取人。";
        return Err(Refusal::new("NO_PAYEE", message));
    }
    Ok(Decision::to(
        State::Paid,
        case.facts.clone(),
        format!("恢复发放：{reasons}"),
    )
    .tell("恢复发放，暂停期间的一并补发。")
    .effect(Effect::Hold(false)))
}

/// What was paid too much came back.
pub(super) fn recover<I: Entitlement>(
    case: &Case<I>,
    data: &Recover,
    cx: &Context<'_>,
) -> Decided<I> {
    valid(
        filled(&data.paper, "/paper", "请填写收款凭证编号。")
            .into_iter()
            .collect(),
    )?;
    if data.fen.0 <= 0 {
        return Err(at_field("REQUIRED", "/fen", "请填写追回金额。"));
    }
    let mut facts = case.facts.clone();
    facts
        .recovered
        .push((data.fen, data.paper.trim().to_owned(), cx.today()));
    let note = format!("追回{}元", data.fen.yuan());
    Ok(stay(case, facts, note).effect(Effect::Recovered(data.fen)))
}

/// The bank's word.
pub(super) fn settled<I: Entitlement>(case: &Case<I>, data: PaymentSettled) -> Decided<I> {
    let mut facts = case.facts.clone();
    let (month, fen, returned) = (data.month, data.fen, data.returned.trim().to_owned());
    let of = format!("{}年{}月", month.year(), month.month());
    let (note, message) = match returned.is_empty() {
        true => (
            format!("{of}已发放{}元", fen.yuan()),
            format!("{of}的{}元已经发到账户。", fen.yuan()),
        ),
        false => (
            format!("{of}的{}元被银行退回：{returned}", fen.yuan()),
            "钱被银行退回，请核对账号，更换账号以后再发。".to_owned(),
        ),
    };
    facts.payments.push((month, fen, returned));
    let extra = facts.payments.len().saturating_sub(KEPT);
    facts.payments.drain(..extra);
    Ok(stay(case, facts, note).tell(message))
}
