//! How states are called in rows and on the wire.

use crate::one_thing::course::{Class, Ending, Parent, Phase, State};

/// Something that has one stable name for each of its values.
pub(crate) trait Named: Copy + PartialEq + 'static {
    /// All values with their names.
    const NAMES: &'static [(Self, &'static str)];

    /// The name.
    fn name(self) -> &'static str {
        let mut names = Self::NAMES.iter();
        let found = names.find(|(value, _)| *value == self);
        found.map_or("", |(_, name)| name)
    }

    /// The value with this name.
    fn named(name: &str) -> Option<Self> {
        let mut names = Self::NAMES.iter();
        names
            .find(|(_, known)| *known == name)
            .map(|(value, _)| *value)
    }
}

impl Named for Parent {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Submitted, "submitted"),
        (Self::Accepted, "accepted"),
        (Self::Running, "running"),
        (Self::PartlyDone, "partly_done"),
        (Self::Done, "done"),
        (Self::PartlyFailed, "partly_failed"),
        (Self::Withdrawn, "withdrawn"),
        (Self::Terminated, "terminated"),
    ];
}

impl Named for Ending {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Withdrawn, "withdrawn"),
        (Self::Aborted, "aborted"),
        (Self::Void, "void"),
    ];
}

impl Named for State {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Blocked, "blocked"),
        (Self::Due, "due"),
        (Self::Running, "running"),
        (Self::Waiting, "waiting"),
        (Self::Stuck, "stuck"),
        (Self::Returned, "returned"),
        (Self::Done, "done"),
        (Self::NotNeeded, "not_needed"),
        (Self::Skipped, "skipped"),
        (Self::Cancelled, "cancelled"),
        (Self::Undone, "undone"),
    ];
}

impl Named for Phase {
    const NAMES: &'static [(Self, &'static str)] = &[(Self::Do, "do"), (Self::Undo, "undo")];
}

impl Named for Class {
    const NAMES: &'static [(Self, &'static str)] = &[
        (Self::Transient, "transient"),
        (Self::Unknown, "unknown"),
        (Self::Business, "business"),
        (Self::Officer, "officer"),
    ];
}

impl Parent {
    /// What people read.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Submitted => "已提交",
            Self::Accepted => "已受理",
            Self::Running => "办理中",
            Self::PartlyDone => "部分办结",
            Self::Done => "全部办结",
            Self::PartlyFailed => "办结（有事项没有办成）",
            Self::Withdrawn => "已撤回",
            Self::Terminated => "已终止",
        }
    }
}
