//! Four cases of children in 城关镇: a report of harm, a child in care, a file, a grant.

use anyhow::Context;
use serde_json::{Value, json};
use sqlx::PgPool;
use yiwang_chassis::identity::{Grant, Role};
use yiwang_e2e::{TOWNSHIP, id_number};

use crate::{cast::Actor, scene::Ids, world::World};

/// 虎山村, whose director is `child1`.
const VILLAGE: &str = "420323100202";
/// The children of all cases here.
pub(super) const NAMES: [&str; 4] = ["覃小溪", "覃小河", "覃小江", "覃小湖"];

const WELFARE: &[Role] = &[Role::ChildWorker, Role::ChildSupervisor, Role::ChildCounty];
/// Item, the roles in its line (rules B2), place.
const KINDS: [(&str, &[Role], &str); 4] = [
    (
        "protection-case",
        &[Role::ChildCounty, Role::ChildCentre, Role::ChildSupervisor],
        TOWNSHIP,
    ),
    (
        "temporary-guardianship",
        &[Role::ChildCounty, Role::ChildCentre, Role::WelfareHome],
        TOWNSHIP,
    ),
    ("child-file", WELFARE, VILLAGE),
    ("unattended-child", WELFARE, TOWNSHIP),
];

/// A real case of a child.
pub(super) struct Closed {
    pub(super) item: &'static str,
    /// The roles that stand on it where it is (rules B2).
    line: &'static [Role],
    division: &'static str,
    pub(super) real: Ids,
    /// The same, of a number that nobody has.
    pub(super) missing: Ids,
}

impl Closed {
    /// Whether this caller's office has to do with the case.
    pub(super) fn stands(&self, actor: &Actor) -> bool {
        let grants = actor.caller.iter().flat_map(|caller| &caller.grants);
        let mut places = grants.filter(|grant| self.line.contains(&grant.role));
        places.any(|grant| Grant::scope(grant).is_some_and(|at| self.division.starts_with(at)))
    }
}

/// Opens them, as people do.
pub(super) async fn open(world: &World<'_>) -> anyhow::Result<Vec<Closed>> {
    let suite = world.suite;
    let report = json!({
        "division": TOWNSHIP, "place": "城关镇中心小学", "happened": "三年级学生手臂多处瘀伤，不敢回家",
        "grounds": ["4"], "danger_now": true, "child_name": NAMES[0], "child_age": 9,
        "reporter_kind": "school", "reporter_name": "方老师", "reporter_phone": "13900002222",
    });
    let stranger = suite.stranger();
    stranger
        .post("/api/v1/child/reports", &report)
        .await?
        .expect(201)?;
    let [county, director, township] = [
        suite.sign_in("childc").await?,
        suite.sign_in("child1").await?,
        suite.sign_in("childs").await?,
    ];
    county
        .submit("temporary-guardianship", TOWNSHIP, &care(), &[])
        .await?;
    director.submit("child-file", VILLAGE, &file(), &[]).await?;
    township
        .submit("unattended-child", TOWNSHIP, &grant(), &[])
        .await?;
    let child = PgPool::connect(&suite.database_url("child")?).await?;
    let mut cases = Vec::new();
    for (item, line, division) in KINDS {
        let number = "select number from casework.case_file where item = $1";
        let number: Option<String> = sqlx::query_scalar(number)
            .bind(item)
            .fetch_optional(&child)
            .await?;
        let real = Ids {
            number: number.context(item)?,
            ..world.scene.missing.clone()
        };
        let missing = Ids {
            number: crate::scene::other(&real.number, 8_999_990)?,
            ..real.clone()
        };
        cases.push(Closed {
            item,
            line,
            division,
            real,
            missing,
        });
    }
    Ok(cases)
}

fn child(which: usize) -> Value {
    let serial = 300 + u16::try_from(which).unwrap_or_default();
    let number = id_number("420323", "20160301", serial);
    json!({ "name": NAMES[which], "id_number": number, "born_on": "", "looks_age": 0 })
}

fn parent(born: &str, state: &str, since: &str) -> Value {
    let number = id_number("420323", born, 311);
    json!({ "name": "覃父母", "id_number": number, "state": state, "since": since, "proof": "" })
}

fn care() -> Value {
    json!({
        "child": child(1), "ground": "2", "decision": "竹民临监〔2026〕2号", "from_case": "",
        "placing": { "place": "centre", "carer": "竹山县未成年人救助保护中心" },
        "voice": { "heard": "said", "words": "听安排" }, "handed_over": false,
    })
}

fn of_school(which: usize) -> Value {
    let mut child = child(which);
    if let Some(fields) = child.as_object_mut() {
        fields.remove("looks_age");
        fields.insert("school".to_owned(), json!("城关小学三年级"));
    }
    child
}

fn file() -> Value {
    json!({
        "kind": "hardship", "child": of_school(2), "household": TOWNSHIP, "address": "虎山村三组12号",
        "father": parent("19850301", "able", ""), "mother": parent("19860301", "severely_ill", ""),
        "guardianship": "grandparents",
        "carer": { "name": "王奶奶", "id_number": "", "phone": "13900000000", "relation": "祖母" },
        "living": "guardian", "needs": ["k1_living"], "overlays": [], "doctor": "周医生",
        "level": "low", "level_reasons": "家庭困难", "found": "摸底排查",
    })
}

fn grant() -> Value {
    let grandfather = id_number("420323", "19580214", 315);
    json!({
        "applicant": { "name": "覃大山", "id_number": grandfather, "phone": "13900000001", "kind": "guardian" },
        "receiving": "", "child": of_school(3), "upbringing": "family", "danger": false,
        "father": parent("19850301", "dead", "2026-01-10"),
        "mother": parent("19860301", "out_of_contact", "2025-10-01"),
        "carer": { "name": "覃大山", "id_number": grandfather, "phone": "13900000001", "relation": "祖父" },
        "account": { "kind": "guardian", "holder": "覃大山", "id_number": grandfather,
                     "bank": "农商行", "account": "6217000000000001" },
        "consent": true,
    })
}
