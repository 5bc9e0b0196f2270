//! The relative search on a real PostgreSQL: reports come in, somebody stranded is found in them,
//! two compare, the police answer, the family hears it.

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_chassis::{fault::Fault, identity::Caller};
use yiwang_proto::rescue::v1::{self as pb, kin_server::Kin as _};
use yiwang_rescue::kin::{KinService, Search, watch};

mod face;
mod finds;
mod matches;

use crate::{
    stay_desk::{Desk, MEN},
    world::{XIANAN, as_caller, id_number, unwrap},
};

/// The desk of 咸宁 with its search.
pub(crate) struct Searching {
    pub(crate) desk: Desk,
    search: Search,
    kin: KinService,
}

/// 陈志强 from 汉滨, lost in Wuhan.
pub(crate) fn chen() -> Value {
    json!({
        "report_id": "P1", "name": "陈志强", "aka": ["狗娃"], "sex": "M", "birth_date": "1958-03-02",
        "native_place": "610902", "address": "陕西省安康市汉滨区五里镇刘家坡村二组",
        "last_seen_date": "2026-04-20", "last_seen_place": "420106", "report_date": "2026-04-22",
        "body_marks": "左手断掉食指，右额有一道疤", "dialect": "安康话", "height_cm": 165,
        "relatives": [{ "rel": "女儿", "name": "陈秀兰" }],
    })
}

/// Somebody else.
fn other(n: u32) -> Value {
    json!({
        "report_id": format!("X{n}"), "name": format!("{}建国", ["王", "李", "赵", "孙"][n as usize % 4]),
        "sex": "M", "birth_date": format!("19{}-05-01", 50 + n % 40), "native_place": "440106",
        "address": "广东省广州市天河区石牌村", "last_seen_date": "2025-11-02",
        "last_seen_place": "440106", "report_date": "2025-11-05",
    })
}

pub(crate) fn told() -> Value {
    json!({
        "said_name": "狗娃", "said_place": "安康五里刘家坡", "accent": "安康口音", "age": 66,
        "age_basis": "seen", "body_marks": "左手食指缺失，额头有疤",
        "relatives": [{ "relation": "女儿", "name": "秀兰" }], "found_place": "421202",
    })
}

impl Searching {
    async fn new() -> Self {
        Self::over(Desk::new().await)
    }

    /// At this desk.
    pub(crate) fn over(desk: Desk) -> Self {
        let search = Search::new(desk.world.rt.clone());
        Self {
            kin: KinService::new(search.clone()),
            search,
            desk,
        }
    }

    /// One look of the background task.
    async fn look(&self) {
        while watch::look(&self.search).await.unwrap() {}
    }

    pub(crate) async fn import(&self, reports: Vec<Value>, withdrawn: &[&str]) -> pb::ImportResult {
        let request = pb::ImportReportsRequest {
            idempotency_key: Uuid::now_v7().to_string(),
            source: "police".into(),
            reports: reports.iter().map(Value::to_string).collect(),
            withdrawn: withdrawn.iter().map(|id| (*id).to_owned()).collect(),
        };
        unwrap(
            self.kin
                .import_reports(as_caller(&self.desk.county, request))
                .await,
        )
        .unwrap()
    }

    /// An old man whom nobody knows.
    async fn stranded(&self, clues: Value) -> String {
        let stay = self.desk.admitted("male", 66, MEN).await;
        self.desk.act(&stay, "clues", clues).await.unwrap();
        stay
    }

    async fn find_as(&self, caller: &Caller, stay: &str) -> Result<pb::CandidateList, Fault> {
        let request = pb::SearchForStayRequest {
            case_number: stay.into(),
            purpose: "查明受助人员身份".into(),
            limit: 5,
        };
        unwrap(self.kin.search_for_stay(as_caller(caller, request)).await)
    }

    async fn find(&self, stay: &str) -> pb::CandidateList {
        self.find_as(&self.desk.first, stay).await.unwrap()
    }

    async fn count(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql)
            .fetch_one(&self.desk.world.db.pool)
            .await
            .unwrap()
    }

    /// The comparison of a pair, as staff raise it.
    pub(crate) async fn raised(&self, stay: &str, report: &str) -> String {
        let form = json!({ "stay": stay, "report": report });
        let world = &self.desk.world;
        let case = world
            .submit(&self.desk.first, "kin-match", XIANAN, form)
            .await;
        case.unwrap().number
    }

    /// Both have compared, the police have answered yes.
    pub(crate) async fn answered(&self, number: &str, proof: &str) {
        let (desk, world) = (&self.desk, &self.desk.world);
        let view = json!({ "same": true, "findings": "断指、疤痕、女儿的名字都对得上" });
        world
            .act(&desk.first, number, "compare", view.clone())
            .await
            .unwrap();
        let again = world
            .act(&desk.first, number, "compare", view.clone())
            .await;
        assert_eq!(again.unwrap_err().reason, "SAME_PERSON");
        world
            .act(&desk.second, number, "compare", view)
            .await
            .unwrap();
        let ask =
            json!({ "proof": proof, "agency": "汉滨公安分局", "document": "咸救函〔2026〕3号" });
        world.act(&desk.first, number, "ask", ask).await.unwrap();
        let answer = json!({ "same": true, "agency": "汉滨公安分局", "paper": "汉公函〔2026〕9号",
                             "findings": "经核实系同一人" });
        world
            .act(&desk.first, number, "answer", answer)
            .await
            .unwrap();
    }
}

pub(crate) fn identity() -> Value {
    json!({ "name": "陈志强", "number": id_number(3), "household": "610902" })
}
