//! 遗体火化确认书, signed by the handler: online, or on paper at the home (FM26).

use yiwang_casework::Refusal;

use super::{Decided, Scene};
use crate::domain::{
    desk::{self, at_field},
    funeral::{
        action::{Confirm, PaperConfirmation},
        documents,
        facts::Confirmation,
        papers::Named,
    },
};

/// Online: casework has made sure that it is the applicant in person, whose card an officer has
/// seen; others sign at the home.
pub(super) fn online(scene: &Scene<'_>, data: &Confirm) -> Decided {
    if scene.case.facts.family.is_some() {
        let message = "这件治丧服务已由亲属接办，请接办人到馆签署火化确认书。";
        return Err(Refusal::new("TAKEN_OVER", message));
    }
    if !data.agree {
        let message = "勾选同意后才算签署；还没有商定的，可以以后再签。";
        return Err(at_field("NOT_AGREED", "/agree", message));
    }
    let handler = &scene.case.form.handler;
    signed(
        scene,
        Confirmation {
            name: handler.name.trim().to_owned(),
            number: handler.id_number.trim().to_owned(),
            on: scene.cx.today(),
            recorded_by: String::new(),
        },
    )
}

/// On paper: name and number as the card at the counter says.
pub(super) fn paper(scene: &Scene<'_>, data: &PaperConfirmation) -> Decided {
    let handler = scene.handling().handler;
    let shown = Named {
        name: &data.name,
        number: &data.number,
    };
    if !same(handler, shown) {
        let message = "签字人不是本次治丧的承办人，请由承办人本人签署火化确认书。";
        return Err(at_field("HANDLER_DIFFERS", "/number", message));
    }
    if data.signed_on > scene.cx.today() {
        let message = "签字日期晚于今天，请核对。";
        return Err(at_field("FUTURE", "/signed_on", message));
    }
    signed(
        scene,
        Confirmation {
            name: data.name.trim().to_owned(),
            number: data.number.trim().to_owned(),
            on: data.signed_on,
            recorded_by: desk::officer(scene.cx),
        },
    )
}

fn same(a: Named<'_>, b: Named<'_>) -> bool {
    let equal = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    equal(a.name, b.name) && equal(a.number, b.number)
}

fn signed(scene: &Scene<'_>, confirmation: Confirmation) -> Decided {
    if scene.case.facts.confirmation.is_some() {
        let message = "火化确认书已经签署，不用再签。";
        return Err(Refusal::new("ALREADY_SIGNED", message));
    }
    let paper = documents::confirmation(
        &scene.case.form,
        scene.handling().relation,
        scene.home()?,
        &confirmation,
    );
    let mut facts = scene.facts();
    facts.confirmation = Some(confirmation);
    Ok(scene
        .stay(facts, "签署遗体火化确认书")
        .tell("遗体火化确认书已经签署。")
        .issue(paper))
}
