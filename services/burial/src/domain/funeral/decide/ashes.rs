//! 结算, 骨灰交接, 骨灰寄存: ashes never leave without card and receipt (rules F07).

use yiwang_casework::Refusal;
use yiwang_civic::money::Fen;

use super::{
    Decided, Scene,
    countersign::{Both, signed},
    notice,
};
use crate::domain::{
    desk::{self, at_field, filled, valid},
    funeral::{
        action::{Receipt, Settle},
        facts::{Done, Handed, Used},
        papers::{Named, same_tag},
        services,
        state::State,
        step::Step,
        world::Effect,
    },
};

/// The services used become a bill, all from the price list (rules F15).
pub(super) fn settle(scene: &Scene<'_>, data: &Settle) -> Decided {
    notice::no_pending(scene)?;
    if scene.case.facts.settled.is_some() {
        return Err(Refusal::new(
            "ALREADY_SETTLED",
            "已经结算过，账单在费用一栏。",
        ));
    }
    let mut facts = scene.facts();
    facts.services = services::used(&facts);
    for extra in &data.extra {
        if extra.code.trim().is_empty() || extra.hundredths == 0 {
            let message = "另选的服务要填项目编码和数量；没有的删去这一行。";
            return Err(at_field("EXTRA", "/extra", message));
        }
        let unit_fen = match extra.yuan.trim() {
            "" => None,
            yuan => {
                let fen = Fen::from_yuan_str(yuan);
                let fen = fen.map_err(|error| at_field("AMOUNT", "/extra", error.message()))?;
                Some(fen.0)
            }
        };
        facts.services.push(Used {
            code: extra.code.trim().to_owned(),
            hundredths: i64::from(extra.hundredths),
            unit_fen,
        });
    }
    facts.group = data.group;
    facts.settled = Some(Done {
        by: desk::officer(scene.cx),
        on: scene.cx.today(),
    });
    Ok(scene
        .stay(facts, "结算")
        .tell("费用已经结算，每一项都在公布的价目清单里，减免已经扣除。")
        .effect(Effect::Bill))
}

/// 骨灰交接.
pub(super) fn hand_over(scene: &Scene<'_>, data: &Receipt, both: Both<'_>) -> Decided {
    if scene.handling().unclaimed.is_some() {
        let message = "无人认领的骨灰由殡仪馆按规定保存，不能领出；有亲属认领的，先办理身份确认。";
        return Err(Refusal::new("UNCLAIMED_ASHES", message));
    }
    let mut facts = shown(scene, data)?;
    facts.receipt = Some(receipt(scene, data));
    let out = Effect::AshesOut {
        signed: both.signers(),
        receipt: data.receipt.trim().to_owned(),
    };
    let step = Step::HandOver(data.clone()).name();
    Ok(signed(scene, State::Handed, facts, step, "承办人", both)
        .tell("骨灰已由您签收。请妥善安放；可以申请公益性墓位、格位或者生态安葬。")
        .effect(out))
}

/// 骨灰寄存: the contract follows as a case of its own.
pub(super) fn deposit(scene: &Scene<'_>, data: &Receipt, both: Both<'_>) -> Decided {
    let mut facts = shown(scene, data)?;
    facts.receipt = Some(receipt(scene, data));
    let home = scene.home()?.name.clone();
    let step = Step::Deposit(data.clone()).name();
    Ok(signed(scene, State::Deposited, facts, step, &home, both)
        .tell("骨灰已寄存在殡仪馆，领取时请带身份证和收据。"))
}

fn receipt(scene: &Scene<'_>, data: &Receipt) -> Handed {
    Handed {
        name: data.name.trim().to_owned(),
        receipt: data.receipt.trim().to_owned(),
        on: scene.cx.today(),
    }
}

/// Card and receipt of the handler.
fn shown(
    scene: &Scene<'_>,
    data: &Receipt,
) -> Result<crate::domain::funeral::facts::Facts, Refusal> {
    valid(
        filled(&data.receipt, "/receipt", "请填写收据编号。")
            .into_iter()
            .collect(),
    )?;
    same_tag(scene.world.body.as_deref(), &data.tag)?;
    let handler = scene.handling().handler;
    let shown = Named {
        name: &data.name,
        number: &data.number,
    };
    let equal = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    if !equal(handler.name, shown.name) || !equal(handler.number, shown.number) {
        let message = "骨灰只交给承办人本人，请核对身份证；承办人不能到场的，先寄存。";
        return Err(at_field("HANDLER_DIFFERS", "/number", message));
    }
    Ok(scene.facts())
}
