//! A village of 城关镇 at work: its director, the neighbour's, the township, the county.

use serde_json::{Value, json};
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_child::welfare::WelfareService;
use yiwang_proto::{
    casework::v1 as casework,
    child::v1::{self as pb, welfare_server::Welfare as _},
};

use crate::world::{World, born};

/// 北大街社区.
pub(crate) const VILLAGE: &str = "420323100001";
/// 城西社区.
pub(crate) const NEXT: &str = "420323100002";

pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) worker: Caller,
    pub(crate) neighbour: Caller,
    pub(crate) supervisor: Caller,
    pub(crate) county: Caller,
    pub(crate) welfare: WelfareService,
}

pub(crate) fn parent(number: &str, state: &str) -> Value {
    json!({ "name": "父母", "id_number": number, "state": state, "since": "", "proof": "" })
}

/// A child in hardship, born on this day.
pub(crate) fn form(day: &str, order: u32) -> Value {
    json!({
        "kind": "hardship",
        "child": { "name": "李小明", "id_number": born(day, order), "born_on": "",
                   "school": "城关小学三年级" },
        "household": "420323100", "address": "北大街3组12号",
        "father": parent(&born("19850301", order), "able"), "mother": parent("", "severely_ill"),
        "guardianship": "grandparents",
        "carer": { "name": "王奶奶", "id_number": "", "phone": "13900000000", "relation": "祖母" },
        "living": "guardian", "needs": ["k1_living"], "overlays": [], "doctor": "周医生",
        "level": "low", "level_reasons": "家庭困难", "found": "摸底排查",
    })
}

/// What a visit in order writes down.
pub(crate) fn seen() -> Value {
    json!({
        "place": "home", "persons": "儿童、祖母", "seen_alone": true, "living": "guardian",
        "guardianship": "fine", "life": "fine", "schooling": "fine", "health": "fine",
        "mind": "fine", "safety": "fine", "outcome": "normal", "findings": "家里整洁",
        "said": "想爸爸",
    })
}

impl Desk {
    pub(crate) async fn new() -> Self {
        let world = World::new().await;
        Self {
            welfare: WelfareService::new(world.rt.clone()),
            world,
            worker: officer(1, "柯玉梅", Role::ChildWorker, VILLAGE),
            neighbour: officer(2, "周桂兰", Role::ChildWorker, NEXT),
            supervisor: officer(3, "潘丽君", Role::ChildSupervisor, "420323100"),
            county: officer(4, "何静", Role::ChildCounty, "420323"),
        }
    }

    /// A registered child.
    pub(crate) async fn registered(&self, day: &str, order: u32) -> String {
        let filed = self
            .world
            .submit(&self.worker, "child-file", VILLAGE, form(day, order));
        let case = filed.await.unwrap();
        assert_eq!(case.state, "registered");
        case.number
    }

    /// A child in service.
    pub(crate) async fn served(&self, day: &str, order: u32) -> String {
        let number = self.registered(day, order).await;
        let verify = json!({ "agrees": true, "level": "low", "reasons": "情况属实" });
        self.act(&self.supervisor, &number, "verify", verify)
            .await
            .unwrap();
        let start = json!({ "plan": "每月走访，申请临时救助", "no_letter": "父亲在外，下周签" });
        self.act(&self.worker, &number, "start", start)
            .await
            .unwrap();
        number
    }

    pub(crate) async fn act(
        &self,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<casework::Case, Fault> {
        self.world.act(caller, number, action, data).await
    }

    pub(crate) async fn read(
        &self,
        caller: &Caller,
        number: &str,
    ) -> Result<casework::Case, Fault> {
        self.world.get_as(caller, number).await
    }

    pub(crate) async fn day(&self, caller: &Caller) -> pb::Day {
        let request = pb::GetDayRequest::default();
        unwrap(self.welfare.get_day(as_caller(caller, request)).await).unwrap()
    }

    pub(crate) async fn files(&self, caller: &Caller) -> pb::FileList {
        let request = pb::ListFilesRequest::default();
        unwrap(self.welfare.list_files(as_caller(caller, request)).await).unwrap()
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(&self.world.db.pool)
            .await
            .unwrap()
    }
}
