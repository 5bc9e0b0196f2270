//! The service over a fresh database, with a clock by hand.

use std::ops::Deref;

use yiwang_casework::testing::{House, Service};
use yiwang_rescue::{RULES, departments::Partners, offer, schemas};

pub(crate) use yiwang_casework::testing::{as_caller, client, id_number, officer, unwrap};

/// 温泉街道, 咸安区: where 咸宁市救助管理站 stands.
pub(crate) const XIANAN: &str = "421202001";
/// 城关镇, 竹山县.
pub(crate) const ZHUSHAN: &str = "420323100";

/// A service with all items of the crate, on a database of its own.
pub(crate) struct World(House);

impl Deref for World {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing, with the stations of the
    /// demonstration; the DNA base is away.
    pub(crate) async fn new() -> Self {
        Self::with_dna("http://127.0.0.1:9/dna/v1").await
    }

    /// The same with a DNA base at this address.
    pub(crate) async fn with_dna(base: &str) -> Self {
        let service = Service {
            name: "rescue",
            schemas: schemas(),
            rules: RULES,
            offer,
        };
        let house = House::open(service, Partners { dna: client(base) }).await;
        yiwang_rescue::stays::demo::seed(&house.db.pool)
            .await
            .unwrap();
        Self(house)
    }
}
