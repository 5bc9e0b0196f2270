//! Who stands on a closed case 保密办件 (未成年人网络保护条例 36, 37).

use jiff::Timestamp;
use uuid::Uuid;
use yiwang_chassis::identity::{Caller, Role};

use super::OnCase;
use crate::{item::Standing, store::case::CaseFile};

/// The line of a closed item.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// See [`crate::item::Item::LINE`].
    pub(crate) roles: &'static [Role],
    /// States in which it no longer stands, by code.
    pub(crate) ended: Vec<&'static str>,
}

/// What is around a case: who is on it, and who else may look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Around {
    /// Everybody on the form.
    pub(crate) people: Vec<OnCase>,
    /// See [`crate::item::Item::standing`].
    pub(crate) standing: Vec<Standing>,
    /// What the one who looks was granted and still has.
    pub(crate) grant: Option<Live>,
}

impl Around {
    /// Whether the caller is on the form.
    pub(crate) fn names(&self, caller: &Caller) -> bool {
        let person = caller.person.as_deref();
        person.is_some_and(|person| self.people.iter().any(|on| on.key == person))
    }
}

/// An access that was granted, or taken in an emergency, and has not ended.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    /// The request it follows from.
    pub(crate) request: Uuid,
    /// Taken at once in an emergency.
    pub(crate) break_glass: bool,
    /// Sealed reason of the request.
    pub(crate) reason: Vec<u8>,
    /// Its end.
    pub(crate) until: Timestamp,
}

/// Why somebody who is no party reads a closed case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The item's line.
    Line,
    /// Named by the case itself.
    Standing,
    /// Asked, and another officer approved.
    Granted,
    /// An emergency.
    BreakGlass,
    /// Filed it for somebody else.
    Filer,
}

impl Ground {
    const ALL: [Self; 5] = [
        Self::Line,
        Self::Standing,
        Self::Granted,
        Self::BreakGlass,
        Self::Filer,
    ];

    /// Stable code, as in the tables.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Standing => "standing",
            Self::Granted => "granted",
            Self::BreakGlass => "break_glass",
            Self::Filer => "filer",
        }
    }

    /// The same in Chinese.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Line => "办理单位工作人员",
            Self::Standing => "参与办理的单位",
            Self::Granted => "经批准查看",
            Self::BreakGlass => "紧急查看",
            Self::Filer => "代为提交的人员",
        }
    }

    /// The ground with this code.
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.code() == code)
    }
}

/// As what an officer stands on a case.
#[derive(Debug, Default)]
pub(super) struct Seat {
    /// Roles that stand.
    pub(super) roles: Vec<Role>,
    /// None: the officer does not stand.
    pub(super) ground: Option<Ground>,
}

impl Line {
    /// As what the caller stands, who is not on the form. A grant lets look; only the line also
    /// acts by it.
    pub(super) fn seat(&self, caller: &Caller, file: &CaseFile, around: &Around) -> Seat {
        let here = |role: &&Role| caller.has(**role, &file.division);
        let mut roles: Vec<Role> = self.roles.iter().filter(here).copied().collect();
        let ended = file.sealed || self.ended.contains(&file.state.as_str());
        let stands = !roles.is_empty() && !ended;
        let mut ground = stands.then_some(Ground::Line);
        if !stands && around.grant.is_none() {
            roles.clear();
        }
        for named in around.standing.iter().filter(|_| !file.sealed) {
            if caller.has(named.role, &named.division) {
                ground.get_or_insert(Ground::Standing);
                if !roles.contains(&named.role) {
                    roles.push(named.role);
                }
            }
        }
        if let Some(live) = &around.grant {
            ground.get_or_insert(match live.break_glass {
                true => Ground::BreakGlass,
                false => Ground::Granted,
            });
        }
        Seat { roles, ground }
    }
}
