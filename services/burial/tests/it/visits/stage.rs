//! Cemeteries of the demonstration a few days before 清明, with somebody at the gate.

use std::sync::Arc;

use sqlx::PgPool;
use tonic::Request;
use uuid::Uuid;
use yiwang_burial::{
    places::demo::{self, CEMETERY},
    visits::VisitsService,
};
use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::{
    burial::v1::{self as pb, visits_server::Visits},
    casework::v1::MaterialRef,
};

use crate::world::{World, as_caller, id_number, officer, unwrap};

/// A world with cemeteries that are visited.
pub(super) struct Stage {
    world: World,
    pub(super) visits: VisitsService,
    /// Stands at the gate.
    pub(super) gate: Caller,
}

impl Stage {
    /// Thursday 2027-04-01, nine in the morning in Beijing.
    pub(super) async fn new() -> Self {
        let world = World::new().await;
        demo::seed(&world.db.pool).await.unwrap();
        let stage = Self {
            visits: VisitsService::new(world.rt.clone()),
            gate: officer(701, "周敏", Role::Funeral, "421224"),
            world,
        };
        stage.at("2027-04-01T09:00");
        stage
    }

    pub(super) fn pool(&self) -> &PgPool {
        &self.world.db.pool
    }

    pub(super) fn rt(&self) -> &Arc<Runtime> {
        &self.world.rt
    }

    /// Sets the clock to a Beijing time.
    pub(super) fn at(&self, beijing: &str) {
        self.world
            .clock
            .set(format!("{beijing}:00+08:00").parse().unwrap());
    }

    /// Somebody, always with the same account.
    pub(super) fn citizen(&self, serial: u32) -> Caller {
        Caller {
            account: Uuid::from_u128(9000 + u128::from(serial)),
            ..self.world.citizen(&id_number(serial))
        }
    }

    /// Says for how many a facility has room at once.
    pub(super) async fn room(&self, facility: &str, visitors: i32) {
        sqlx::query(
            "update burial.facility set equipment = jsonb_build_object('visitors', $2::int)
              where code = $1",
        )
        .bind(facility)
        .bind(visitors)
        .execute(self.pool())
        .await
        .unwrap();
    }

    pub(super) async fn send(
        &self,
        caller: &Caller,
        request: pb::BookVisitRequest,
    ) -> Result<pb::Visit, Fault> {
        unwrap(self.visits.book_visit(as_caller(caller, request)).await)
    }

    /// Books the cemetery for somebody and so many companions.
    pub(super) async fn book(
        &self,
        serial: u32,
        starts_at: &str,
        companions: usize,
    ) -> Result<pb::Visit, Fault> {
        let request = wish(&format!("book-{serial}"), starts_at, companions);
        let key = match serial {
            1 if starts_at == "2027-04-04T09:00" => request.idempotency_key.clone(),
            _ => format!("book-{serial}-{starts_at}"),
        };
        let request = pb::BookVisitRequest {
            idempotency_key: key,
            ..request
        };
        self.send(&self.citizen(serial), request).await
    }

    pub(super) async fn cancel(
        &self,
        serial: u32,
        number: &str,
        key: &str,
    ) -> Result<pb::Visit, Fault> {
        let request = pb::CancelVisitRequest {
            idempotency_key: key.into(),
            number: number.into(),
        };
        let caller = self.citizen(serial);
        unwrap(self.visits.cancel_visit(as_caller(&caller, request)).await)
    }

    pub(super) async fn enter(
        &self,
        caller: &Caller,
        key: &str,
        facility: &str,
        number: String,
        note: &str,
    ) -> Result<pb::Visit, Fault> {
        let request = pb::EnterVisitRequest {
            idempotency_key: key.into(),
            facility: facility.into(),
            number,
            note: note.into(),
            photos: match note {
                "" => vec![],
                _ => vec![photo()],
            },
        };
        unwrap(self.visits.enter_visit(as_caller(caller, request)).await)
    }

    pub(super) async fn slots(&self, day: &str) -> pb::ListVisitSlotsResponse {
        let request = pb::ListVisitSlotsRequest {
            facility: CEMETERY.into(),
            day: day.into(),
        };
        unwrap(self.visits.list_visit_slots(Request::new(request)).await).unwrap()
    }

    /// Free places of a time.
    pub(super) async fn free(&self, starts_at: &str) -> i32 {
        let slots = self.slots(&starts_at[..10]).await.slots;
        let slot = slots.iter().find(|slot| slot.starts_at == starts_at);
        slot.unwrap().free
    }

    /// Audit entries of an action.
    pub(super) async fn audited(&self, action: &str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.audit_entry where action = $1")
            .bind(action)
            .fetch_one(self.pool())
            .await
            .unwrap()
    }

    /// Events about visits.
    pub(super) async fn raised(&self, what: &str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.outbox where event_type = $1")
            .bind(format!("yiwang.burial.visit.{what}.v1"))
            .fetch_one(self.pool())
            .await
            .unwrap()
    }
}

/// A photo that the gateway vouches for.
pub(super) fn photo() -> MaterialRef {
    MaterialRef {
        code: String::new(),
        file_id: "01890000-0000-7000-8000-000000000001".into(),
        file_name: "墓碑.jpg".into(),
        media_type: "image/jpeg".into(),
        size: 1_000,
        sha256: "ab".repeat(32),
    }
}

/// A wish of somebody with so many companions and a car.
pub(super) fn wish(key: &str, starts_at: &str, companions: usize) -> pb::BookVisitRequest {
    let companion = pb::Companion {
        name: "李四".into(),
        id_number: String::new(),
    };
    pb::BookVisitRequest {
        idempotency_key: key.into(),
        facility: CEMETERY.into(),
        starts_at: starts_at.into(),
        kind: "in_person".into(),
        companions: vec![companion; companions],
        cars: 1,
        phone: "13800001234".into(),
        place: String::new(),
    }
}
