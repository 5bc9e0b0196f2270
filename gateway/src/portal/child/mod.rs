//! Child protection 未成年人保护: what everybody may tell, and the work around a child.
//!
//! The gateway lets staff in; the child service decides who may know what.

mod access;
mod adoption;
mod care;
mod protection;
mod table;
mod tasks;

use std::collections::BTreeSet;

use yiwang_chassis::{fault::Fault, identity::Role};
use yiwang_civic::division;

pub(super) use self::table::pages;
use super::{
    desk::Desk,
    view::{Chrome, burial_office::Tab, chrome::query},
};
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
/// Who answers when a child is in danger.
const ALERT: &[Role] = &[Role::ChildSupervisor, Role::ChildCounty, Role::ChildCentre];
/// Who works with children whom civil affairs guard.
const CARE: &[Role] = &[Role::ChildCounty, Role::ChildCentre, Role::WelfareHome];
/// Who sees what the projects paid.
const FUNDED: &[Role] = &[Role::ChildCounty, Role::WelfareHome];
/// Who finds families for children.
const ADOPTION: &[Role] = &[Role::ChildCounty, Role::WelfareHome];
/// Who counts how often closed cases were read.
pub(super) const AUDIT: &[Role] = &[Role::Auditor, Role::SecurityAdmin, Role::ChildCounty];

/// No number of a case is longer.
const LONGEST: usize = 40;

/// Path, name, and whose work it is.
pub(super) const PAGES: [(&str, &str, &[Role]); 16] = [
    ("/child/day", "今天", WORKER),
    ("/child/files", "儿童档案", VILLAGE),
    ("/child/overdue", "超期家访", OFFICE),
    ("/child/tasks", "待办任务", STAFF),
    ("/child/reports", "收到的报告", ALERT),
    ("/child/cases", "保护个案", ALERT),
    ("/child/custody", "监护和安置", CARE),
    ("/child/roster", "儿童主任和督导员", OFFICE),
    ("/child/places", "未保站点和儿童之家", OFFICE),
    ("/child/coverage", "覆盖情况", OFFICE),
    ("/child/allowances", "补贴发放表", COUNTY),
    ("/child/payments", "生活费发放", COUNTY),
    ("/child/comparisons", "数据比对", OFFICE),
    ("/child/projects", "明天计划、助学工程", FUNDED),
    ("/child/adoption", "收养和寄养", ADOPTION),
    ("/child/access", "查阅申请", STAFF),
];

/// Where child protection begins for this reader of the staff; empty: it is not in the navigation.
pub(super) fn entry(who: &SignedIn) -> &'static str {
    let theirs = PAGES
        .iter()
        .find(|(.., roles)| roles.iter().any(|role| who.has_role(*role)));
    theirs.map_or("", |(href, ..)| href)
}

/// Where staff ask for the case whose page was not found. The same whether there is such a case
/// or not: nothing is looked up.
pub(super) fn closed_case(chrome: &Chrome) -> Option<String> {
    chrome.user.as_ref().filter(|user| !user.child.is_empty())?;
    let path = chrome.path.split('?').next().unwrap_or_default();
    let rest = path.strip_prefix("/child").unwrap_or(path);
    let number = rest.strip_prefix("/cases/")?.split('/').next()?;
    let known = number.len() <= LONGEST && number.bytes().all(|byte| byte.is_ascii_alphanumeric());
    known.then(|| query("/child/access/new", &[("number", number)]))
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

/// Refuses all but these roles.
fn only(desk: &Desk, roles: &[Role]) -> Result<(), Fault> {
    let who = desk.who()?;
    match roles.iter().any(|role| who.has_role(*role)) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
}

/// Regions in which the reader has one of some roles, and the one that is looked at.
#[derive(Default)]
pub(crate) struct Region {
    /// Code and name.
    pub(crate) all: Vec<(String, String)>,
    pub(crate) chosen: String,
}

impl Region {
    /// The one asked for, else the first.
    ///
    /// # Errors
    /// `FORBIDDEN` for whoever has none of the roles.
    fn of(desk: &Desk, roles: &[Role]) -> Result<Self, Fault> {
        only(desk, roles)?;
        let grants = desk.who()?.grants.iter();
        let theirs = grants.filter(|grant| roles.contains(&grant.role));
        let codes: BTreeSet<&str> = theirs.filter_map(|grant| grant.scope()).collect();
        let named = |code: &str| {
            let name = division::full_name(code).unwrap_or_default();
            (code.to_owned(), name)
        };
        let all: Vec<_> = codes.into_iter().map(named).collect();
        let asked = desk.query("division");
        let chosen = all.iter().find(|(code, _)| code == asked).or(all.first());
        Ok(Self {
            chosen: chosen.map(|(code, _)| code.clone()).unwrap_or_default(),
            all,
        })
    }

    /// Its name.
    pub(crate) fn name(&self) -> &str {
        let found = self.all.iter().find(|(code, _)| *code == self.chosen);
        found.map_or("", |(_, name)| name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::view::User;

    #[test]
    fn whoever_works_with_children_may_ask_for_any_number() {
        let chrome = |path: &str, child| Chrome {
            path: path.into(),
            user: Some(User {
                name: String::new(),
                staff: true,
                counter: false,
                burial: "",
                rescue: "",
                child,
                csrf: String::new(),
            }),
            ..Chrome::default()
        };
        let ask = |path: &str, child| closed_case(&chrome(path, child));
        let expected = Some("/child/access/new?number=GA42".to_owned());
        assert_eq!(ask("/cases/GA42", "/child/day"), expected);
        assert_eq!(ask("/child/cases/GA42?x=1", "/child/day"), expected);
        assert_eq!(ask("/cases/GA42", ""), None);
        assert_eq!(ask("/cases/<b>", "/child/day"), None);
        assert_eq!(ask("/work", "/child/day"), None);
    }
}
