//! 变更家庭情况: the office changes family or figures after acceptance.
//!
//! What is the family's own to say stays as the family said it: account, pledge
//! and consents. Officers see personal values masked; what comes back masked
//! stands for the old value.

use std::sync::LazyLock;

use serde_json::Value;
use yiwang_casework::{
    Refusal,
    form::{FormSchema, schema_of},
};
use yiwang_chassis::fault::FieldViolation;

use super::{Decided, Scene, acceptance::valid, scene::reasons};
use crate::domain::minimum_living::{action::Amend, events, form::Form};

/// Nobody is taken off or moved.
pub(super) fn amend(scene: &Scene<'_>, data: Amend) -> Decided {
    reasons(&data.reasons)?;
    let old = &scene.case.form;
    let form = keep_own(old, unmasked(old, data.form));
    valid(&form, scene.cx, "/form")?;
    let kept = old.everybody().zip(form.everybody());
    let same = kept.filter(|(old, new)| old.id() == new.id()).count();
    if same < old.members.len() + 1 {
        let message =
            "原有家庭成员请保留在原来的位置，不再共同生活的修改居住情况，新增成员填在最后。";
        return Err(Refusal::fields(vec![FieldViolation::new(
            "/form/members",
            "MEMBER_MOVED",
            message,
        )]));
    }
    let event = events::household_changed(scene.case, scene.world, what_changed(old, &form));
    let mut decision = scene
        .stay(scene.facts(), "变更家庭成员或申报内容")
        .tell("家庭成员或申报内容已按您报告的情况变更。");
    decision.form = Some(form);
    decision.events.push(event);
    Ok(decision)
}

/// Code of a change for other services: who belongs to the family, or the rest.
fn what_changed(old: &Form, new: &Form) -> &'static str {
    let family = |form: &Form| -> Vec<_> {
        let everybody = form.everybody();
        everybody
            .map(|one| (one.id(), one.relation, one.about.situation))
            .collect()
    };
    if family(old) == family(new) {
        "circumstances"
    } else {
        "members"
    }
}

/// Account, pledge and consents are the family's; the holder keeps the account
/// when the office corrects the holder's name.
fn keep_own(old: &Form, mut form: Form) -> Form {
    form.payee = old.payee.clone();
    form.pledge = old.pledge.clone();
    if let [holder] = old.named(&old.payee.holder)[..] {
        form.payee.holder = form.name_of(holder).trim().to_owned();
    }
    let abouts = form.members.iter_mut().map(|member| &mut member.about);
    let abouts = std::iter::once(&mut form.applicant.about).chain(abouts);
    for (about, one) in abouts.zip(old.everybody()) {
        about.check_consent = one.about.check_consent;
        about.guardian.clone_from(&one.about.guardian);
    }
    form
}

static SCHEMA: LazyLock<Option<FormSchema>> =
    LazyLock::new(|| FormSchema::compile(schema_of::<Form>()).ok());

/// `posted` with every value that equals the mask of the old one restored.
fn unmasked(old: &Form, posted: Form) -> Form {
    let (Some(schema), Ok(before), Ok(mut after)) = (
        SCHEMA.as_ref(),
        serde_json::to_value(old),
        serde_json::to_value(&posted),
    ) else {
        return posted;
    };
    let shown = schema.mask(before.clone());
    restore(&before, &shown, &mut after);
    serde_json::from_value(after).unwrap_or(posted)
}

fn restore(before: &Value, shown: &Value, after: &mut Value) {
    match (before, shown, after) {
        (Value::Object(before), Value::Object(shown), Value::Object(after)) => {
            for (name, after) in after {
                if let (Some(before), Some(shown)) = (before.get(name), shown.get(name)) {
                    restore(before, shown, after);
                }
            }
        }
        (Value::Array(before), Value::Array(shown), Value::Array(after)) => {
            for ((before, shown), after) in before.iter().zip(shown).zip(after) {
                restore(before, shown, after);
            }
        }
        (Value::String(before), Value::String(shown), Value::String(after))
            if after.trim() == shown =>
        {
            after.clone_from(before);
        }
        _ => {}
    }
}
