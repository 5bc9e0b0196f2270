//! A service with the sample item, a database of its own and a clock by hand.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tonic::{Request, Status};
use uuid::Uuid;
use yiwang_casework::{
    Answer, CallError, Departments, Runtime,
    runtime::{Parts, SigningKey},
    service::CaseworkService,
};
use yiwang_chassis::{
    clock::{Clock, ManualClock},
    fault::Fault,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    certificate::PublicKey,
    params::RuleBook,
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::sample::OldAge;

/// 1940-01-01, a man of 竹山县.
pub(crate) const OLD_MAN: &str = "420323194001011236";
/// The township of the tests: 竹山县城关镇.
pub(crate) const TOWNSHIP: &str = "420323100";

/// A department whose answers the test chooses, by kind of errand.
#[derive(Default)]
pub(crate) struct TestDepartments {
    pub(crate) answers: Mutex<HashMap<String, Answer>>,
    pub(crate) calls: Mutex<Vec<(String, Value)>>,
}

#[tonic::async_trait]
impl Departments for TestDepartments {
    async fn call(&self, kind: &str, key: &str, payload: &Value) -> Result<Answer, CallError> {
        self.calls
            .lock()
            .unwrap()
            .push((key.to_owned(), payload.clone()));
        let answers = self.answers.lock().unwrap();
        answers
            .get(kind)
            .cloned()
            .ok_or_else(|| CallError::Transient("time-out".into()))
    }

    fn name_of(&self, _: &str) -> &'static str {
        "核对中心"
    }

    fn callback(&self, _: &str, body: &[u8], signature: &str) -> Result<String, CallError> {
        match signature {
            "good" => Ok(String::from_utf8_lossy(body).into_owned()),
            _ => Err(CallError::Refused("signature".into())),
        }
    }
}

/// A running service.
pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) rt: Arc<Runtime>,
    pub(crate) service: CaseworkService,
    pub(crate) clock: ManualClock,
    pub(crate) departments: Arc<TestDepartments>,
    pub(crate) keyer: Arc<PersonKeyer>,
}

fn parts(
    db: &TestDb,
    clock: &ManualClock,
    departments: &Arc<TestDepartments>,
    keyer: &Arc<PersonKeyer>,
) -> Parts {
    let key = SealKey::Aes256Gcm([9; 32]);
    let sealer = Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap());
    Parts {
        service: "sample",
        pool: db.pool.clone(),
        clock: Arc::new(clock.clone()),
        rules: Arc::new(RuleBook::parse(&[]).unwrap()),
        sealer,
        keyer: keyer.clone(),
        departments: departments.clone(),
        certificate_key: SigningKey::from_bytes(&[5; 32]),
    }
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing.
    pub(crate) async fn new() -> Self {
        let db = database(&[yiwang_chassis::SCHEMA, yiwang_casework::SCHEMA]).await;
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let departments = Arc::new(TestDepartments::default());
        let keyer = Arc::new(PersonKeyer::new(&[7; 32]).unwrap());
        let parts = parts(&db, &clock, &departments, &keyer);
        let rt = Arc::new(Runtime::new(parts).offer::<OldAge>().unwrap());
        let service = CaseworkService::new(rt.clone());
        Self {
            db,
            rt,
            service,
            clock,
            departments,
            keyer,
        }
    }

    /// Restarts the service with this list of public keys.
    pub(crate) fn accept_certificates_of(&mut self, keys: Vec<PublicKey>) {
        let parts = parts(&self.db, &self.clock, &self.departments, &self.keyer);
        let rt = Runtime::new(parts).with_certificate_keys(keys);
        self.rt = Arc::new(rt.offer::<OldAge>().unwrap());
        self.service = CaseworkService::new(self.rt.clone());
    }

    /// The person key of an ID number.
    pub(crate) fn key(&self, id: &str) -> String {
        self.keyer.key(&id.parse().unwrap()).as_str().to_owned()
    }

    /// A citizen with this ID number.
    pub(crate) fn citizen(&self, id: &str) -> Caller {
        Caller {
            account: Uuid::from_u128(1),
            name: "张三".into(),
            person: Some(self.key(id)),
            grants: vec![Grant::new(Role::Citizen, "000000")],
            session: None,
            on_behalf_of: None,
        }
    }

    /// Submits the sample form as its applicant.
    pub(crate) async fn submit(&self, key: &str) -> pb::Case {
        self.try_submit(key, form(OLD_MAN)).await.unwrap()
    }

    /// Submits a form as the old man.
    pub(crate) async fn try_submit(&self, key: &str, form: Value) -> Result<pb::Case, Fault> {
        let request = pb::SubmitRequest {
            idempotency_key: key.into(),
            item: "old-age".into(),
            division: TOWNSHIP.into(),
            form: form.to_string(),
            materials: vec![],
        };
        unwrap(
            self.service
                .submit(as_caller(&self.citizen(OLD_MAN), request))
                .await,
        )
    }

    /// Takes an action.
    pub(crate) async fn act(
        &self,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        let request = pb::ActRequest {
            idempotency_key: yiwang_chassis::ids::new(self.clock.now()).to_string(),
            number: number.into(),
            action: action.into(),
            data: data.to_string(),
            expected_version: 0,
            files: vec![],
        };
        unwrap(self.service.act(as_caller(caller, request)).await)
    }

    /// Reads a case.
    pub(crate) async fn get(&self, caller: &Caller, number: &str) -> Result<pb::Case, Fault> {
        let request = pb::GetCaseRequest {
            number: number.into(),
        };
        unwrap(self.service.get_case(as_caller(caller, request)).await)
    }

    /// Waits until the case is in `state`, as the old man sees it.
    pub(crate) async fn until(&self, number: &str, state: &str) -> pb::Case {
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
        loop {
            let case = self.get(&self.citizen(OLD_MAN), number).await.unwrap();
            if case.state == state {
                return case;
            }
            assert!(
                std::time::Instant::now() < deadline,
                "{number} stays {}",
                case.state
            );
            tokio::task::yield_now().await;
        }
    }

    /// Days of the calendar pass.
    pub(crate) fn days_pass(&self, days: i64) {
        self.clock
            .set(self.clock.now() + jiff::SignedDuration::from_hours(24 * days));
    }
}

/// The sample form of a person.
pub(crate) fn form(id: &str) -> Value {
    json!({ "name": "张三", "id_number": id, "income": 10_000 })
}

/// An officer with one role.
pub(crate) fn officer(role: Role, division: &str) -> Caller {
    Caller {
        account: Uuid::from_u128(100 + role as u128),
        name: "李四".into(),
        person: None,
        grants: vec![Grant::new(role, division)],
        session: None,
        on_behalf_of: None,
    }
}

/// A request by a verified caller.
pub(crate) fn as_caller<T>(caller: &Caller, message: T) -> Request<T> {
    let mut request = Request::new(message);
    request.extensions_mut().insert(caller.clone());
    request
}

/// The answer, or the fault as a client reads it.
pub(crate) fn unwrap<T>(result: Result<tonic::Response<T>, Status>) -> Result<T, Fault> {
    result.map(tonic::Response::into_inner).map_err(Fault::from)
}
