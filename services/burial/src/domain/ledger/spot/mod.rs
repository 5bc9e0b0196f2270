//! The life of a niche or plot (rules F08).
//!
//! ```text
//! planned ─► available ─► held ─► reserved ─► occupied ─► expired ─► occupied (renewed)
//!               ▲ ▲ │ ▲     │        │            │           │
//!               │ │ ▼ └─────┴────────┘            ▼           ▼ by law only
//!               │ blocked  lapsed, given back   vacated ◄─────┘
//!               └─────────── inspected ────────────┘
//! ```
//! A place of one family (niche, plot) leaves the offer with its first hold; kin may join its
//! contract. A shared place (tree, lawn, …) stays on offer until uses and holds together fill it.
//!
//! | where | what |
//! |---|---|
//! | here | what a place is, and whether there is room |
//! | `holds` | chosen for a while, and let go |
//! | `uses` | contract, burial, renewal, leaving |

mod holds;
mod uses;

use jiff::{Timestamp, civil::Date};

use super::SpotKind;

yiwang_casework::code_list! {
    /// State of a place.
    SpotState {
        Planned = "planned", "规划中";
        Available = "available", "可选";
        Held = "held", "正在办理";
        Reserved = "reserved", "已签约";
        Occupied = "occupied", "已安放";
        Expired = "expired", "到期公告";
        Blocked = "blocked", "暂停使用";
        Vacated = "vacated", "待验收";
    }
}

yiwang_casework::code_list! {
    /// State of one use of a place.
    UseState {
        Reserved = "reserved", "待安放";
        Occupied = "occupied", "已安放";
        Moved = "moved", "已迁出";
    }
}

/// Somebody chose it and it is theirs until an instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// `account:<id>`, or the number of a case.
    pub by: String,
    /// Free for others from then on, by the server's clock.
    pub until: Timestamp,
}

/// Who lies there, or is to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// From 1.
    pub slot: u16,
    /// The case with the contract.
    pub case_number: String,
    /// Key of the person it is for; it never changes.
    pub person: Option<String>,
    /// How far.
    pub state: UseState,
    /// Last day of the period; none where there is no period.
    pub until: Option<Date>,
}

/// A place with everything that decides what may be done with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Kind.
    pub kind: SpotKind,
    /// How many may lie there.
    pub capacity: u16,
    /// State as of the last change: a hold may have lapsed since, see [`Spot::is_free`].
    pub state: SpotState,
    /// Its area takes nobody new; whoever is there already is not touched.
    pub closed: bool,
    /// One at most in a place of one family; lapsed ones stay until the next change.
    pub holds: Vec<Hold>,
    /// Uses, moved ones too.
    pub uses: Vec<Use>,
}

/// Why something cannot be done with a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SpotError {
    /// Somebody else has it, or it is not on offer.
    #[error("taken")]
    Taken,
    /// No room left.
    #[error("full")]
    Full,
    /// The hold is not the caller's, or has lapsed.
    #[error("not held")]
    NotHeld,
    /// No live use of this case there.
    #[error("no such use")]
    NoUse,
    /// Not in the state this step asks for.
    #[error("wrong state")]
    State,
}

impl SpotError {
    /// Stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Taken => "SPOT_TAKEN",
            Self::Full => "SPOT_FULL",
            Self::NotHeld => "HOLD_LAPSED",
            Self::NoUse => "NOT_IN_SPOT",
            Self::State => "SPOT_STATE",
        }
    }

    /// What to do.
    #[must_use]
    pub fn message(self) -> &'static str {
        match self {
            Self::Taken => "这个位置已经有人选了，请另选一个。",
            Self::Full => "这个位置已经放满，不能再安放，请另选。",
            Self::NotHeld => "为您保留位置的时间已过，请重新选位。",
            Self::NoUse => "这个位置没有这份合同的安放记录，请核对合同编号。",
            Self::State => "这个位置现在的状态不能办理这一步，请刷新后重试。",
        }
    }
}

type Done = Result<(), SpotError>;

impl Spot {
    /// A place nobody has used, as generated.
    #[must_use]
    pub fn planned(kind: SpotKind, capacity: u16) -> Self {
        Self {
            kind,
            capacity,
            state: SpotState::Planned,
            closed: false,
            holds: Vec::new(),
            uses: Vec::new(),
        }
    }

    /// Uses that take room.
    pub fn live(&self) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(|one| one.state != UseState::Moved)
    }

    /// How many places are taken.
    #[must_use]
    pub fn used(&self) -> u16 {
        u16::try_from(self.live().count()).unwrap_or(u16::MAX)
    }

    /// The live use of a case.
    #[must_use]
    pub fn use_of(&self, case_number: &str) -> Option<&Use> {
        self.live().find(|one| one.case_number == case_number)
    }

    /// How many of its capacity nobody has, when so many holds count.
    fn room_beside(&self, holds: usize) -> u16 {
        let whole = match (self.kind.shared(), self.used()) {
            (true, used) => self.capacity.saturating_sub(used),
            (false, 0) => 1,
            (false, _) => 0,
        };
        whole.saturating_sub(u16::try_from(holds).unwrap_or(u16::MAX))
    }

    /// Whether anybody may choose it now: a hold that lapsed is none.
    #[must_use]
    pub fn is_free(&self, now: Timestamp) -> bool {
        let offered = matches!(self.state, SpotState::Available | SpotState::Held);
        offered && !self.closed && self.room_beside(self.held(now).count()) > 0
    }

    /// The area it stands in is built and accepted.
    ///
    /// # Errors
    /// `State`, as for the next ones.
    pub fn open(&mut self) -> Done {
        self.step(SpotState::Planned, SpotState::Available)
    }

    /// Taken off the offer: kept back, repair, audit.
    ///
    /// # Errors
    /// `Taken` when somebody has it; a hold that lapsed does not count.
    pub fn block(&mut self, now: Timestamp) -> Done {
        let offered = matches!(self.state, SpotState::Available | SpotState::Held);
        if !offered || self.held(now).next().is_some() {
            return Err(SpotError::Taken);
        }
        self.holds.clear();
        self.state = SpotState::Blocked;
        Ok(())
    }

    /// On offer again.
    ///
    /// # Errors
    /// `State`.
    pub fn unblock(&mut self) -> Done {
        self.step(SpotState::Blocked, SpotState::Available)?;
        self.settle();
        Ok(())
    }

    /// Somebody looked at the vacated place and it is in order.
    ///
    /// # Errors
    /// `State`.
    pub fn inspect(&mut self) -> Done {
        self.step(SpotState::Vacated, SpotState::Available)
    }

    /// The period is over and nobody renewed: notice is given, nothing is dug up.
    ///
    /// # Errors
    /// `State`.
    pub fn expire(&mut self) -> Done {
        self.step(SpotState::Occupied, SpotState::Expired)
    }

    fn step(&mut self, from: SpotState, to: SpotState) -> Done {
        if self.state != from {
            return Err(SpotError::State);
        }
        self.state = to;
        Ok(())
    }

    /// The state that follows from holds and uses; what staff took off the offer stays off.
    fn settle(&mut self) {
        if matches!(
            self.state,
            SpotState::Planned | SpotState::Blocked | SpotState::Vacated
        ) {
            return;
        }
        let lies = self.live().any(|one| one.state == UseState::Occupied);
        self.state = match (self.room_beside(self.holds.len()), self.holds.is_empty()) {
            (1.., _) => SpotState::Available,
            (0, false) => SpotState::Held,
            (0, true) if lies => SpotState::Occupied,
            (0, true) => SpotState::Reserved,
        };
    }
}

#[cfg(test)]
mod tests;
