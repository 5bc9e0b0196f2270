//! Who may apply: a party, or a proxy with a notarised authority (rules A2.5).

use yiwang_casework::{Context, Decision, Refusal};

use super::{Decided, IN_PERSON, Scene};
use crate::domain::desk::{self, at_field};
use crate::domain::{
    certificate_reissue::{
        CertificateReissue,
        facts::Facts,
        form::{Form, Proxy},
        state::State,
    },
    competence::{Act, competent},
    identity::{self, IdentityCheck},
    world::World,
};

/// Takes in an application.
pub(in super::super) fn submit(form: &Form, cx: &Context<'_>, world: &World) -> Decided {
    let hall = desk::taken(cx, world, IN_PERSON)?;
    authorised(form, cx)?;
    desk::valid(form.violations())?;
    let b = form.b.as_ref().map(|b| b.residence);
    if !competent(&hall.competence, form.a.residence, b, Act::Reissue) {
        let message = format!(
            "{}不能补发涉外、涉港澳台居民或者华侨的婚姻登记证，请到有权限的登记处办理。",
            hall.name
        );
        return Err(at_field("NO_COMPETENCE", "/hall", message));
    }
    let note = format!("申请补领{}", form.which.label());
    let decision = Decision::to(State::Applied, Facts::default(), note)
        .tell("补领申请已收到，登记员正在核验身份并查找登记档案。")
        .errand(identity::first(&form.people(), &world.keys, cx.now));
    Ok(desk::arrived(decision, &form.appointment))
}

/// A plain authority is not enough; whether a notarised one is, the place says.
fn authorised(form: &Form, cx: &Context<'_>) -> Result<(), Refusal> {
    match form.proxy {
        Proxy::None => Ok(()),
        Proxy::Notarised if cx.rule("marriage.reissue.notarised_proxy")?.flag()? => Ok(()),
        Proxy::Notarised => {
            let message = "本地不接受代办补领，请由本人到场办理。";
            Err(at_field("PROXY_NOT_ALLOWED", "/proxy", message))
        }
        Proxy::Plain => {
            let message = "代办补领须持经公证的授权委托书；没有公证的，请由本人到场办理。";
            Err(at_field("PROXY_NOT_NOTARISED", "/proxy", message))
        }
    }
}

/// The police have answered.
pub(super) fn identified(
    scene: &Scene<'_>,
    answer: identity::Answer,
) -> Decision<CertificateReissue> {
    let mut facts = scene.facts();
    let check = IdentityCheck::of(answer, scene.cx.today());
    let note = format!("身份核验：{}", identity::words(Some(&check)));
    facts.identity = Some(check);
    scene.stay(facts, note)
}

/// Asks again.
pub(super) fn recheck(scene: &Scene<'_>) -> Decision<CertificateReissue> {
    let mut facts = scene.facts();
    facts.identity = None;
    let case = scene.case;
    let errand = identity::again(&case.form.people(), &case.number, case.version + 1);
    scene.stay(facts, "重新核验身份").errand(errand)
}
