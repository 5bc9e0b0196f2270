//! Where an adoption is registered (中国公民收养子女登记办法第4条; rules B4.7).

use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::division;

use super::kind::Kind;

/// What decides the place: codes of six digits or more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Where<'a> {
    /// Where the institution is.
    pub institution: &'a str,
    /// Where the child was found.
    pub found: &'a str,
    /// Household of the birth parents or the guardian; the seat of an organization.
    pub sender: &'a str,
}

/// The division that decides, with its field.
#[must_use]
pub fn competent<'a>(kind: Kind, at: Where<'a>) -> (&'a str, &'static str) {
    match kind {
        Kind::Institution => (at.institution, "/senders/institution_division"),
        Kind::Found => (at.found, "/found/division"),
        Kind::Sent | Kind::Kin | Kind::Step => (at.sender, "/senders/division"),
    }
}

/// What is wrong with the place of a case in `county`.
#[must_use]
pub fn wrong(kind: Kind, at: Where<'_>, county: &str) -> Option<FieldViolation> {
    let (division, field) = competent(kind, at);
    let division = division.trim();
    let Some(right) = division.get(..6) else {
        let message = "请选择所在的县（市、区）：收养登记在哪里办理由它决定。";
        return Some(FieldViolation::new(field, "PLACE_MISSING", message));
    };
    (right != county).then(|| {
        let name = division::full_name(right).unwrap_or_else(|| "当地".to_owned());
        let message = format!("“{}”要到{name}民政局登记，请到那里办理。", kind.label());
        FieldViolation::new(field, "PLACE_WRONG", message)
    })
}
