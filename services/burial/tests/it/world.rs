//! The service over a fresh database, with a clock by hand.

use std::ops::Deref;

use yiwang_burial::{RULES, departments::Partners, offer, schemas};
use yiwang_casework::testing::{House, Service};

pub(crate) use yiwang_casework::testing::{as_caller, client, id_number, officer, unwrap};

/// 通羊镇, 通山县: where most of the tests happen.
pub(crate) const TONGSHAN: &str = "421224100";

/// A service with all items of the crate, on a database of its own.
pub(crate) struct World(House);

impl Deref for World {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing; the bank is away.
    pub(crate) async fn new() -> Self {
        Self::with_bank("http://127.0.0.1:9/bank/v1").await
    }

    /// The same with a bank at this address.
    pub(crate) async fn with_bank(base: &str) -> Self {
        let service = Service {
            name: "burial",
            schemas: schemas(),
            rules: RULES,
            offer,
        };
        Self(House::open(service, Partners { bank: client(base) }).await)
    }
}
