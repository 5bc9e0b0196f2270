//! The urn comes into the hall, and stays longer.

use jiff::civil::Date;
use yiwang_casework::{Decision, NoticeOp, Refusal};

use super::{Decided, Scene, clocks, documents, months_later};
use crate::domain::{
    ashes_deposit::{
        PRICE,
        action::{Renew, Store},
        facts::{Contract, Renewal},
        form::Form,
        state::State,
        world::{Effect, World},
    },
    benefit::{Deceased, Waivers},
    desk::{self, at_field, filled},
    document::DeadDocument,
    ledger::{UrnError, Whereabouts},
    signer::Signed,
};

/// The cremation certificate is of this very person. True: not in the chain, to be seen.
pub(super) fn papers(form: &Form, world: &World) -> Result<bool, Refusal> {
    let at = |code, message: &str| Err(at_field(code, "/cremation_certificate", message));
    if form.cremation_certificate.trim().is_empty() {
        let message = "请填写火化证明编号。没有火化证明不能寄存骨灰。";
        return at("CREMATION_CERTIFICATE_MISSING", message);
    }
    match &world.cremation {
        None if form.cremated_elsewhere => Ok(true),
        None => at(
            "CREMATION_CERTIFICATE_UNKNOWN",
            "网上没有查到这个编号的火化证明，请核对编号；在外地火化的请勾选“在外地火化”。",
        ),
        // The nameless have no key: the certificate's number alone links them.
        Some(done) if done.person.is_none() && form.user.document == DeadDocument::None => {
            Ok(false)
        }
        Some(done) if done.person.is_none() || done.person != world.dead => at(
            "CREMATION_CERTIFICATE_OTHER",
            "火化证明上的人和填写的逝者不一致，请核对。",
        ),
        Some(_) => Ok(false),
    }
}

/// 入存.
pub(super) fn store(scene: Scene<'_>, data: &Store, mut signed: Signed) -> Decided {
    let (case, cx, world) = (scene.case, scene.cx, scene.world);
    let receipt = "请填写收费票据号；减免的填减免决定编号。";
    desk::valid(
        filled(&data.receipt, "/receipt", receipt)
            .into_iter()
            .collect(),
    )?;
    if papers(&case.form, world)? && !data.originals_seen {
        let message = "网上查不到火化证明，请核对原件以后再入存。";
        return Err(at_field("ORIGINALS_NOT_SEEN", "/originals_seen", message));
    }
    if let Some(other) = &world.deposited {
        let message = format!("这份骨灰已经在寄存（办件{other}），请在那里续存。");
        return Err(Refusal::new("ALREADY_DEPOSITED", message));
    }
    data.receipt.trim().clone_into(&mut signed.receipt);
    let (urn, effect) = urn(scene, data, &signed)?;
    let free = free_months(scene, data)?;
    let today = cx.today();
    let contract = Contract {
        urn,
        signed: signed.names(),
        from: today,
        paid_until: months_later(today, free + case.form.months),
        receipt: signed.receipt.clone(),
        free_months: free,
    };
    let document = documents::contract(case, &contract);
    let message = format!(
        "骨灰已经入存，寄存期到{}为止。请保管好寄存证，领取时要用。",
        desk::day(contract.paid_until)
    );
    let clocks = clocks::of(contract.paid_until, cx)?;
    let paid = Effect::Paid {
        urn: contract.urn.clone(),
        until: contract.paid_until,
        stored_by: Some([signed.first, signed.second]),
    };
    let mut facts = scene.facts();
    facts.contract = Some(contract);
    let mut decision = Decision::to(State::InStore, facts, "入存，签寄存合同")
        .tell(message)
        .issue(document);
    decision.effects.extend(effect);
    decision.effects.push(paid);
    for clock in clocks {
        decision = decision.start(clock);
    }
    Ok(decision)
}

/// Months of 惠民, on top of those that are paid; once for each dead person.
fn free_months(scene: Scene<'_>, data: &Store) -> Result<u32, Refusal> {
    let (cx, world) = (scene.cx, scene.world);
    if world.free_taken {
        return Ok(0);
    }
    let dead = Deceased {
        household: scene.case.form.user.household.trim(),
        group: data.group,
        cremated_here: world.cremated_here,
    };
    let waivers = Waivers::load(cx.rules, cx.division, cx.today())?;
    Ok(waivers.free_units(dead, PRICE))
}

/// Which urn, and how it comes: it may stand here already, right after the cremation.
fn urn(
    scene: Scene<'_>,
    data: &Store,
    signed: &Signed,
) -> Result<(String, Option<Effect>), Refusal> {
    let (form, world) = (&scene.case.form, scene.world);
    let at = |code, message: &str| at_field(code, "/urn", message);
    let Some(urn) = &world.urn else {
        if !data.urn.trim().is_empty() {
            return Err(at(UrnError::Unknown.code(), UrnError::Unknown.message()));
        }
        let number = world.next_urn.clone().filter(|_| form.cremated_elsewhere);
        let number =
            number.ok_or_else(|| at("URN_MISSING", "请扫骨灰盒上的标签，填写骨灰编号。"))?;
        let receive = Effect::Receive {
            urn: number.clone(),
            certificate: form.cremation_certificate.trim().to_owned(),
            signed: signed.clone(),
        };
        return Ok((number, Some(receive)));
    };
    if urn.person != world.dead {
        let message = "这个编号的骨灰不是填写的逝者的，请停下来核对。";
        return Err(at("URN_OTHER_PERSON", message));
    }
    if scene.is_here() {
        return Ok((urn.number.clone(), None));
    }
    let here = Whereabouts::InHall {
        facility: form.facility.trim().to_owned(),
    };
    // Out of a grave only by the act of the grave.
    let free = matches!(urn.at, Whereabouts::WithFamily | Whereabouts::InHall { .. });
    if !free || urn.at.go(here).is_err() {
        return Err(at(
            UrnError::Elsewhere.code(),
            UrnError::Elsewhere.message(),
        ));
    }
    let effect = Effect::Store {
        urn: urn.number.clone(),
        signed: signed.clone(),
    };
    Ok((urn.number.clone(), Some(effect)))
}

/// The last paid day after so many months more.
pub(super) fn longer(scene: Scene<'_>, months: u32) -> Result<Date, Refusal> {
    let contract = scene.contract()?;
    if !scene.is_here() {
        return Err(UrnError::Elsewhere.into());
    }
    if !(1..=120).contains(&months) {
        let message = "续存月数在1到120个月之间。";
        return Err(at_field("OUT_OF_RANGE", "/months", message));
    }
    let paid_until = months_later(contract.paid_until, months);
    if paid_until < scene.cx.today() {
        let message = "续存以后仍然是过期的，请按拖欠的时间多续几个月。";
        return Err(at_field("RENEWAL_TOO_SHORT", "/months", message));
    }
    Ok(paid_until)
}

/// 续存: from the last paid day on; a notice comes down.
pub(super) fn renew(scene: Scene<'_>, data: &Renew) -> Decided {
    let cx = scene.cx;
    let contract = scene.contract()?.clone();
    desk::valid(
        filled(&data.receipt, "/receipt", "请填写收费票据号。")
            .into_iter()
            .collect(),
    )?;
    let paid_until = longer(scene, data.months)?;
    let mut facts = scene.facts();
    facts.asked = None;
    facts.renewals.push(Renewal {
        on: cx.today(),
        by: desk::officer(cx),
        months: data.months,
        paid_until,
        receipt: data.receipt.trim().to_owned(),
    });
    let paid = Effect::Paid {
        urn: contract.urn.clone(),
        until: paid_until,
        stored_by: None,
    };
    facts.contract = Some(Contract {
        paid_until,
        ..contract
    });
    let message = format!("已经续存到{}。", desk::day(paid_until));
    let mut decision = Decision::to(State::InStore, facts, "续存")
        .tell(message)
        .stop(clocks::NOTICE_END)
        .effect(paid);
    for clock in clocks::of(paid_until, cx)? {
        decision = decision.start(clock);
    }
    if scene.beneath() == State::Notice {
        let down = NoticeOp::Withdraw(clocks::notice_name(scene.case));
        decision.notices.push(down);
    }
    Ok(decision)
}
