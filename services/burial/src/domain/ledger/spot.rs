//! The life of a niche or plot (rules F08).
//!
//! ```text
//! planned ─► available ─► held ─► reserved ─► occupied ─► expired ─► occupied (renewed)
//!               ▲ ▲ │ ▲     │        │            │           │
//!               │ │ ▼ └─────┴────────┘            ▼           ▼ by law only
//!               │ blocked  lapsed, given back   vacated ◄─────┘
//!               └─────────── inspected ────────────┘
//! ```
//! A place of one family (niche, plot) leaves the offer with its first contract; kin may join.
//! A shared place (tree, lawn, …) stays on offer until it is full.

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
    /// Present exactly while `held`.
    pub hold: Option<Hold>,
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
            hold: None,
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

    /// Whether anybody may choose it now: a hold that lapsed is none.
    #[must_use]
    pub fn is_free(&self, now: Timestamp) -> bool {
        match (self.state, &self.hold) {
            (SpotState::Available, _) => true,
            (SpotState::Held, Some(hold)) => hold.until <= now,
            _ => false,
        }
    }

    /// Whether it is held for `by` now.
    #[must_use]
    pub fn is_held_by(&self, by: &str, now: Timestamp) -> bool {
        let held = self.state == SpotState::Held;
        held && self
            .hold
            .as_ref()
            .is_some_and(|hold| hold.by == by && hold.until > now)
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
        if !self.is_free(now) {
            return Err(SpotError::Taken);
        }
        self.hold = None;
        self.state = SpotState::Blocked;
        Ok(())
    }

    /// On offer again.
    ///
    /// # Errors
    /// `State`.
    pub fn unblock(&mut self) -> Done {
        self.step(SpotState::Blocked, SpotState::Available)
    }

    /// Somebody looked at the vacated place and it is in order.
    ///
    /// # Errors
    /// `State`.
    pub fn inspect(&mut self) -> Done {
        self.step(SpotState::Vacated, SpotState::Available)
    }

    /// Chosen; the same holder may choose again and gets the new time.
    ///
    /// # Errors
    /// `Taken`.
    pub fn hold(&mut self, by: &str, until: Timestamp, now: Timestamp) -> Done {
        if !self.is_free(now) && !self.is_held_by(by, now) {
            return Err(SpotError::Taken);
        }
        self.state = SpotState::Held;
        self.hold = Some(Hold {
            by: by.to_owned(),
            until,
        });
        Ok(())
    }

    /// The hold goes on to another holder: from the account to its case.
    ///
    /// # Errors
    /// `NotHeld`.
    pub fn pass_on(&mut self, from: &str, to: &str, until: Timestamp, now: Timestamp) -> Done {
        if !self.is_held_by(from, now) {
            return Err(SpotError::NotHeld);
        }
        self.hold(from, until, now)?;
        self.hold = Some(Hold {
            by: to.to_owned(),
            until,
        });
        Ok(())
    }

    /// Let go before its time; lapsed ones are nobody's any more.
    ///
    /// # Errors
    /// `NotHeld` when it is not the holder's.
    pub fn let_go(&mut self, by: &str) -> Done {
        if self.hold.as_ref().is_none_or(|hold| hold.by != by) {
            return Err(SpotError::NotHeld);
        }
        self.hold = None;
        self.state = SpotState::Available;
        Ok(())
    }

    /// The contract is signed by whoever holds it. Gives the slot.
    ///
    /// # Errors
    /// `NotHeld`, `Full`.
    pub fn reserve(
        &mut self,
        case_number: &str,
        person: Option<&str>,
        until: Option<Date>,
        now: Timestamp,
    ) -> Result<u16, SpotError> {
        if !self.is_held_by(case_number, now) {
            return Err(SpotError::NotHeld);
        }
        let slot = self.add(case_number, person, until)?;
        self.hold = None;
        self.settle();
        Ok(slot)
    }

    /// Kin of somebody who lies there, or is to, joins them 合葬.
    ///
    /// # Errors
    /// `NoUse` when the other contract is not there, `State` after expiry, `Full`.
    pub fn join(
        &mut self,
        beside: &str,
        case_number: &str,
        person: Option<&str>,
        until: Option<Date>,
    ) -> Result<u16, SpotError> {
        if self.use_of(beside).is_none() {
            return Err(SpotError::NoUse);
        }
        if !matches!(self.state, SpotState::Reserved | SpotState::Occupied) {
            return Err(SpotError::State);
        }
        let slot = self.add(case_number, person, until)?;
        self.settle();
        Ok(slot)
    }

    /// The urn or body lies there now.
    ///
    /// # Errors
    /// `NoUse` without a reserved use of this case.
    pub fn occupy(&mut self, case_number: &str) -> Done {
        self.turn(case_number, UseState::Reserved, UseState::Occupied)?;
        self.settle();
        Ok(())
    }

    /// Never used, given back: on offer again at once.
    ///
    /// # Errors
    /// `NoUse`.
    pub fn give_back(&mut self, case_number: &str) -> Done {
        self.turn(case_number, UseState::Reserved, UseState::Moved)?;
        self.settle();
        Ok(())
    }

    /// Moved out 迁葬, or released by law; the last one leaves a place to be looked at first.
    ///
    /// # Errors
    /// `NoUse`.
    pub fn move_out(&mut self, case_number: &str) -> Done {
        self.turn(case_number, UseState::Occupied, UseState::Moved)?;
        // Who shares a tree with others leaves no grave open.
        if self.used() == 0 && !self.kind.shared() {
            self.state = SpotState::Vacated;
        } else if self.state != SpotState::Expired {
            self.settle();
        }
        Ok(())
    }

    /// The period is over and nobody renewed: notice is given, nothing is dug up.
    ///
    /// # Errors
    /// `State`.
    pub fn expire(&mut self) -> Done {
        self.step(SpotState::Occupied, SpotState::Expired)
    }

    /// A new period; also for an expired one.
    ///
    /// # Errors
    /// `NoUse`.
    pub fn renew(&mut self, case_number: &str, until: Date) -> Done {
        let live = |one: &&mut Use| one.case_number == case_number && one.state != UseState::Moved;
        let found = self.uses.iter_mut().find(live).ok_or(SpotError::NoUse)?;
        found.until = Some(until);
        if self.state == SpotState::Expired {
            self.settle();
        }
        Ok(())
    }

    fn step(&mut self, from: SpotState, to: SpotState) -> Done {
        if self.state != from {
            return Err(SpotError::State);
        }
        self.state = to;
        Ok(())
    }

    fn add(
        &mut self,
        case_number: &str,
        person: Option<&str>,
        until: Option<Date>,
    ) -> Result<u16, SpotError> {
        let taken = |slot: &u16| !self.live().any(|one| one.slot == *slot);
        let slot = (1..=self.capacity).find(taken).ok_or(SpotError::Full)?;
        self.uses.push(Use {
            slot,
            case_number: case_number.to_owned(),
            person: person.map(str::to_owned),
            state: UseState::Reserved,
            until,
        });
        Ok(slot)
    }

    fn turn(&mut self, case_number: &str, from: UseState, to: UseState) -> Done {
        let fits = |one: &&mut Use| one.case_number == case_number && one.state == from;
        let found = self.uses.iter_mut().find(fits).ok_or(SpotError::NoUse)?;
        found.state = to;
        Ok(())
    }

    /// The state that follows from the uses; a hold of somebody else on a shared place stays.
    fn settle(&mut self) {
        if self.hold.is_some() {
            return;
        }
        let lies = self.live().any(|one| one.state == UseState::Occupied);
        self.state = match (self.used(), self.kind.shared()) {
            (0, _) => SpotState::Available,
            (used, true) if used < self.capacity => SpotState::Available,
            _ if lies => SpotState::Occupied,
            _ => SpotState::Reserved,
        };
    }
}

#[cfg(test)]
mod tests;
