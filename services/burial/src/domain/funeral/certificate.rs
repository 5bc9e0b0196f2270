//! What stands on a cremation certificate 火化证明.

use jiff::civil::Date;
use yiwang_casework::IssueCertificate;
use yiwang_civic::time;

use super::{facts::Facts, form::Form, handling::Handling, world::Home};
use crate::domain::desk::day;

/// Stable kind.
pub const KIND: &str = "cremation";

/// One number; a copy for the handler and, where there is a name, under the dead person's key.
#[must_use]
pub fn issue(
    form: &Form,
    home: &Home,
    facts: &Facts,
    today: Date,
    replaces: &str,
) -> IssueCertificate {
    let people = form.people();
    let dead = people
        .iter()
        .position(|one| one.relation == crate::domain::dead::DEAD);
    IssueCertificate {
        kind: KIND,
        title: "火化证明",
        number: facts.cremation_certificate.clone(),
        issuer: home.name.clone(),
        holders: dead.into_iter().chain([0]).collect(),
        rows: rows(form, home, facts, replaces),
        issued_on: today,
    }
}

fn rows(form: &Form, home: &Home, facts: &Facts, replaces: &str) -> Vec<(String, String)> {
    let row = |label: &str, value: String| (label.to_owned(), value);
    let dead = &form.dead;
    let mut rows = vec![
        row("火化证明编号", facts.cremation_certificate.clone()),
        row("逝者姓名", dead.name.trim().to_owned()),
    ];
    if let Some(sex) = dead.sex() {
        rows.push(row("性别", sex.label().to_owned()));
    }
    if !dead.is_nameless() {
        rows.push(row("身份证件号码", dead.id_number.trim().to_owned()));
    }
    rows.push(row("死亡日期", day(dead.died_on)));
    if let Some(ended) = facts.ended_at {
        rows.push(row("火化日期", day(time::beijing_date(ended))));
    }
    rows.push(row("遗体编号", facts.tag.clone()));
    rows.push(row("火化单位", home.name.clone()));
    let handler = Handling::of(form, facts).handler.name;
    rows.push(row("承办人", handler.to_owned()));
    if !replaces.is_empty() {
        rows.push(row("备注", format!("补发，原证明{replaces}作废")));
    }
    rows
}
