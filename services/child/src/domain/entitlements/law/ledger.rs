//! One month of one child: what is due against what was paid. Amounts that turn out differently
//! later are paid on, taken back before they went out, or owed (rules B3.2).

use yiwang_civic::money::Fen;

/// A month as it stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Month {
    /// What the law gives.
    pub due: Fen,
    /// What has reached the account.
    pub paid: Fen,
    /// What is with the bank: nobody knows yet.
    pub sent: Fen,
    /// What waits, or came back: may still be cancelled.
    pub unsent: Fen,
    /// Paid too much, as noted, still open.
    pub owed: Fen,
    /// Paid too much, as noted, and recovered.
    pub recovered: Fen,
}

/// What makes the month right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Correction {
    /// What waits is cancelled.
    pub cancel: bool,
    /// Is paid on.
    pub pay: Fen,
    /// Is noted as paid too much.
    pub owe: Fen,
    /// Was noted as paid too much, and is not any more.
    pub forgive: Fen,
}

impl Correction {
    /// Nothing to do.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

impl Month {
    /// The correction; what is with the bank is waited for.
    #[must_use]
    pub fn correct(self) -> Correction {
        let noted = self.owed.0 + self.recovered.0;
        let fixed = self.paid.0 + self.sent.0 - noted;
        let missing = self.due.0 - fixed;
        if missing == self.unsent.0 {
            return Correction::default();
        }
        if missing < 0 {
            let owe = if self.sent.0 > 0 { 0 } else { -missing };
            return Correction {
                cancel: self.unsent.0 > 0,
                owe: Fen(owe),
                ..Correction::default()
            };
        }
        if missing < self.unsent.0 {
            return Correction {
                cancel: true,
                pay: Fen(missing),
                ..Correction::default()
            };
        }
        let more = missing - self.unsent.0;
        let forgive = more.min(self.owed.0);
        Correction {
            cancel: false,
            pay: Fen(more - forgive),
            owe: Fen(0),
            forgive: Fen(forgive),
        }
    }

    /// The month after a correction.
    #[must_use]
    pub fn after(self, correction: Correction) -> Self {
        let unsent = if correction.cancel { 0 } else { self.unsent.0 };
        Self {
            unsent: Fen(unsent + correction.pay.0),
            owed: Fen(self.owed.0 + correction.owe.0 - correction.forgive.0),
            ..self
        }
    }
}
