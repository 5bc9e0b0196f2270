//! The cemeteries of the demonstration with their staff, and people who were cremated.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_burial::{
    ashes::ledger,
    domain::signer::Signer,
    money::demo as prices,
    places::{PlacesService, demo},
};
use yiwang_chassis::{
    clock::Clock as _,
    db::to_chrono,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::{
    burial::v1::{self as pb, places_server::Places},
    casework::v1 as cases,
};

use crate::{
    house::{HOME, House, id_number},
    world::{World, as_caller, officer, unwrap},
};

/// A world with cemeteries open.
pub(crate) struct Cemetery {
    pub(crate) house: House,
    pub(crate) places: PlacesService,
    /// Works at the cemetery.
    pub(crate) keeper: Caller,
    /// Works there too, and signs what the other wrote down.
    pub(crate) colleague: Caller,
    /// Of the county.
    pub(crate) county: Caller,
    /// Approves.
    pub(crate) approver: Caller,
}

/// Somebody who died and was cremated here.
pub(crate) struct Cremated {
    pub(crate) id: String,
    pub(crate) death: String,
    pub(crate) certificate: String,
    pub(crate) urn: String,
}

impl Cemetery {
    pub(crate) async fn new() -> Self {
        Self::over(World::new().await).await
    }

    /// The cemeteries in a world with a bank.
    pub(crate) async fn over(world: World) -> Self {
        let house = House::over(world).await;
        demo::seed(&house.world.db.pool).await.unwrap();
        prices::seed(&house.world.db.pool).await.unwrap();
        Self {
            places: PlacesService::new(house.world.rt.clone()),
            keeper: officer(601, "周敏", Role::Funeral, "421224"),
            colleague: officer(604, "何林", Role::Funeral, "421224"),
            county: officer(602, "吴刚", Role::CountyOfficer, "421224"),
            approver: officer(603, "郑华", Role::Approver, "421224"),
            house,
        }
    }

    pub(crate) fn world(&self) -> &World {
        &self.house.world
    }

    /// A step that the keeper writes down and the colleague signs.
    pub(crate) async fn both(
        &self,
        number: &str,
        action: &str,
        data: Value,
        urn: &str,
    ) -> Result<cases::Case, Fault> {
        let world = self.world();
        world.act(&self.keeper, number, action, data).await?;
        let again = json!({ "urn": urn });
        world
            .act(&self.colleague, number, "countersign", again)
            .await
    }

    /// Records death, cremation and urn of the `nth` person.
    pub(crate) async fn cremated(&self, nth: u32) -> Cremated {
        let world = self.world();
        let id = id_number("19480312", nth * 2 + 1);
        let death = format!("SW-{nth:04}");
        self.house.died(&death, "张大山", &id, false).await;
        let (key, now) = (world.key(&id), world.clock.now());
        let (tag, certificate) = (
            format!("{HOME}-26-{nth:05}"),
            format!("HZ421224-2026-{nth:06}"),
        );
        let mut tx = world.db.pool.begin().await.unwrap();
        sqlx::query(
            "insert into burial.body (tag, case_number, facility, person_key, state, sealed)
             values ($1, 'ZS' || $1, $2, $3, 'cremated', '')",
        )
        .bind(&tag)
        .bind(HOME)
        .bind(&key)
        .execute(&mut *tx)
        .await
        .unwrap();
        sqlx::query(
            "insert into burial.cremation
                 (body, furnace, operator, started_at, ended_at, certificate, person_key, county)
             select $1, id, $2, $3, $3, $4, $5, '421224' from burial.resource
              where facility = $6 and kind = 'furnace' limit 1",
        )
        .bind(&tag)
        .bind(Uuid::from_u128(501))
        .bind(to_chrono(now))
        .bind(&certificate)
        .bind(&key)
        .bind(HOME)
        .execute(&mut *tx)
        .await
        .unwrap();
        let (first, second) = (signer(501, "王建军"), signer(502, "陈志强"));
        let signed = (&first, &second);
        let (rt, case) = (&world.rt, "ZS0");
        let urn = ledger::create(
            rt,
            &mut tx,
            &tag,
            Some(&key),
            HOME,
            case,
            signed,
            "张大山",
            now,
        )
        .await
        .unwrap();
        tx.commit().await.unwrap();
        Cremated {
            id,
            death,
            certificate,
            urn,
        }
    }

    /// Places of an area as everybody sees them.
    pub(crate) async fn plan(&self, facility: &str, area: &str) -> pb::PlacePlan {
        let request = pb::GetPlanRequest {
            facility: facility.into(),
            area: area.into(),
        };
        unwrap(self.places.get_plan(tonic::Request::new(request)).await).unwrap()
    }

    /// One place as everybody sees it.
    pub(crate) async fn spot(&self, facility: &str, area: &str, id: &str) -> pb::PlacedSpot {
        let plan = self.plan(facility, area).await;
        plan.spots.into_iter().find(|spot| spot.id == id).unwrap()
    }

    /// The first free place of an area.
    pub(crate) async fn free(&self, facility: &str, area: &str) -> String {
        let plan = self.plan(facility, area).await;
        plan.spots.into_iter().find(|spot| spot.free).unwrap().id
    }

    pub(crate) async fn hold(&self, caller: &Caller, spot: &str) -> Result<pb::SpotHold, Fault> {
        let request = pb::HoldSpotRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            spot: spot.into(),
        };
        unwrap(self.places.hold_spot(as_caller(caller, request)).await)
    }

    /// Where the ledger has an urn: disposition, facility, place, moves.
    pub(crate) async fn urn(&self, number: &str) -> (String, Option<String>, Option<Uuid>, i64) {
        sqlx::query_as(
            "select disposition, facility, spot,
                    (select count(*) from burial.urn_move where urn = number)
               from burial.urn where number = $1",
        )
        .bind(number)
        .fetch_one(&self.world().db.pool)
        .await
        .unwrap()
    }
}

/// Somebody who signs.
pub(crate) fn signer(account: u128, name: &str) -> Signer {
    Signer {
        account: Uuid::from_u128(account),
        name: name.to_owned(),
    }
}

/// 承办人.
pub(crate) fn handler(id: &str) -> Value {
    json!({
        "name": "张三", "id_number": id, "phone": "13800001234", "relation": "child",
    })
}

/// A form for a place.
pub(crate) fn grave(handler_id: &str, dead: &Cremated, facility: &str, spot: &str) -> Value {
    json!({
        "handler": handler(handler_id),
        "user": { "name": "张大山", "id_number": dead.id, "household": "421224101" },
        "death_certificate": dead.death, "cremation_certificate": dead.certificate,
        "facility": facility, "spot": spot,
    })
}
