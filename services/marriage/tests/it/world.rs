//! The service over a fresh database, a clock by hand, a police of its own.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use serde_json::Value;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    department::{Client, Department},
    host::rule_book,
    runner,
    runtime::{Parts, SigningKey},
    service::CaseworkService,
};
use yiwang_chassis::{
    clock::{Clock, ManualClock},
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Grant, Role},
    testing::{TestDb, database},
};
use yiwang_civic::{
    person_key::PersonKeyer,
    seal::{SealKey, Sealer},
};
use yiwang_marriage::{
    RULES,
    api::RegisterService,
    departments::Partners,
    domain::{
        CertificateReissue, CourtNote, DivorceRegistration, MarriageRegistration, RecordCorrection,
        RecordProof, RegistrationRevocation,
    },
    halls::demo,
    schemas,
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::{
    police::Police,
    stage::{as_caller, unwrap},
};

/// A hall with two registrars.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Office {
    pub(crate) hall: &'static str,
    account: u128,
}

/// 咸安区婚姻登记处.
pub(crate) const XIANAN: Office = Office {
    hall: "421202001-01",
    account: 1_000,
};
/// 竹山县婚姻登记处.
pub(crate) const ZHUSHAN: Office = Office {
    hall: "420323100-01",
    account: 2_000,
};
/// 利通区婚姻登记处.
pub(crate) const LITONG: Office = Office {
    hall: "640302106-01",
    account: 3_000,
};

impl Office {
    /// Nine digits.
    pub(crate) fn division(self) -> &'static str {
        &self.hall[..9]
    }

    /// Who registers.
    pub(crate) fn registrar(self) -> Caller {
        self.officer(0, "孙丽", Role::Clerk)
    }

    /// The colleague at the next desk.
    pub(crate) fn colleague(self) -> Caller {
        self.officer(1, "徐静", Role::Clerk)
    }

    /// An officer of the county without the qualification.
    pub(crate) fn officer(self, nth: u128, name: &str, role: Role) -> Caller {
        Caller {
            account: Uuid::from_u128(self.account + nth),
            name: name.into(),
            person: None,
            grants: vec![Grant::new(role, &self.hall[..6])],
            session: None,
            on_behalf_of: None,
        }
    }
}

pub(crate) struct World {
    pub(crate) db: TestDb,
    pub(crate) rt: Arc<Runtime>,
    pub(crate) clock: ManualClock,
    pub(crate) police: Police,
    pub(crate) register: RegisterService,
    service: CaseworkService,
    token: CancellationToken,
}

impl Drop for World {
    fn drop(&mut self) {
        self.token.cancel();
    }
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing.
    pub(crate) async fn new() -> Self {
        yiwang_chassis::install_tls_provider();
        let db = database(&schemas()).await;
        demo::seed(&db.pool).await.unwrap();
        for office in [XIANAN, ZHUSHAN, LITONG] {
            for registrar in [office.registrar(), office.colleague()] {
                sqlx::query("insert into marriage.registrar values ($1, $2, $3, '2030-12-31')")
                    .bind(registrar.account)
                    .bind(office.hall)
                    .bind(registrar.name)
                    .execute(&db.pool)
                    .await
                    .unwrap();
            }
        }
        let clock = ManualClock::new("2026-05-12T01:00:00Z".parse().unwrap());
        let police = Police::start().await;
        let department = Department {
            base: police.url.parse().unwrap(),
            callback: None,
            timeout: Duration::from_secs(5),
        };
        let partners = Partners {
            population: Client::new(department, vec![5; 32].into()).unwrap(),
        };
        let key = SealKey::Aes256Gcm([9; 32]);
        let runtime = Runtime::new(Parts {
            service: "marriage",
            pool: db.pool.clone(),
            clock: Arc::new(clock.clone()),
            rules: Arc::new(rule_book(RULES, "".as_ref()).unwrap()),
            sealer: Arc::new(Sealer::new("k1", [("k1".to_owned(), key)]).unwrap()),
            keyer: Arc::new(PersonKeyer::new(&[7; 32]).unwrap()),
            departments: Arc::new(partners),
            certificate_key: SigningKey::from_bytes(&[5; 32]),
        });
        let runtime = runtime
            .offer::<MarriageRegistration>()
            .and_then(Runtime::offer::<DivorceRegistration>)
            .and_then(Runtime::offer::<CertificateReissue>)
            .and_then(Runtime::offer::<CourtNote>)
            .and_then(Runtime::offer::<RegistrationRevocation>)
            .and_then(Runtime::offer::<RecordCorrection>)
            .and_then(Runtime::offer::<RecordProof>);
        let rt = Arc::new(runtime.unwrap());
        let token = CancellationToken::new();
        tokio::spawn(runner::clocks(rt.clone(), token.clone()));
        tokio::spawn(runner::errands(rt.clone(), token.clone()));
        Self {
            service: CaseworkService::new(rt.clone()),
            register: RegisterService::new(rt.clone()),
            db,
            rt,
            clock,
            police,
            token,
        }
    }

    /// Waits until no clock is due and no errand is open.
    pub(crate) async fn rest(&self) {
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

    /// Sets the clock to a Beijing time and lets what fell due happen.
    pub(crate) async fn go_to(&self, beijing: &str) {
        self.clock.set(format!("{beijing}+08:00").parse().unwrap());
        self.rest().await;
    }

    pub(crate) fn key(&self, id: &str) -> String {
        self.rt.keyer.key(&id.parse().unwrap()).as_str().to_owned()
    }

    /// A citizen whose card was seen.
    pub(crate) fn citizen(&self, id: &str) -> Caller {
        Caller {
            account: Uuid::now_v7(),
            name: "张三".into(),
            person: Some(self.key(id)),
            grants: vec![Grant::new(Role::Citizen, "000000")],
            session: None,
            on_behalf_of: None,
        }
    }

    pub(crate) async fn submit(
        &self,
        caller: &Caller,
        item: &str,
        office: Office,
        form: Value,
    ) -> Result<pb::Case, Fault> {
        // Nobody hands in twice at the same instant.
        self.clock.advance(SignedDuration::from_secs(1));
        let request = pb::SubmitRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            item: item.into(),
            division: office.division().into(),
            form: form.to_string(),
            materials: vec![],
        };
        unwrap(self.service.submit(as_caller(caller, request)).await)
    }

    pub(crate) async fn act(
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
    pub(crate) async fn act_as(
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
            files: vec![],
        };
        unwrap(self.service.act(as_caller(caller, request)).await)
    }

    /// What a stranger who scans the code of this certificate is told.
    pub(crate) async fn verdict(&self, number: &str) -> String {
        let statement: String = sqlx::query_scalar(
            "select statement from casework.certificate where number = $1 limit 1",
        )
        .bind(number)
        .fetch_one(&self.db.pool)
        .await
        .unwrap();
        let request = tonic::Request::new(pb::CheckCertificateRequest { statement });
        let status = unwrap(self.service.check_certificate(request).await);
        status.unwrap().state
    }

    pub(crate) async fn get(&self, number: &str) -> pb::Case {
        let auditor = Caller {
            grants: vec![Grant::new(Role::Auditor, "000000")],
            ..XIANAN.officer(90, "审计", Role::Auditor)
        };
        let request = pb::GetCaseRequest {
            number: number.into(),
        };
        unwrap(self.service.get_case(as_caller(&auditor, request)).await).unwrap()
    }

    pub(crate) async fn until(&self, number: &str, state: &str) -> pb::Case {
        let deadline = Instant::now() + Duration::from_secs(20);
        loop {
            let case = self.get(number).await;
            if case.state == state {
                return case;
            }
            assert!(Instant::now() < deadline, "{number} stays {}", case.state);
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A text that one statement gives.
    pub(crate) async fn text(&self, sql: &'static str) -> String {
        sqlx::query_scalar(sql)
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }

    /// All texts of one statement.
    pub(crate) async fn texts(&self, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql)
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }

    /// Statuses told to the others about this person, in order.
    pub(crate) async fn told(&self, id: &str) -> Vec<(String, String)> {
        use prost::Message as _;
        let payloads: Vec<Vec<u8>> = sqlx::query_scalar(
            "select payload from chassis.outbox
              where event_type = 'yiwang.marriage.person.changed.v1' and aggregate_id = $1
              order by version",
        )
        .bind(self.key(id))
        .fetch_all(&self.db.pool)
        .await
        .unwrap();
        let told = payloads.iter().map(|bytes| {
            let told =
                yiwang_proto::marriage::v1::MaritalStatusChanged::decode(bytes.as_slice()).unwrap();
            (told.cause, told.status)
        });
        told.collect()
    }
}
