//! Who receives the money: named by one, decided by another.

use yiwang_casework::{Case, Context, Refusal};

use super::{Decided, county, stay};
use crate::domain::{
    desk::{filled, valid},
    entitlements::{
        law::payee::{Choice, PayeeKind, may_receive},
        procedure::{
            Entitlement,
            action::ProposePayee,
            facts::{Facts, Step},
            form::Account,
            state::State,
            world::{Effect, World},
        },
    },
};

/// Somebody else is to receive the money.
pub(super) fn propose<I: Entitlement>(
    case: &Case<I>,
    data: ProposePayee,
    cx: &Context<'_>,
    world: &World,
) -> Decided<I> {
    county::free(&case.facts)?;
    let mut found = Vec::new();
    found.extend(filled(&data.holder, "/holder", "请填写户名。"));
    found.extend(filled(&data.bank, "/bank", "请填写开户银行。"));
    found.extend(filled(&data.account, "/account", "请填写账号。"));
    found.extend(filled(&data.duties, "/duties", "请写明照料责任。"));
    if data.kind != PayeeKind::Institution {
        found.extend(filled(
            &data.id_number,
            "/id_number",
            "请填写户主身份证号。",
        ));
    }
    valid(found)?;
    fits(case, &data, world)?;
    county::wait(
        case,
        Step::Payee(data),
        "登记改变领取人，待另一名工作人员决定".to_owned(),
        cx,
    )
}

fn fits<I: Entitlement>(case: &Case<I>, data: &ProposePayee, world: &World) -> Result<(), Refusal> {
    may_receive(Choice {
        kind: data.kind,
        upbringing: case.form.upbringing,
        guardian_able: data.guardian_able,
        barred: world.payee_barred(),
    })
}

/// The account of the form, when the law lets it be and it is there.
pub(super) fn of_form<I: Entitlement>(case: &Case<I>, world: &World) -> Option<Account> {
    let account = &case.form.account;
    let complete = [&account.holder, &account.bank, &account.account];
    let (verified, ..) = case.facts.verified.as_ref()?;
    let choice = Choice {
        kind: account.kind,
        upbringing: case.form.upbringing,
        guardian_able: verified.guardian_able,
        barred: world.payee_barred(),
    };
    let known = account.kind == PayeeKind::Institution || !account.id_number.trim().is_empty();
    let complete = complete.iter().all(|text| !text.trim().is_empty()) && known;
    (complete && may_receive(choice).is_ok()).then(|| account.clone())
}

/// Decided.
pub(super) fn set<I: Entitlement>(
    case: &Case<I>,
    mut facts: Facts,
    data: &ProposePayee,
    world: &World,
) -> Decided<I> {
    fits(case, data, world)?;
    let account = data.account();
    facts.payee = Some(account.clone());
    data.duties.trim().clone_into(&mut facts.duties);
    facts
        .found
        .retain(|it| it.code != "custody" && it.code != "payee");
    let note = format!("领取人改为{}", data.kind.label());
    let mut decision = stay(case, facts, note);
    if !case.state.is_granted() {
        let mut form = case.form.clone();
        form.account = account;
        decision.form = Some(form);
        return Ok(decision);
    }
    let held = case.state == State::Suspended;
    Ok(decision
        .effect(Effect::Payee(account))
        .effect(Effect::Hold(held)))
}
