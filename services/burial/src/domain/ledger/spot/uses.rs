//! Contract, burial, renewal, leaving.

use jiff::{Timestamp, civil::Date};

use super::{Done, Spot, SpotError, SpotState, Use, UseState};

impl Spot {
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
        // The room of the hold becomes the room of the use.
        self.holds.retain(|hold| hold.by != case_number);
        let slot = self.add(case_number, person, until)?;
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
}
