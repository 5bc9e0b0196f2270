//! The service over a fresh database, with a clock by hand.

use std::ops::Deref;

use yiwang_casework::testing::{House, Service, client};
use yiwang_child::{RULES, departments::Partners, offer, payment::Payments, schemas};

/// 城关镇, 竹山县.
pub(crate) const CHENGGUAN: &str = "420323100";

/// A service with all items of the crate, on a database of its own.
pub(crate) struct World(House);

impl Deref for World {
    type Target = House;

    fn deref(&self) -> &House {
        &self.0
    }
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing; all departments are away.
    pub(crate) async fn new() -> Self {
        Self::with(
            "http://127.0.0.1:9/sharing/v1",
            "http://127.0.0.1:9/bank/v1",
        )
        .await
    }

    /// The same with departments at these addresses.
    pub(crate) async fn with(sharing: &str, bank: &str) -> Self {
        let service = Service {
            name: "child",
            schemas: schemas(),
            rules: RULES,
            offer,
        };
        let partners = Partners {
            sharing: client(sharing),
            bank: client(bank),
        };
        Self(House::open(service, partners).await)
    }
}

/// Makes, sends and settles payments until nothing is due.
pub(crate) async fn pay(payments: &Payments) {
    let mut idle = 0;
    while idle < 12 {
        match payments.step().await.unwrap() {
            true => idle = 0,
            false => {
                idle += 1;
                tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            }
        }
    }
}

/// Somebody born on this day (`20160512`), of 竹山县; serials differ by `order` (0 to 999).
pub(crate) fn born(day: &str, order: u32) -> String {
    let body = format!("420323{day}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|byte| usize::from(byte - b'0'));
    let sum: usize = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}
