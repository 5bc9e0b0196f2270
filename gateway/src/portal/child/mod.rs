//! Child protection 未成年人保护: what everybody may tell, and the work around a child.
//!
//! The gateway lets staff in; the child service decides who may know what.

use yiwang_chassis::{fault::Fault, identity::Role};

use super::{desk::Desk, view::burial_office::Tab};
use crate::session::SignedIn;

/// Directors in the villages.
const WORKER: &[Role] = &[Role::ChildWorker];
/// Who keeps files of children.
const VILLAGE: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor, Role::ChildCounty];
/// Who decides for a county.
const COUNTY: &[Role] = &[Role::ChildCounty];
/// Everybody who works with children.
const STAFF: &[Role] = &[
    Role::ChildWorker,
    Role::ChildSupervisor,
    Role::ChildCounty,
    Role::ChildCentre,
    Role::WelfareHome,
];
/// Who answers for a township or a county.
const OFFICE: &[Role] = &[Role::ChildSupervisor, Role::ChildCounty];
/// Who works with children in danger or in care.
const PROTECTION: &[Role] = &[
    Role::ChildSupervisor,
    Role::ChildCounty,
    Role::ChildCentre,
    Role::WelfareHome,
];

/// Path, name, and whose work it is.
pub(super) const PAGES: [(&str, &str, &[Role]); 15] = [
    ("/child/day", "今天", WORKER),
    ("/child/files", "儿童档案", VILLAGE),
    ("/child/overdue", "超期家访", OFFICE),
    ("/child/tasks", "待办任务", STAFF),
    ("/child/reports", "收到的报告", PROTECTION),
    ("/child/cases", "保护个案", PROTECTION),
    ("/child/custody", "监护和安置", PROTECTION),
    ("/child/roster", "儿童主任和督导员", OFFICE),
    ("/child/places", "未保站点和儿童之家", OFFICE),
    ("/child/coverage", "覆盖情况", OFFICE),
    ("/child/allowances", "补贴发放表", COUNTY),
    ("/child/payments", "生活费发放", COUNTY),
    ("/child/comparisons", "数据比对", OFFICE),
    ("/child/adoption", "收养和寄养", COUNTY),
    ("/child/access", "查阅申请", STAFF),
];

/// Where child protection begins for this reader of the staff; empty: it is not in the navigation.
pub(super) fn entry(who: &SignedIn) -> &'static str {
    let theirs = PAGES
        .iter()
        .find(|(.., roles)| roles.iter().any(|role| who.has_role(*role)));
    theirs.map_or("", |(href, ..)| href)
}

/// Links to the pages that are the reader's work.
fn tabs(desk: &Desk, current: &str) -> Result<Vec<Tab>, Fault> {
    let who = desk.who()?;
    let theirs = |(.., roles): &&(_, _, &[Role])| roles.iter().any(|role| who.has_role(*role));
    let tab = |&(href, label, _): &(&'static str, &'static str, _)| Tab {
        href,
        label,
        current: href == current,
    };
    Ok(PAGES.iter().filter(theirs).map(tab).collect())
}
