//! 火化前核验: four papers, by two (ASH24, FM26; rules B5.1).

use yiwang_casework::Refusal;

use super::{
    Decided, Scene,
    countersign::{Both, signed},
    notice,
};
use crate::domain::{
    desk::at_field,
    funeral::{
        action::Verify,
        papers::{self, Certificate, Named, Papers},
        state::State,
        step::Step,
        world::Effect,
    },
};

/// 核验.
pub(super) fn verify(scene: &Scene<'_>, data: &Verify, both: Both<'_>) -> Decided {
    let facts = scene.facts();
    let number = data.certificate.trim();
    if !facts.certificate.is_empty() && facts.certificate != number {
        let message = "手上的死亡证明编号与登记的不同，请核对是否拿错；换了新证明的先登记。";
        return Err(at_field(
            "DEATH_CERTIFICATE_DIFFERS",
            "/certificate",
            message,
        ));
    }
    check(scene, data)?;
    let paper = scene
        .world
        .death
        .as_ref()
        .ok_or_else(papers::no_certificate)?;
    let mut facts = facts;
    number.clone_into(&mut facts.certificate);
    let used = Effect::UseDeath {
        number_key: paper.number_key.clone(),
        by: scene.home()?.name.clone(),
    };
    let place = facts
        .cell
        .as_ref()
        .map_or("", |cell| cell.label.as_str())
        .to_owned();
    let step = Step::Verify(data.clone()).name();
    Ok(signed(scene, State::Verified, facts, step, &place, both)
        .tell("证件和火化确认书已由两名工作人员核对无误。")
        .effect(used))
}

/// The four papers as they lie there.
fn check(scene: &Scene<'_>, data: &Verify) -> Result<(), Refusal> {
    let (form, facts, world) = (&scene.case.form, &scene.case.facts, scene.world);
    let certificate = world.death.as_ref().map(|paper| Certificate {
        name: &paper.name,
        same_person: paper.person == world.dead,
        voided: paper.voided,
    });
    let handling = scene.handling();
    let confirmed_by = if handling.unclaimed.is_some() {
        // The authorities' opinion stands for the family's signature (F11).
        match &world.unclaimed {
            Some(one) if one.allowed => Some(handling.handler),
            _ => return Err(notice::opinion_missing()),
        }
    } else {
        facts.confirmation.as_ref().map(|signed| Named {
            name: &signed.name,
            number: &signed.number,
        })
    };
    papers::check(&Papers {
        dead: form.dead_named(),
        dead_shown: Named {
            name: &data.dead_name,
            number: &data.dead_number,
        },
        certificate,
        confirmed_by,
        handler: handling.handler,
        handler_shown: Named {
            name: &data.handler_name,
            number: &data.handler_number,
        },
        tag: world.body.as_deref(),
        tag_scanned: &data.tag,
        held_by: world.held_by(),
        cremated: world.cremated,
        fits_cause: data.fits_cause,
    })
}

/// What must still hold when the body goes into the furnace.
pub(super) fn still_holds(scene: &Scene<'_>) -> Result<(), Refusal> {
    let world = scene.world;
    if world.cremated {
        return Err(Refusal::new("ALREADY_CREMATED", papers::TWICE));
    }
    papers::not_held(world.held_by())?;
    let paper = world.death.as_ref().ok_or_else(papers::no_certificate)?;
    if paper.voided {
        let message = "核验之后，死亡证明被出具单位作废了。请停下来，由家属换领新的证明。";
        return Err(Refusal::new("DEATH_CERTIFICATE_VOIDED", message));
    }
    if paper.person != world.dead {
        let message = "核验之后，死亡证明被更正为另一个人。请停下来，重新核对逝者身份。";
        return Err(Refusal::new("NAME_DIFFERS", message));
    }
    Ok(())
}
