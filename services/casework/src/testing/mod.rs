//! A service under test: its cases over a fresh database, with a clock by hand and no broker.
//! Each service's tests wrap it with what is their own. Failures panic, as in tests.

#![expect(clippy::unwrap_used, reason = "test support fails by panicking")]
#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own tasks and ids"
)]

mod drawn;

pub use self::drawn::drawn;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};
use uuid::Uuid;
use yiwang_chassis::{
    clock::{Clock, ManualClock},
    db::{Schema, to_chrono},
    fault::Fault,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    citizen_id::completed,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::{
    Departments, Runtime,
    department::{Client, Department},
    host::rule_book,
    runner,
    runtime::{Parts, SigningKey},
    service::CaseworkService,
};

/// A service with its items, on a database of its own.
pub struct House {
    /// The database.
    pub db: TestDb,
    /// What the service runs on.
    pub rt: Arc<Runtime>,
    /// The clock, moved by hand.
    pub clock: ManualClock,
    /// Its cases.
    pub service: CaseworkService,
    token: CancellationToken,
}

/// What makes a service: name, schemas, rules.
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// Its schemas, in order.
    pub schemas: Vec<Schema>,
    /// Its dated parameters.
    pub rules: &'static [&'static str],
    /// Offers its items.
    pub offer: fn(Runtime) -> anyhow::Result<Runtime>,
}

impl Drop for House {
    fn drop(&mut self) {
        self.token.cancel();
    }
}

impl House {
    /// Tuesday 2026-05-12, nine in the morning in Beijing.
    pub async fn open(service: Service, departments: impl Departments + 'static) -> Self {
        let db = database(&service.schemas).await;
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let key = SealKey::Aes256Gcm([9; 32]);
        let runtime = Runtime::new(Parts {
            service: service.name,
            pool: db.pool.clone(),
            clock: Arc::new(clock.clone()),
            rules: Arc::new(rule_book(service.rules, "".as_ref()).unwrap()),
            sealer: Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap()),
            keyer: Arc::new(PersonKeyer::new(&[7; 32]).unwrap()),
            departments: Arc::new(departments),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        });
        let rt = Arc::new((service.offer)(runtime).unwrap());
        let token = CancellationToken::new();
        tokio::spawn(runner::clocks(rt.clone(), token.clone()));
        tokio::spawn(runner::errands(rt.clone(), token.clone()));
        Self {
            service: CaseworkService::new(rt.clone()),
            db,
            rt,
            clock,
            token,
        }
    }

    /// Waits until no clock is due and no errand is open.
    pub async fn rest(&self) {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let busy: bool = sqlx::query_scalar(
                "select exists (select 1 from casework.clock
                                 where fires and ended_at is null and due_at <= $1)
                     or exists (select 1 from casework.errand where done_at is null)",
            )
            .bind(to_chrono(self.clock.now()))
            .fetch_one(&self.db.pool)
            .await
            .unwrap();
            if !busy {
                return;
            }
            assert!(Instant::now() < deadline, "clocks or errands stay open");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Sets the clock to a Beijing time (`2026-05-12T09:00:00`); what fell due happens.
    pub async fn go_to(&self, beijing: &str) {
        self.clock.set(format!("{beijing}+08:00").parse().unwrap());
        self.rest().await;
    }

    /// Key of the person with this ID number.
    #[must_use]
    pub fn key(&self, id: &str) -> String {
        self.rt.keyer.key(&id.parse().unwrap()).as_str().to_owned()
    }

    /// A citizen whose card was seen.
    #[must_use]
    pub fn citizen(&self, id: &str) -> Caller {
        Caller {
            account: Uuid::now_v7(),
            name: "张三".into(),
            person: Some(self.key(id)),
            grants: vec![Grant::new(Role::Citizen, "000000")],
            session: None,
            on_behalf_of: None,
        }
    }

    /// Hands in a form for `division` (9 digits).
    ///
    /// # Errors
    /// What a client would be told.
    pub async fn submit(
        &self,
        caller: &Caller,
        item: &str,
        division: &str,
        form: Value,
    ) -> Result<pb::Case, Fault> {
        // Nobody hands in twice at the same instant.
        self.clock.advance(SignedDuration::from_secs(1));
        let request = pb::SubmitRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            item: item.into(),
            division: division.into(),
            form: form.to_string(),
            materials: vec![],
        };
        unwrap(self.service.submit(as_caller(caller, request)).await)
    }

    /// Takes an action; `Value::Null` where it takes no data.
    ///
    /// # Errors
    /// What a client would be told.
    pub async fn act(
        &self,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        let key = Uuid::now_v7().to_string();
        self.act_as(&key, caller, number, action, data).await
    }

    /// An act under a key of the caller's own.
    ///
    /// # Errors
    /// What a client would be told.
    pub async fn act_as(
        &self,
        key: &str,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        let request = pb::ActRequest {
            idempotency_key: key.into(),
            number: number.into(),
            action: action.into(),
            data: data.to_string(),
            expected_version: 0,
            files: files(&data),
        };
        unwrap(self.service.act(as_caller(caller, request)).await)
    }

    /// The case as an auditor reads it; no closed one.
    pub async fn get(&self, number: &str) -> pb::Case {
        let auditor = officer(90, "审计", Role::Auditor, "000000");
        let request = pb::GetCaseRequest {
            number: number.into(),
        };
        unwrap(self.service.get_case(as_caller(&auditor, request)).await).unwrap()
    }

    /// The case as `caller` reads it, e.g. who stands on a closed one.
    ///
    /// # Errors
    /// What a client would be told.
    pub async fn get_as(&self, caller: &Caller, number: &str) -> Result<pb::Case, Fault> {
        let request = pb::GetCaseRequest {
            number: number.into(),
        };
        unwrap(self.service.get_case(as_caller(caller, request)).await)
    }

    /// A text that one statement gives.
    pub async fn text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql)
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }

    /// All texts of one statement.
    pub async fn texts(&self, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql)
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }
}

/// The data's files, as the gateway vouches for them: everything that is named in a list.
fn files(data: &Value) -> Vec<pb::MaterialRef> {
    let lists = data.as_object().into_iter().flatten();
    let ids = lists.filter_map(|(_, value)| value.as_array()).flatten();
    let ids = ids
        .filter_map(Value::as_str)
        .filter(|id| id.parse::<Uuid>().is_ok());
    let file = |id: &str| pb::MaterialRef {
        file_id: id.to_owned(),
        file_name: "IMG.jpg".to_owned(),
        media_type: "image/jpeg".to_owned(),
        size: 1_000,
        sha256: format!("{:0>64}", id.replace('-', "")),
        ..Default::default()
    };
    ids.map(file).collect()
}

/// The `nth` officer of the tests, with a role over the divisions that begin with `scope`.
#[must_use]
pub fn officer(nth: u128, name: &str, role: Role, scope: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(nth),
        name: name.into(),
        person: None,
        grants: vec![Grant::new(role, scope)],
        session: None,
        on_behalf_of: None,
    }
}

/// A request as the gateway sends it for `caller`.
#[must_use]
pub fn as_caller<T>(caller: &Caller, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.extensions_mut().insert(caller.clone());
    request
}

/// The answer, or the fault it carries.
///
/// # Errors
/// The fault.
pub fn unwrap<T>(result: Result<Response<T>, Status>) -> Result<T, Fault> {
    result.map(Response::into_inner).map_err(Fault::from)
}

/// A department at `base`, whose secret is `[5; 32]`.
#[must_use]
pub fn client(base: &str) -> Client {
    yiwang_chassis::install_tls_provider();
    let department = Department {
        base: base.parse().unwrap(),
        callback: None,
        timeout: Duration::from_secs(5),
    };
    Client::new(department, vec![5; 32].into()).unwrap()
}

/// A right ID number for each serial below 28,000: people of 通山县, born in January 1950.
#[must_use]
pub fn id_number(serial: u32) -> String {
    let (day, order) = (serial / 1000 + 1, serial % 1000);
    let body = format!("421224195001{day:02}{order:03}");
    completed(&body).unwrap_or_default()
}
