//! Ashes 骨灰: the ledger of urns, and the count of what stands in a hall (rules F07, B5.3).
//!
//! | where | what |
//! |---|---|
//! | [`ledger`] | urns and their moves, each signed by two; never nowhere |
//! | [`stock`] | stock-taking: missing and surplus named, kept for ever |
//! | `deposit` | the item 骨灰寄存 over them |
//!
//! Locks are taken in one order: case, place, urn.

mod deposit;
pub mod ledger;
pub mod stock;

use yiwang_casework::Refusal;

use crate::domain::ledger::UrnError;

impl From<UrnError> for Refusal {
    fn from(error: UrnError) -> Self {
        Self::new(error.code(), error.message())
    }
}
