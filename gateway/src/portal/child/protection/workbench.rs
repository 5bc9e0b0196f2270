//! The whole of a protection case on one page. Acts are taken with the forms of the case.

use axum::response::Response;
use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::{casework::v1 as casework, child::v1 as pb};

use crate::portal::{
    desk::Desk,
    view::{
        Section,
        child::protection::workbench::{Next, WorkbenchPage, network},
    },
};

/// The page.
pub(crate) async fn show(desk: Desk) -> Result<Response, Fault> {
    let number = desk.param(0)?.to_owned();
    let backends = desk.state.backends();
    let who = desk.who()?;
    let request = pb::GetWorkbenchRequest {
        case_number: number.clone(),
    };
    let bench = backends.child_workbench(who, request).await?;
    let case = backends.case(who, &number).await?;
    let item = backends.item(&case.item).await.ok();
    let title = format!("保护个案　{}", bench.case.clone().unwrap_or_default().child);
    Ok(desk.page(&WorkbenchPage {
        chrome: desk.chrome().titled(title, Section::Child),
        today: desk.today().to_string(),
        reveals: who.has_role(Role::ChildCounty),
        next: next(&bench, &case, item.as_ref()),
        others: others(&bench, &case),
        ground: case.ground_label.clone(),
        until: case.access_until,
        number,
        network: network(&bench),
        case: bench.case.clone().unwrap_or_default(),
        bench,
    }))
}

/// What the case waits for; the reader's own acts first.
fn next(bench: &pb::Workbench, case: &casework::Case, item: Option<&casework::Item>) -> Vec<Next> {
    let known = item.map_or(&[][..], |item| item.actions.as_slice());
    let act = |code: &String| {
        let own = case.actions.iter().find(|spec| spec.code == *code);
        let named = known.iter().find(|spec| spec.code == *code);
        let label = own
            .map(|spec| &spec.label)
            .or(named.map(|spec| &spec.label));
        Some(Next {
            code: code.clone(),
            label: label?.clone(),
            own: own.is_some(),
        })
    };
    let mut found: Vec<Next> = bench.next.iter().filter_map(act).collect();
    found.sort_by_key(|one| !one.own);
    found
}

/// What else the reader may do.
fn others(bench: &pb::Workbench, case: &casework::Case) -> Vec<Next> {
    let rest = case.actions.iter();
    let rest = rest.filter(|spec| !bench.next.contains(&spec.code));
    rest.map(|spec| Next {
        code: spec.code.clone(),
        label: spec.label.clone(),
        own: true,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_acts_come_first_and_nameless_ones_are_left_out() {
        let spec = |code: &str, label: &str| casework::ActionSpec {
            code: code.into(),
            label: label.into(),
            ..Default::default()
        };
        let bench = pb::Workbench {
            next: vec!["triage".into(), "visit".into(), "unknown".into()],
            ..Default::default()
        };
        let case = casework::Case {
            actions: vec![spec("visit", "入户"), spec("note", "补充情况")],
            ..Default::default()
        };
        let item = casework::Item {
            actions: vec![spec("triage", "分级")],
            ..Default::default()
        };
        let found = next(&bench, &case, Some(&item));
        let found: Vec<_> = found
            .iter()
            .map(|one| (one.label.as_str(), one.own))
            .collect();
        assert_eq!(found, [("入户", true), ("分级", false)]);
        let rest = others(&bench, &case);
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].label, "补充情况");
    }
}
