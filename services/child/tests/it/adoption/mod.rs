//! Adoption, its end, its proof, foster care (rules B2.10, B2.11).

mod endings;
mod fees;
mod fostering;
mod home_child;
mod refusals;
mod secrecy;
mod whereabouts;

use serde_json::{Value, json};
use yiwang_casework::testing::officer;
use yiwang_chassis::{
    fault::Fault,
    identity::{Caller, Role},
};
use yiwang_child::adoption::AdoptionService;
use yiwang_proto::casework::v1::Case;

use crate::world::{CHENGGUAN, World, born};

pub(crate) const COUNTY: &str = "420323";

/// 陈志强, the adopter.
pub(crate) fn husband() -> String {
    born("19850101", 1)
}

/// 李桂芳, his wife.
pub(crate) fn wife() -> String {
    born("19880302", 2)
}

/// 卢国庆, who is the child's father by birth.
pub(crate) fn father() -> String {
    born("19930505", 3)
}

/// 秦小燕, who is the child's mother by birth.
pub(crate) fn mother() -> String {
    born("19950601", 4)
}

/// 卢小雨, a girl of three.
pub(crate) fn child() -> String {
    born("20230501", 6)
}

/// The office: two registrars, two assessors of the centre.
pub(crate) struct Desk {
    pub(crate) world: World,
    pub(crate) registrar: Caller,
    pub(crate) second: Caller,
    pub(crate) assessors: [Caller; 2],
    pub(crate) service: AdoptionService,
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::over(World::new().await)
    }

    pub(crate) fn over(world: World) -> Self {
        Self {
            registrar: officer(1, "许丽华", Role::ChildCounty, COUNTY),
            second: officer(2, "何建平", Role::ChildCounty, COUNTY),
            assessors: [
                officer(3, "姜文静", Role::ChildCentre, COUNTY),
                officer(4, "唐晓东", Role::ChildCentre, COUNTY),
            ],
            service: AdoptionService::new(world.rt.clone()),
            world,
        }
    }

    pub(crate) async fn filed(&self, form: Value) -> Result<Case, Fault> {
        let registrar = &self.registrar;
        self.world
            .submit(registrar, "adoption", CHENGGUAN, form)
            .await
    }

    /// The registrar acts.
    pub(crate) async fn act(&self, number: &str, act: &str, data: Value) -> Result<Case, Fault> {
        self.world.act(&self.registrar, number, act, data).await
    }

    /// Talk, voices, consents of these, papers: accepted.
    pub(crate) async fn accepted(&self, number: &str, consents: &[(&str, &str)], papers: &[&str]) {
        let signed = json!({ "adopter": true, "spouse": true });
        self.act(number, "sign_at_desk", signed).await.unwrap();
        self.act(number, "check_marital", married()).await.unwrap();
        let talk = json!({ "adopters": "自愿收养，没有收取财物", "senders": "自愿送养" });
        self.act(number, "interview", talk).await.unwrap();
        self.voices(number, consents).await;
        let case = self.act(number, "check_papers", papers_of(papers)).await;
        assert_ne!(case.unwrap().state, "applied");
    }

    pub(crate) async fn voices(&self, number: &str, consents: &[(&str, &str)]) {
        let voice = json!({ "agrees": true, "alone": true, "words": "和阿姨玩得很开心" });
        self.act(number, "hear_child", voice).await.unwrap();
        for (who, name) in consents {
            let consent = json!({ "who": who, "name": name, "agrees": true,
                                  "identity_checked": true, "words": "我同意" });
            self.act(number, "consent", consent).await.unwrap();
        }
    }

    /// Two assessors, points, living together from today till `bonded`.
    pub(crate) async fn assessed(&self, number: &str, points: [u32; 2], bonded: &str) -> Case {
        let begun = json!({ "consented": true, "team": "县民政局" });
        self.act(number, "begin_assessment", begun).await.unwrap();
        self.bonded(number, bonded).await;
        self.scored(number, points).await
    }

    pub(crate) async fn bonded(&self, number: &str, till: &str) {
        let today = yiwang_civic::time::beijing_date(self.world.rt.now()).to_string();
        let begin = json!({ "on": today, "agreement": "融合1号", "words": "愿意去" });
        self.act(number, "begin_bond", begin).await.unwrap();
        self.world.go_to(&format!("{till}T10:00:00")).await;
        let end = json!({ "on": till, "good": true, "findings": "吃得好睡得好", "words": "喜欢" });
        self.act(number, "end_bond", end).await.unwrap();
    }

    pub(crate) async fn scored(&self, number: &str, points: [u32; 2]) -> Case {
        let today = yiwang_civic::time::beijing_date(self.world.rt.now()).to_string();
        let visit =
            json!({ "on": today, "seen": "夫妻二人", "findings": "家庭和睦", "unrelated": true });
        let [one, two] = &self.assessors;
        self.world.act(one, number, "visit", visit).await.unwrap();
        for (assessor, less) in [one, two].into_iter().zip(points) {
            let sheet = sheet(less);
            self.world
                .act(assessor, number, "score", sheet)
                .await
                .unwrap();
        }
        let report = json!({ "findings": "综合评估" });
        self.world.act(one, number, "report", report).await.unwrap()
    }

    /// Checked again on the day, proposed by one, approved by the other.
    pub(crate) async fn registered(&self, number: &str) -> Case {
        self.act(number, "check_marital", married()).await.unwrap();
        self.act(number, "propose", proposal()).await.unwrap();
        let case = self
            .world
            .act(&self.second, number, "confirm", Value::Null)
            .await;
        case.unwrap()
    }
}

/// A sheet of a hundred points less these.
pub(crate) fn sheet(less: u32) -> Value {
    json!({ "motive": 10, "morals": 10, "education": 5, "health": 10, "means": 15,
            "marriage": 10, "members": 10, "plan": 10 - less.min(10), "neighbours": 5,
            "community": 5, "bond": 10 - less.saturating_sub(10), "vetoes": [],
            "opinion": "家庭条件好", "unrelated": true })
}

pub(crate) fn proposal() -> Value {
    json!({ "outcome": "register", "reasons": "符合收养条件" })
}

pub(crate) fn married() -> Value {
    json!({ "state": "married", "same_spouse": true, "source": "全国婚姻登记信息查询" })
}

pub(crate) fn papers_of(papers: &[&str]) -> Value {
    json!({ "papers": papers, "able": true, "healthy": true, "clean": true, "free": true })
}

pub(crate) const BASE: [&str; 7] = [
    "application",
    "identity",
    "marriage",
    "ability",
    "children",
    "health",
    "record",
];

pub(crate) fn papers(more: &[&'static str]) -> Vec<&'static str> {
    BASE.into_iter().chain(more.iter().copied()).collect()
}

/// The couple adopts a child of parents in hardship.
pub(crate) fn sent() -> Value {
    json!({
        "kind": "S3",
        "adopter": { "name": "陈志强", "id_number": husband(), "phone": "13800000001" },
        "marital": "married",
        "spouse": { "name": "李桂芳", "id_number": wife(), "phone": "13800000002" },
        "address": "竹山县城关镇人民路1号", "children": 0, "means": "教师，住房120平方米",
        "wish": "想要一个女儿", "secret": true,
        "child": { "name": "卢小雨", "id_number": child(), "ground": "hardship" },
        "new_name": "陈小雨",
        "senders": {
            "division": "420323100",
            "father": { "name": "卢国庆", "id_number": father(), "state": "able" },
            "mother": { "name": "秦小燕", "id_number": mother(), "state": "able" }
        }
    })
}

/// The couple looks for a child of the institution.
pub(crate) fn from_home() -> Value {
    let mut form = sent();
    form["kind"] = json!("S1");
    for key in ["child", "senders", "new_name"] {
        form.as_object_mut().unwrap().remove(key);
    }
    form
}

/// Register of numbers of certificates: the first of the county and year.
pub(crate) const FIRST: &str = "S420323-2026-000001";
