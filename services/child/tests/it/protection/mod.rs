//! Reports, the four-step case, guardianship by civil affairs, where a child is (rules B2.7 to B2.9).

mod court;
mod custody;
mod hidden;
mod history;
mod home;
mod moved;
mod report;
mod whole;

use serde_json::{Value, json};
use uuid::Uuid;
use yiwang_casework::testing::{as_caller, officer, unwrap};
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_child::protection::ProtectionService;
use yiwang_proto::{
    casework::v1::Case,
    child::v1::{self as pb, protection_server::Protection as _},
};

use crate::world::{CHENGGUAN, World, born};

/// 竹山县.
const COUNTY: &str = "420323";
/// A village of 城关镇.
const VILLAGE: &str = "420323100201";

/// Civil affairs of 竹山县, and everybody in the line of a case.
struct Desk {
    world: World,
    service: ProtectionService,
    first: Caller,
    second: Caller,
    centre: Caller,
    supervisor: Caller,
    worker: Caller,
    home: Caller,
}

impl Desk {
    async fn new() -> Self {
        let world = World::new().await;
        Self {
            service: ProtectionService::new(world.rt.clone()),
            world,
            first: officer(1, "许丽华", Role::ChildCounty, COUNTY),
            second: officer(2, "陈国栋", Role::ChildCounty, COUNTY),
            centre: officer(3, "刘春生", Role::ChildCentre, COUNTY),
            supervisor: officer(4, "杨秀梅", Role::ChildSupervisor, CHENGGUAN),
            worker: officer(5, "王桂香", Role::ChildWorker, VILLAGE),
            home: officer(6, "周敏", Role::WelfareHome, COUNTY),
        }
    }

    async fn report(&self, request: pb::ReportRequest) -> Result<pb::ReportReceipt, Fault> {
        unwrap(self.service.report(tonic::Request::new(request)).await)
    }

    /// A teacher reports; the number of the case.
    async fn reported(&self) -> String {
        self.report(teacher()).await.unwrap().receipt
    }

    async fn act(
        &self,
        caller: &Caller,
        number: &str,
        action: &str,
        data: Value,
    ) -> Result<Case, Fault> {
        self.world.act(caller, number, action, data).await
    }

    /// An act that must be taken; the state after it.
    async fn does(&self, caller: &Caller, number: &str, action: &str, data: Value) -> String {
        let done = self.act(caller, number, action, data).await;
        done.unwrap_or_else(|fault| panic!("{action}: {}", fault.message))
            .state
    }

    async fn refuses(&self, caller: &Caller, number: &str, action: &str, data: Value) -> String {
        let done = self.act(caller, number, action, data).await;
        done.unwrap_err().reason.into_owned()
    }

    async fn workbench(&self, caller: &Caller, number: &str) -> Result<pb::Workbench, Fault> {
        let request = pb::GetWorkbenchRequest {
            case_number: number.into(),
        };
        unwrap(self.service.get_workbench(as_caller(caller, request)).await)
    }

    /// A case that is judged, with the police told.
    async fn judged(&self, risk: &str) -> String {
        let number = self.reported().await;
        self.does(&self.supervisor, &number, "police_told", told())
            .await;
        let triage = json!({ "risk": risk, "words": "身上有新旧伤" });
        self.does(&self.supervisor, &number, "triage", triage).await;
        number
    }

    /// A case in help, decided by two.
    async fn helping(&self) -> String {
        let number = self.judged("high").await;
        let safe = json!({ "words": "和奶奶在一起" });
        self.does(&self.centre, &number, "to_assess", safe).await;
        self.does(&self.centre, &number, "assess", assessed(1))
            .await;
        self.does(&self.first, &number, "confer", conferred()).await;
        self.does(&self.second, &number, "countersign", Value::Null)
            .await;
        number
    }

    /// The open guardianship of a case.
    async fn guardianship(&self, protection: &str) -> String {
        sqlx::query_scalar(
            "select case_number from child.guardianship where protection = $1 and open",
        )
        .bind(protection)
        .fetch_one(&self.world.db.pool)
        .await
        .unwrap()
    }
}

fn teacher() -> pb::ReportRequest {
    pb::ReportRequest {
        idempotency_key: Uuid::now_v7().to_string(),
        division: CHENGGUAN.into(),
        place: "城关镇中心小学".into(),
        happened: "三年级学生手臂多处瘀伤，说不敢回家".into(),
        grounds: vec!["4".into()],
        danger_now: true,
        child_name: "李小雨".into(),
        child_age: 9,
        reporter_kind: "school".into(),
        reporter_name: "方老师".into(),
        reporter_phone: "13900002222".into(),
        unit: "城关镇中心小学".into(),
    }
}

fn told() -> Value {
    json!({ "unit": "城关派出所", "record": "接报0512号" })
}

fn said(words: &str) -> Value {
    json!({ "heard": "said", "words": words })
}

fn into_centre() -> Value {
    json!({
        "ground": "6",
        "placing": { "place": "centre", "carer": "竹山县未成年人救助保护中心", "phone": "0719-1" },
        "voice": said("想和奶奶在一起，怕爸爸"),
        "decision": "竹民临监〔2026〕1号",
        "handed_over": true,
    })
}

/// With a grandmother who is looked up by her number.
fn with_relative(id: &str) -> Value {
    json!({ "place": "relative", "carer": "陈奶奶", "carer_id": id, "phone": "13700001111" })
}

fn assessed(improper: u8) -> Value {
    json!({
        "assessors": [{ "name": "刘春生", "unit": "救助保护中心" },
                      { "name": "社工小周", "unit": "社工站" }],
        "absent": 0, "improper": improper, "insufficient": 2,
        "seen": true, "safety": "在中心安全", "health": "轻伤，情绪紧张",
    })
}

fn three() -> Value {
    json!([{ "name": "刘春生", "unit": "救助保护中心" }, { "name": "社工小周", "unit": "社工站" },
           { "name": "何医生", "unit": "县医院，主治医师" }])
}

fn conferred() -> Value {
    json!({
        "way": "help", "people": "公安、教育、妇联", "words": "先帮扶父亲戒酒，家庭教育指导",
        "plan": [{ "what": "家庭教育指导", "owner": "社工站小周", "due_on": "2026-06-12" }],
    })
}

/// The child of the reports, once it is known who it is.
fn known() -> Value {
    json!({ "child": { "name": "李小雨", "id_number": born("20170301", 21), "born_on": "",
                       "looks_age": 0 } })
}
