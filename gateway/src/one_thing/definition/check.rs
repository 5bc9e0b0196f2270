//! What a definition must be like; tested for each that there is.

use std::collections::BTreeSet;

use super::{Act, Definition, Undo};

/// What is wrong with a definition; empty when it may be used.
pub(crate) fn faults(definition: &Definition) -> Vec<String> {
    let mut faults = Vec::new();
    let mut before = BTreeSet::new();
    for step in definition.steps {
        let mut fault = |what: &str| faults.push(format!("{}: {what}", step.code));
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if step.code.is_empty() || step.code.len() > 40 || !step.code.chars().all(plain) {
            fault("the code is not a plain word");
        }
        if let Some(missing) = step.after.iter().find(|code| !before.contains(*code)) {
            fault(&format!("{missing} does not stand before it"));
        }
        if !before.insert(step.code) {
            fault("the code is there twice");
        }
        if step.title.is_empty() || step.owner.is_empty() {
            fault("title or owner is missing");
        }
        if matches!(step.undo, Undo::Never(_)) && !step.pivot {
            fault("it cannot be taken back, so it is a pivot");
        }
        let changes = step.act.reaches_out() && !step.act.changes_nothing();
        if changes && matches!(step.undo, Undo::Nothing(_)) && !step.pivot {
            fault("what it did stays when the applicant withdraws");
        }
        if let (Act::Ticket(done), Undo::Ticket(undone)) = (step.act, step.undo)
            && done == undone
        {
            fault("doing and undoing are the same matter");
        }
        if step.clock.is_some_and(|clock| clock.source.is_empty()) {
            fault("the clock names no source");
        }
    }
    faults
}
