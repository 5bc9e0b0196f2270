//! The desk of 咸宁市救助管理站: people come in, two officers work there.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::{
    clock::Clock as _,
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_proto::casework::v1 as pb;
use yiwang_rescue::stays::{StationsService, demo};

use crate::world::{World, XIANAN, officer};

pub(crate) use yiwang_rescue::stays::demo::XIANNING;

/// 男宿舍101, 6 beds.
pub(crate) const MEN: u128 = 1;
/// 男宿舍102.
pub(crate) const MEN_TOO: u128 = 2;
/// 女宿舍201.
pub(crate) const WOMEN: u128 = 3;
/// 未成年人居室301.
pub(crate) const MINORS: u128 = 4;
/// 定点医院.
pub(crate) const HOSPITAL: u128 = 6;

/// A station at work.
pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) first: Caller,
    pub(crate) second: Caller,
    pub(crate) county: Caller,
    pub(crate) stations: StationsService,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::over(World::new().await)
    }

    /// In this house.
    pub(crate) fn over(world: World) -> Self {
        Self {
            stations: StationsService::new(world.rt.clone()),
            world,
            first: officer(1, "刘春生", Role::Station, "421202"),
            second: officer(2, "杨秀梅", Role::Station, "421202"),
            county: officer(3, "许丽华", Role::CountyOfficer, "421202"),
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.world.clock.now()
    }

    /// Id of a place of the station.
    pub(crate) fn place(nth: u128) -> Uuid {
        demo::place_id(1, nth)
    }

    pub(crate) async fn act(
        &self,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        self.world.act(&self.first, number, action, data).await
    }

    /// Both sign.
    pub(crate) async fn both(
        &self,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<pb::Case, Fault> {
        self.act(number, action, data).await?;
        self.world
            .act(&self.second, number, "countersign", Value::Null)
            .await
    }

    /// Somebody is at the door.
    pub(crate) async fn arrive(&self, sex: &str, age: u8) -> String {
        let form = json!({
            "station": XIANNING, "source": "police", "reasons": ["lost"],
            "brought": { "unit": "温泉派出所", "name": "王勇", "badge": "012345", "record": "JJ-1" },
            "said": "只说要回家", "sex": sex, "looks_age": age, "found_at": "长途汽车站",
        });
        let case = self
            .world
            .submit(&self.first, "station-stay", XIANAN, form)
            .await;
        case.unwrap().number
    }

    /// Seen, searched and written down: who it is cannot be told.
    pub(crate) async fn registered(&self, sex: &str, age: u8) -> String {
        let number = self.arrive(sex, age).await;
        let screen = json!({ "findings": "神志清楚，能自己行走" });
        self.act(&number, "screen", screen).await.unwrap();
        let security = json!({ "agreed": true, "checker": "杨秀梅", "checker_sex": "female",
                               "belongings": [{ "what": "布包", "quantity": "1个" }] });
        self.act(&number, "security", security).await.unwrap();
        let register = json!({ "cannot_tell": true, "reasons": ["lost"], "help": ["living"] });
        self.act(&number, "register", register).await.unwrap();
        number
    }

    /// Helped, in this place.
    pub(crate) async fn admit(&self, number: &str, place: Option<u128>) -> Result<pb::Case, Fault> {
        let place = place.map(|nth| Self::place(nth).to_string());
        let data = json!({ "away": true, "no_means": true, "on_street": true,
                           "cause": "wandering", "place": place.unwrap_or_default() });
        self.act(number, "admit", data).await
    }

    /// Comes in and is helped.
    pub(crate) async fn admitted(&self, sex: &str, age: u8, place: u128) -> String {
        let number = self.registered(sex, age).await;
        self.admit(&number, Some(place)).await.unwrap();
        number
    }

    /// The police say who it is; two sign.
    pub(crate) async fn identified(&self, number: &str, name: &str, id: &str) -> pb::Case {
        let data = json!({ "basis": "police", "paper": "温公函〔2026〕7号", "name": name,
                           "number": id });
        self.both(number, "identify", data).await.unwrap()
    }

    /// Some time passes.
    pub(crate) fn later(&self, minutes: i64) {
        self.world.clock.advance(SignedDuration::from_mins(minutes));
    }

    /// Where everybody is: case and label, who is nowhere is not in it.
    pub(crate) async fn places(&self) -> Vec<String> {
        self.world
            .texts(
                "select stay.case_number || ' ' || place.label
                   from rescue.stay
                   join rescue.occupancy o on o.id = stay.occupancy
                   join rescue.place on place.id = o.place
                  where upper_inf(o.during) order by 1",
            )
            .await
    }

    /// How many events of a subject were raised.
    pub(crate) async fn told(&self, subject: &'static str) -> i64 {
        sqlx::query_scalar("select count(*) from chassis.outbox where subject = $1")
            .bind(subject)
            .fetch_one(&self.world.db.pool)
            .await
            .unwrap()
    }
}
