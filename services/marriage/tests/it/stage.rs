//! The halls of the demonstration over a database of their own, and people who book.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use sqlx::PgPool;
use tonic::Request;
use uuid::Uuid;
pub(crate) use yiwang_casework::testing::{as_caller, unwrap};
use yiwang_casework::{
    Answer, CallError, Departments, Runtime,
    department::{Client, Department},
    runtime::{Parts, SigningKey},
};
use yiwang_chassis::{
    clock::ManualClock,
    fault::Fault,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    params::RuleBook,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};
use yiwang_marriage::halls::{HallsService, demo};
use yiwang_proto::marriage::v1::{self as pb, halls_server::Halls};

/// The hall of 咸安区, three places at a time.
pub(crate) const HALL: &str = "421202001-01";
/// The hall of 嘉鱼县, two places at a time.
pub(crate) const OTHER_HALL: &str = "421221103-01";
/// The secret of the card readers.
pub(crate) const SECRET: [u8; 32] = [5; 32];

struct NoDepartments;

#[tonic::async_trait]
impl Departments for NoDepartments {
    async fn call(&self, _: &str, _: &str, _: &Value) -> Result<Answer, CallError> {
        Err(CallError::Transient("away".into()))
    }

    fn name_of(&self, _: &str) -> &'static str {
        "公安机关"
    }

    fn callback(&self, _: &str, _: &[u8], _: &str) -> Result<String, CallError> {
        Err(CallError::Refused("none".into()))
    }
}

/// A running service of halls.
pub(crate) struct Stage {
    pub(crate) db: TestDb,
    pub(crate) rt: Arc<Runtime>,
    pub(crate) halls: HallsService,
    pub(crate) clock: ManualClock,
}

impl Stage {
    /// Tuesday 2026-05-12, eight in the morning in Beijing; no card reader answers.
    pub(crate) async fn new() -> Self {
        Self::with_reader("http://127.0.0.1:9").await
    }

    /// The same with card readers at this address.
    pub(crate) async fn with_reader(base: &str) -> Self {
        yiwang_chassis::install_tls_provider();
        let db = database(&yiwang_marriage::schemas()).await;
        demo::seed(&db.pool).await.unwrap();
        let clock = ManualClock::new("2026-05-12T00:00:00Z".parse().unwrap());
        let key = SealKey::Aes256Gcm([9; 32]);
        let rt = Arc::new(Runtime::new(Parts {
            service: "marriage",
            pool: db.pool.clone(),
            clock: Arc::new(clock.clone()),
            rules: Arc::new(RuleBook::parse(yiwang_marriage::RULES).unwrap()),
            sealer: Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap()),
            keyer: Arc::new(PersonKeyer::new(&[7; 32]).unwrap()),
            departments: Arc::new(NoDepartments),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        }));
        let department = Department {
            base: base.parse().unwrap(),
            callback: None,
            timeout: std::time::Duration::from_secs(5),
        };
        let reader = Client::new(department, SECRET.to_vec().into()).unwrap();
        let halls = HallsService::new(rt.clone(), reader);
        Self {
            db,
            rt,
            halls,
            clock,
        }
    }

    pub(crate) fn pool(&self) -> &PgPool {
        &self.db.pool
    }

    /// Moves the clock to a Beijing time.
    pub(crate) fn at(&self, beijing: &str) {
        let at: Timestamp = format!("{beijing}:00+08:00").parse().unwrap();
        self.clock.set(at);
    }

    /// A citizen whose card was seen.
    pub(crate) fn citizen(&self, serial: u32) -> Caller {
        let id = id_number(serial).parse().unwrap();
        Caller {
            account: Uuid::from_u128(u128::from(serial) + 1),
            name: "张三".into(),
            person: Some(self.rt.keyer.key(&id).as_str().to_owned()),
            grants: vec![Grant::new(Role::Citizen, "000000")],
            session: None,
            on_behalf_of: None,
        }
    }

    /// Books for two citizens, by the first.
    pub(crate) async fn book(
        &self,
        serials: [u32; 2],
        hall: &str,
        starts_at: &str,
    ) -> Result<pb::Appointment, Fault> {
        let caller = self.citizen(serials[0]);
        let key = format!("{serials:?}{hall}{starts_at}").replace(' ', "");
        self.send(&caller, wish(&key, serials, hall, starts_at))
            .await
    }

    /// Sends a wish as it is.
    pub(crate) async fn send(
        &self,
        caller: &Caller,
        wish: pb::BookRequest,
    ) -> Result<pb::Appointment, Fault> {
        unwrap(self.halls.book(as_caller(caller, wish)).await)
    }

    /// Cancels an appointment.
    pub(crate) async fn cancel(
        &self,
        caller: &Caller,
        number: &str,
        key: &str,
    ) -> Result<pb::Appointment, Fault> {
        let request = pb::CancelAppointmentRequest {
            idempotency_key: key.into(),
            number: number.into(),
        };
        unwrap(
            self.halls
                .cancel_appointment(as_caller(caller, request))
                .await,
        )
    }

    /// The times of a day.
    pub(crate) async fn slots(&self, hall: &str, day: &str) -> pb::ListSlotsResponse {
        let request = pb::ListSlotsRequest {
            hall: hall.into(),
            day: day.into(),
            ..Default::default()
        };
        unwrap(self.halls.list_slots(Request::new(request)).await).unwrap()
    }

    /// Free places at a time.
    pub(crate) async fn free(&self, hall: &str, starts_at: &str) -> i32 {
        let slots = self.slots(hall, &starts_at[..10]).await.slots;
        let slot = slots.iter().find(|slot| slot.starts_at == starts_at);
        slot.unwrap().free
    }

    /// How often something was audited.
    pub(crate) async fn audited(&self, action: &str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.audit_entry where action = $1")
            .bind(action)
            .fetch_one(self.pool())
            .await
            .unwrap()
    }

    /// How many events of this type were raised.
    pub(crate) async fn raised(&self, event: &str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.outbox where event_type = $1")
            .bind(format!("yiwang.marriage.appointment.{event}.v1"))
            .fetch_one(self.pool())
            .await
            .unwrap()
    }
}

/// A couple's wish to marry.
pub(crate) fn wish(key: &str, serials: [u32; 2], hall: &str, starts_at: &str) -> pb::BookRequest {
    let visitor = |serial| pb::Visitor {
        name: "张三".into(),
        id_number: id_number(serial),
        ..Default::default()
    };
    pb::BookRequest {
        idempotency_key: key.into(),
        hall: hall.into(),
        starts_at: starts_at.into(),
        kind: "marriage".into(),
        visitors: serials.map(visitor).into(),
        phone: "13800001234".into(),
        ..Default::default()
    }
}

/// A right ID number for each serial below 28,000.
pub(crate) fn id_number(serial: u32) -> String {
    let (day, order) = (serial / 1000 + 1, serial % 1000);
    let body = format!("420323199001{day:02}{order:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let digits = body.bytes().map(|byte| usize::from(byte - b'0'));
    let sum: usize = digits
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    format!("{body}{}", char::from(b"10X98765432"[sum % 11]))
}

/// A clerk of a place.
pub(crate) fn clerk(division: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(900_000),
        name: "李四".into(),
        person: None,
        grants: vec![Grant::new(Role::Clerk, division)],
        session: None,
        on_behalf_of: None,
    }
}
