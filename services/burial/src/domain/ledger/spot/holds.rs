//! Chosen for a while: each hold takes the room of one (rules B5.2).

use jiff::Timestamp;

use super::{Done, Hold, Spot, SpotError};

impl Spot {
    /// Holds that count now.
    pub fn held(&self, now: Timestamp) -> impl Iterator<Item = &Hold> {
        self.holds.iter().filter(move |hold| hold.until > now)
    }

    /// Whether it is held for `by` now.
    #[must_use]
    pub fn is_held_by(&self, by: &str, now: Timestamp) -> bool {
        self.held(now).any(|hold| hold.by == by)
    }

    /// Chosen; the same holder may choose again and gets the new time.
    ///
    /// # Errors
    /// `Taken`.
    pub fn hold(&mut self, by: &str, until: Timestamp, now: Timestamp) -> Done {
        if !self.is_free(now) && !self.is_held_by(by, now) {
            return Err(SpotError::Taken);
        }
        self.holds.retain(|hold| hold.until > now && hold.by != by);
        self.holds.push(Hold {
            by: by.to_owned(),
            until,
        });
        self.settle();
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
        // Also in an area that was closed meanwhile: who has it keeps it.
        self.holds
            .retain(|hold| hold.until > now && hold.by != from && hold.by != to);
        self.holds.push(Hold {
            by: to.to_owned(),
            until,
        });
        self.settle();
        Ok(())
    }

    /// Let go before its time; lapsed ones are nobody's any more.
    ///
    /// # Errors
    /// `NotHeld` when it is not the holder's.
    pub fn let_go(&mut self, by: &str) -> Done {
        let before = self.holds.len();
        self.holds.retain(|hold| hold.by != by);
        if self.holds.len() == before {
            return Err(SpotError::NotHeld);
        }
        self.settle();
        Ok(())
    }
}
