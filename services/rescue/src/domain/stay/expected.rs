//! Which acts the procedure waits for, so that they stand first on the page.

use yiwang_casework::Case;

use super::{StationStay, state::State};
use crate::domain::search::Kind;

/// Codes, the most urgent first.
pub(super) fn expected(case: &Case<StationStay>) -> Vec<&'static str> {
    let facts = &case.facts;
    let mut acts = Vec::new();
    if facts.pending.is_some() {
        acts.push("countersign");
    }
    match case.state {
        State::Arrived => acts.extend(["screen", "send_hospital"]),
        State::SentHospital => acts.push("back_from_hospital"),
        State::Screened => acts.push("security"),
        State::Secured => acts.push("register"),
        State::Registered => acts.extend(["admit", "refuse"]),
        _ => {}
    }
    if !case.state.is_admitted() {
        return acts;
    }
    if facts.leave_asked.is_some() {
        acts.push("leave_own_word");
    }
    if facts.death_reported.is_some() {
        acts.extend(["alive_here", "died"]);
    }
    let waits = |kind: &Kind| facts.search.waiting(*kind).is_some();
    // What the later steps ask for comes up when the person is stranded.
    let later = |kind: &Kind| matches!(kind, Kind::Stranded | Kind::Refresh | Kind::Escalate);
    let search = Kind::ALL.into_iter().filter(waits);
    let search = search.filter(|kind| facts.stranded_on.is_some() || !later(kind));
    for act in search.filter_map(act_of) {
        if !acts.contains(&act) {
            acts.push(act);
        }
    }
    acts.extend(["give", "care"]);
    acts
}

/// The act that does a step of the search; none where a department or another case does.
fn act_of(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Biometrics | Kind::Face => "biometrics",
        Kind::PoliceReport => "police_report",
        Kind::Publish => "publish",
        Kind::Dna => "request_dna",
        Kind::Stranded => "choose_care",
        Kind::Refresh => "refresh",
        Kind::Escalate => "escalate",
        Kind::Unpublish => "withdraw_publication",
        Kind::Sampled | Kind::Settle | Kind::Yearly => return None,
    })
}
