//! What a decision knows besides its case.

use std::sync::LazyLock;

use jiff::{civil::DateTime, tz};
use yiwang_casework::{Actor, Context};
use yiwang_civic::{calendar::WorkCalendar, params::RuleBook};

/// The rules as shipped.
static RULES: LazyLock<RuleBook> = LazyLock::new(|| RuleBook::parse(yiwang_burial::RULES).unwrap());

static CLOCK: Actor = Actor::System(String::new());

/// 通山县 at a Beijing time, with nobody acting; an officer's act is
/// `Context { actor: &officer, ..context(at) }`.
pub(crate) fn context(at: DateTime) -> Context<'static> {
    Context {
        now: tz::offset(8).to_timestamp(at).unwrap(),
        actor: &CLOCK,
        calendar: WorkCalendar::embedded(),
        rules: &RULES,
        division: "421224100",
        county: "421224",
    }
}
