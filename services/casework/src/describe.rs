//! An item as the portal and the REST description read it.

use yiwang_proto::casework::v1 as pb;

use crate::{
    form::FormSchema,
    guide::Guide,
    item::{ActionSpec, Awaiting, By, Item, State},
    runtime::Runtime,
};

/// The item with its guide, form and actions.
pub(crate) fn item<I: Item>(rt: &Runtime, form: &FormSchema) -> pb::Item {
    let guide = I::guide();
    let today = yiwang_civic::time::beijing_date(rt.now());
    let standards = I::standards(&rt.rules, "", today).into_iter();
    pb::Item {
        code: I::CODE.to_owned(),
        title: I::TITLE.to_owned(),
        summary: guide.summary.to_owned(),
        service: rt.service.to_owned(),
        confidential: I::CLOSED,
        form_schema: form.json().to_string(),
        actions: I::actions().iter().map(action).collect(),
        states: I::State::ALL
            .iter()
            .map(|state| state_spec(*state))
            .collect(),
        guide: Some(pb::Guide {
            standards: standards
                .map(|s| pb::StandardRow {
                    label: s.label,
                    value: s.value,
                    source: s.source,
                })
                .collect(),
            ..guide_of(guide)
        }),
    }
}

fn guide_of(guide: Guide) -> pb::Guide {
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    pb::Guide {
        audience: guide.audience.to_owned(),
        conditions: owned(guide.conditions),
        legal_basis: guide
            .legal_basis
            .into_iter()
            .map(|(name, article)| pb::LegalBasis {
                name: name.to_owned(),
                article: article.to_owned(),
            })
            .collect(),
        materials: guide
            .materials
            .into_iter()
            .map(|material| pb::MaterialSpec {
                code: material.code.to_owned(),
                title: material.title.to_owned(),
                origin: material.origin.code().to_owned(),
                required: material.required,
                hint: material.hint.to_owned(),
            })
            .collect(),
        steps: guide
            .steps
            .into_iter()
            .map(|(title, who, limit)| pb::Step {
                title: title.to_owned(),
                who: who.to_owned(),
                limit: limit.to_owned(),
            })
            .collect(),
        legal_time_limit: guide.legal_time_limit.to_owned(),
        promised_time_limit: guide.promised_time_limit.to_owned(),
        fee: guide.fee.to_owned(),
        result: guide.result.to_owned(),
        appeal: guide.appeal.to_owned(),
        at_counter: guide.at_counter,
        appointment: guide.appointment.to_owned(),
        standards: Vec::new(),
    }
}

/// An action as a button and a form.
pub(crate) fn action<S: State>(spec: &ActionSpec<S>) -> pb::ActionSpec {
    let roles = match spec.by {
        By::Roles(roles) => roles.iter().map(|role| role.as_str().to_owned()).collect(),
        By::Applicant | By::ApplicantInPerson | By::ApplicantVerified | By::System => Vec::new(),
    };
    pb::ActionSpec {
        code: spec.code.to_owned(),
        label: spec.label.to_owned(),
        hint: spec.hint.to_owned(),
        roles,
        from_states: spec
            .from
            .iter()
            .map(|state| state.spec().code.to_owned())
            .collect(),
        data_schema: spec
            .data
            .map(|data| data().to_value().to_string())
            .unwrap_or_default(),
        by_applicant: matches!(
            spec.by,
            By::Applicant | By::ApplicantInPerson | By::ApplicantVerified
        ),
        grave: spec.grave,
        ripple: spec
            .ripple
            .map(|ripple| ripple.change.code().to_owned())
            .unwrap_or_default(),
    }
}

fn state_spec<S: State>(state: S) -> pb::StateSpec {
    let spec = state.spec();
    pb::StateSpec {
        code: spec.code.to_owned(),
        label: spec.label.to_owned(),
        explanation: spec.explanation.to_owned(),
        closed: spec.awaiting == Awaiting::Nobody,
    }
}
