//! What was paid against what was due, month by month: money that came too late is paid, money
//! that came too much is asked back (rules A5.11; 一件事 D7).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_civic::{money::Fen, time::Month};

/// One person's month in which the roll and the payments differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Account {
    /// Index on the form.
    pub index: usize,
    /// Month.
    pub month: Month,
    /// What the roll says.
    pub due: Fen,
    /// What the payments hold.
    pub paid: Fen,
}

/// A payment that came back and waits for a new account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// Month of the payment.
    pub month: Month,
    /// Made afterwards, for other months.
    pub arrears: bool,
    /// What will go out.
    pub amount: Fen,
}

/// What the payments of a case hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Books {
    /// Months in which roll and payments differ.
    pub accounts: Vec<Account>,
    /// What came back.
    pub returned: Vec<Waiting>,
}

/// One person's month that was paid too much.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overpaid {
    /// Index on the form.
    pub index: usize,
    /// Month.
    pub month: Month,
    /// Still to come back.
    pub open: Fen,
    /// Came back.
    pub recovered: Fen,
    /// Not asked back.
    pub waived: Fen,
    /// Beijing date on which it was found.
    pub found_on: Date,
}

/// Money that came back, on a receipt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Beijing date.
    pub on: Date,
    /// Amount.
    pub amount: Fen,
    /// Number of the receipt.
    pub receipt: String,
    /// Officer.
    pub by: String,
}

/// Months that are paid afterwards 补发.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrears {
    /// Beijing date.
    pub on: Date,
    /// First month.
    pub from: Month,
    /// Last month.
    pub through: Month,
    /// Sum.
    pub amount: Fen,
}

/// A part of a payment made afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// Index on the form.
    pub index: usize,
    /// Month it is for.
    pub month: Month,
    /// Amount.
    pub amount: Fen,
}

/// What is still to come back, and what is to be paid afterwards, of a month in which `due` was
/// due, `paid` was paid, of which `recovered` came back and `waived` may be kept.
#[must_use]
pub fn balance(due: Fen, paid: Fen, recovered: Fen, waived: Fen) -> (Fen, Fen) {
    let kept = paid.0 - recovered.0;
    (
        Fen((kept - due.0 - waived.0).max(0)),
        Fen((due.0 - kept).max(0)),
    )
}

/// All of it that is still to come back.
#[must_use]
pub fn open(overpaid: &[Overpaid]) -> Fen {
    Fen(overpaid.iter().map(|one| one.open.0).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_balance_of_a_month() {
        // due, paid, recovered, waived: open, arrears
        let rows = [
            // A dead person's month was paid; it comes back, or may be kept.
            ([0, 28_000, 0, 0], [28_000, 0]),
            ([0, 28_000, 8_000, 0], [20_000, 0]),
            ([0, 28_000, 8_000, 20_000], [0, 0]),
            ([0, 28_000, 28_000, 0], [0, 0]),
            // The death was none: what was not paid, or came back, is paid.
            ([28_000, 0, 0, 0], [0, 28_000]),
            ([28_000, 28_000, 0, 0], [0, 0]),
            ([28_000, 28_000, 8_000, 0], [0, 8_000]),
            ([28_000, 28_000, 0, 28_000], [0, 0]),
            ([28_000, 23_000, 0, 0], [0, 5_000]),
        ];
        for ([due, paid, recovered, waived], [open, arrears]) in rows {
            let found = balance(Fen(due), Fen(paid), Fen(recovered), Fen(waived));
            assert_eq!(
                found,
                (Fen(open), Fen(arrears)),
                "{due} {paid} {recovered} {waived}"
            );
        }
    }
}
