//! The service without its tasks, with one connection per client.

use std::{sync::Arc, time::Duration};

use sqlx::{PgPool, postgres::PgPoolOptions};
use uuid::Uuid;
use yiwang_burial::{RULES, departments::Partners, offer, schemas};
use yiwang_casework::{
    Runtime,
    department::{Client, Department},
    host::rule_book,
    runtime::{Parts, SigningKey},
};
use yiwang_chassis::{
    clock::ManualClock,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};

/// A service with all items of the crate, on a database of its own.
pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) pool: PgPool,
    pub(crate) rt: Arc<Runtime>,
    pub(crate) clock: ManualClock,
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing; `clients` connections.
    pub(crate) async fn new(clients: u32) -> Self {
        yiwang_chassis::install_tls_provider();
        let db = database(&schemas()).await;
        let pool = PgPoolOptions::new()
            .max_connections(clients)
            .acquire_timeout(Duration::from_secs(60))
            .connect(&db.url)
            .await
            .unwrap();
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let department = Department {
            base: "http://127.0.0.1:9/bank/v1".parse().unwrap(),
            callback: None,
            timeout: Duration::from_secs(5),
        };
        let partners = Partners {
            bank: Client::new(department, vec![5; 32].into()).unwrap(),
        };
        let key = SealKey::Aes256Gcm([9; 32]);
        let runtime = Runtime::new(Parts {
            service: "burial",
            pool: pool.clone(),
            clock: Arc::new(clock.clone()),
            rules: Arc::new(rule_book(RULES, "".as_ref()).unwrap()),
            sealer: Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap()),
            keyer: Arc::new(PersonKeyer::new(&[7; 32]).unwrap()),
            departments: Arc::new(partners),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        });
        let rt = Arc::new(offer(runtime).unwrap());
        Self {
            db,
            pool,
            rt,
            clock,
        }
    }

    /// Key of the person with this ID number.
    pub(crate) fn key(&self, id: &str) -> String {
        self.rt.keyer.key(&id.parse().unwrap()).as_str().to_owned()
    }
}

/// The `nth` officer of the tests, with a role over the divisions that begin with `scope`.
pub(crate) fn officer(nth: u128, name: &str, role: Role, scope: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(nth),
        name: name.into(),
        person: None,
        grants: vec![Grant::new(role, scope)],
        session: None,
        on_behalf_of: None,
    }
}

/// A right ID number for each serial below 27,000: people of 通山县, born in January 1950.
pub(crate) fn id_number(serial: usize) -> String {
    let (day, order) = (serial / 900 + 1, serial % 900);
    let body = format!("421224195001{day:02}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|byte| usize::from(byte - b'0'));
    let sum: usize = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}
