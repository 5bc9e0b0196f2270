//! Waivers that run down while a bill is drawn up, or a bill from elsewhere is looked at.

use super::Waiver;
use crate::domain::bill::Quantity;

/// What is left of the waivers while a bill is drawn up.
#[derive(Debug, Clone)]
pub struct Allowances {
    items: Vec<Waiver>,
    total: Option<i64>,
}

impl Allowances {
    /// All of them.
    #[must_use]
    pub fn new(items: &[Waiver], total: Option<i64>) -> Self {
        Self {
            items: items.to_vec(),
            total: total.map(|total| total.max(0)),
        }
    }

    /// Fen waived of so much of an item that costs `fen`: never more than it costs.
    pub fn take(&mut self, code: &str, quantity: Quantity, fen: i64) -> i64 {
        let (mut open, mut open_fen, mut waived) = (quantity.0.max(0), fen.max(0), 0);
        for item in &mut self.items {
            if open <= 0 || open_fen <= 0 || !item.codes.iter().any(|one| one == code) {
                continue;
            }
            let covered = item.quantity.map_or(open, |most| most.0.clamp(0, open));
            let share = i128::from(open_fen) * i128::from(covered) / i128::from(open);
            let mut part = i64::try_from(share).unwrap_or(open_fen);
            part = part
                .min(item.fen.unwrap_or(i64::MAX))
                .min(self.total.unwrap_or(i64::MAX))
                .max(0);
            if part == 0 {
                continue;
            }
            if let Some(most) = item.quantity.as_mut() {
                most.0 -= covered;
            }
            for left in [item.fen.as_mut(), self.total.as_mut()]
                .into_iter()
                .flatten()
            {
                *left -= part;
            }
            waived += part;
            // An item that ran out of money leaves its units to the next one of the same code.
            if item.quantity.is_some() {
                open -= covered;
            }
            open_fen -= part;
        }
        waived
    }
}

/// What was paid elsewhere for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidItem {
    /// Code of the household county's list.
    pub code: String,
    /// How much of it.
    pub quantity: Quantity,
    /// Fen paid.
    pub fen: i64,
}

/// What the household county pays back: only items it would have waived, up to its own limits;
/// one number for each item paid.
#[must_use]
pub fn refundable(paid: &[PaidItem], waivers: &[Waiver], total: Option<i64>) -> Vec<i64> {
    let mut allowances = Allowances::new(waivers, total);
    paid.iter()
        .map(|one| allowances.take(&one.code, one.quantity, one.fen))
        .collect()
}
