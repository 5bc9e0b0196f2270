//! What acts would set going, beside the buttons that take them.

use std::collections::BTreeMap;

use yiwang_chassis::fault::Fault;
use yiwang_proto::casework::v1 as pb;

use crate::portal::{
    desk::Desk,
    view::{case::Task, ripple::RippleView},
};

/// Says beside each act of the case that changes somebody's life what it would touch. Acts that
/// change the same are asked for once. The page goes on without when nobody answers.
pub(crate) async fn foresee(desk: &Desk, case: &pb::Case, tasks: Vec<&mut Task>) {
    let mut seen: BTreeMap<&str, RippleView> = BTreeMap::new();
    for task in tasks {
        let spec = case.actions.iter().find(|spec| spec.code == task.code);
        let Some(spec) = spec.filter(|spec| !spec.ripple.is_empty()) else {
            continue;
        };
        if !seen.contains_key(spec.ripple.as_str()) {
            seen.insert(&spec.ripple, of_act(desk, case, spec).await);
        }
        task.ripple = seen.get(spec.ripple.as_str()).cloned();
    }
}

async fn of_act(desk: &Desk, case: &pb::Case, spec: &pb::ActionSpec) -> RippleView {
    let found = async {
        let (who, backends) = (desk.who()?, desk.state.backends());
        let ripple = backends.ripple(who, &case.number, &spec.code).await?;
        let mut foreseen = backends.foresee(who, ripple).await?;
        // The case itself is on the page.
        foreseen
            .touched
            .retain(|one| one.case_number != case.number);
        Ok::<_, Fault>(RippleView::of(foreseen))
    };
    found
        .await
        .unwrap_or_else(|_| RippleView::unknown(&spec.ripple))
}
