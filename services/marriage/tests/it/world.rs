//! The service over a fresh database, a clock by hand, a police of its own.

use std::{
    ops::Deref,
    time::{Duration, Instant},
};

use serde_json::Value;
use uuid::Uuid;
use yiwang_casework::{
    Runtime,
    testing::{House, Service, client},
};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Grant, Role},
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
    reactions::Beforehand,
    schemas,
};
use yiwang_proto::casework::v1::{self as pb, casework_server::Casework};

use crate::{police::Police, stage::unwrap};

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
    house: House,
    pub(crate) police: Police,
    pub(crate) register: RegisterService,
}

impl Deref for World {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

fn offer(runtime: Runtime) -> anyhow::Result<Runtime> {
    runtime
        .with_ripples(Beforehand)
        .offer::<MarriageRegistration>()
        .and_then(Runtime::offer::<DivorceRegistration>)
        .and_then(Runtime::offer::<CertificateReissue>)
        .and_then(Runtime::offer::<CourtNote>)
        .and_then(Runtime::offer::<RegistrationRevocation>)
        .and_then(Runtime::offer::<RecordCorrection>)
        .and_then(Runtime::offer::<RecordProof>)
}

impl World {
    /// Tuesday 2026-05-12, nine in the morning in Beijing.
    pub(crate) async fn new() -> Self {
        let service = Service {
            name: "marriage",
            schemas: schemas(),
            rules: RULES,
            offer,
        };
        let police = Police::start().await;
        let partners = Partners {
            population: client(&police.url),
        };
        let house = House::open(service, partners).await;
        demo::seed(&house.db.pool).await.unwrap();
        for office in [XIANAN, ZHUSHAN, LITONG] {
            for registrar in [office.registrar(), office.colleague()] {
                sqlx::query("insert into marriage.registrar values ($1, $2, $3, '2030-12-31')")
                    .bind(registrar.account)
                    .bind(office.hall)
                    .bind(registrar.name)
                    .execute(&house.db.pool)
                    .await
                    .unwrap();
            }
        }
        Self {
            register: RegisterService::new(house.rt.clone()),
            house,
            police,
        }
    }

    /// Hands in a form at this office.
    pub(crate) async fn submit(
        &self,
        caller: &Caller,
        item: &str,
        office: Office,
        form: Value,
    ) -> Result<pb::Case, Fault> {
        self.house
            .submit(caller, item, office.division(), form)
            .await
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
