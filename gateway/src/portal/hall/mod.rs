//! The registrars' hall 婚姻登记处: who comes today, check-in, the workbench of a case.
//!
//! ```text
//! day ─→ check_in (cards, what they do not say) ─→ bench (to the certificate) ─→ day
//! ```
//! The gateway lets staff in; the marriage service decides who may do what in which hall.

mod bench;
mod check_in;
mod conflicts;
mod day;
mod figures;
mod status;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_proto::marriage::v1 as pb;

pub(crate) use self::{
    bench::{act, reveal, show as bench},
    check_in::{show as check_in, take as take_in},
    conflicts::{settle, show as conflicts},
    day::show as day,
    figures::show as figures,
    status::{ask, show as status},
};
use super::desk::Desk;

/// The halls in whose counties the reader stands at the counter, by code.
async fn halls(desk: &Desk) -> Result<Vec<pb::Hall>, Fault> {
    let who = desk.who()?;
    let mut halls: Vec<pb::Hall> = Vec::new();
    let counter = who.grants.iter().filter(|grant| grant.role == Role::Clerk);
    for scope in counter.filter_map(|grant| grant.scope()) {
        halls.extend(desk.state.backends().halls(scope).await?);
    }
    halls.sort_by(|a, b| a.code.cmp(&b.code));
    halls.dedup_by(|a, b| a.code == b.code);
    Ok(halls)
}

/// The hall with this code, else the first.
fn chosen(halls: &[pb::Hall], code: &str) -> Option<pb::Hall> {
    let asked = halls.iter().find(|hall| hall.code == code);
    asked.or(halls.first()).cloned()
}

/// What is said to staff who stand at no counter of a hall.
fn no_hall() -> Fault {
    let message = "您的岗位所在地区没有婚姻登记处，或者您不在婚姻登记窗口。";
    Fault {
        reason: "NO_HALL".into(),
        message: message.to_owned(),
        ..Fault::forbidden()
    }
}
