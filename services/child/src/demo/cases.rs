//! Reports: one that has just come, one in assessment, one that is closed, one placed.

use jiff::Timestamp;
use serde_json::{Value, json};
use yiwang_casework::past::{ago, before, day};
use yiwang_proto::child::v1::ReportRequest;

use super::{
    beat::{Beat, Deed, Story},
    cast::{CHENGGUAN, FANG, HUSHAN, LI, TIAN, XU, ZHAO, aged},
};

pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    [just_now(now), lotus(now), plum(now), small(now)]
        .into_iter()
        .flat_map(Story::end)
        .collect()
}

/// What somebody reports: where, what, ground, child and age, who.
fn report(
    place: &str,
    happened: &str,
    ground: &str,
    (child, age): (&str, i32),
    (kind, name): (&str, &str),
) -> ReportRequest {
    ReportRequest {
        idempotency_key: String::new(),
        division: CHENGGUAN.to_owned(),
        place: place.to_owned(),
        happened: happened.to_owned(),
        grounds: vec![ground.to_owned()],
        danger_now: ground == "4",
        child_name: child.to_owned(),
        child_age: age,
        reporter_kind: kind.to_owned(),
        reporter_name: name.to_owned(),
        reporter_phone: "13800000009".to_owned(),
        unit: place.to_owned(),
    }
}

fn known(name: &str, number: String) -> Value {
    json!({ "child": { "name": name, "id_number": number, "born_on": "", "looks_age": 0 } })
}

fn told() -> Value {
    json!({ "unit": "城关派出所", "record": "接报（演示）" })
}

fn said(words: &str) -> Value {
    json!({ "heard": "said", "words": words })
}

fn assessors() -> Value {
    json!([{ "name": "田晓燕", "unit": "县未成年人救助保护中心" },
           { "name": "社工小周", "unit": "城关镇社工站" }])
}

/// Somebody at a hotel reports; nobody has looked yet.
fn just_now(now: Timestamp) -> Story {
    let happened = "一名小女孩和陌生男子入住，说不清父母在哪里";
    let request = report(
        "城关镇某宾馆",
        happened,
        "9",
        ("", 12),
        ("hotel", "前台小吴"),
    );
    Story::new("hotel", TIAN, ago(now, 25)).other(Deed::Report(Box::new(request)))
}

/// A teacher reported; the assessment goes on.
fn lotus(now: Timestamp) -> Story {
    let happened = "二年级学生手臂有旧伤，说爸爸喝酒以后打人";
    let request = report(
        "城关镇实验小学",
        happened,
        "4",
        ("荷小叶", 8),
        ("school", "叶红梅"),
    );
    let father = json!({ "somebody": { "relation": "father", "name": "荷大江", "id_number": "",
        "phone": "", "suspect": true, "words": "经常酗酒" } });
    let hospital =
        json!({ "step": "hospital", "words": "县医院检查，软组织挫伤", "unit": "县人民医院" });
    Story::new("lotus", TIAN, day(now, 6, "10:20"))
        .other(Deed::Report(Box::new(request)))
        .act(10, "police_told", told())
        .act(
            10,
            "triage",
            json!({ "risk": "urgent", "words": "新旧伤并存，父亲酗酒" }),
        )
        .act(10, "emergency", hospital)
        .act(10, "child_known", known("荷小叶", aged(now, 8, 2, 421)))
        .act(10, "somebody", father)
        .act(
            10,
            "hear",
            json!({ "voice": said("想和外婆住，怕爸爸喝酒"), "about": "住在哪里" }),
        )
        .at(day(now, 5, "16:00"))
        .act(
            10,
            "to_assess",
            json!({ "words": "暂时和外婆一起生活，派出所已训诫父亲" }),
        )
}

/// Reported four months ago, helped, visited for three months, closed by two.
fn plum(now: Timestamp) -> Story {
    let happened = "孩子放学后没有人接，常常一个人在家过夜";
    let request = report(
        "虎山村小学",
        happened,
        "6",
        ("梅小雪", 7),
        ("school", "叶红梅"),
    );
    let assessed = json!({
        "assessors": assessors(), "absent": 0, "improper": 1, "insufficient": 2, "seen": true,
        "safety": "晚上无人看护", "health": "身体健康，胆小",
    });
    let confer = json!({
        "way": "help", "people": "公安、教育、妇联、虎山村", "words": "母亲换班，祖母搬来同住，家庭教育指导",
        "plan": [{ "what": "家庭教育指导6次", "owner": "社工站小周", "due_on": before(now, 100) }],
    });
    let follow = json!({ "village": HUSHAN, "months": 3, "words": "祖母已经同住，晚上有人看护" });
    let visit = |words: &str| json!({ "seen": true, "alone": true, "safe": true, "words": words });
    let close = json!({ "seen": true, "safe": true, "words": "三个月回访都正常，孩子开朗了",
                        "told": "电话告知学校已经处理" });
    Story::new("plum", ZHAO, day(now, 130, "16:40"))
        .other(Deed::Report(Box::new(request)))
        .act(10, "police_told", told())
        .act(
            10,
            "triage",
            json!({ "risk": "high", "words": "7岁儿童夜间无人看护" }),
        )
        .act(10, "child_known", known("梅小雪", aged(now, 7, 5, 422)))
        .by(TIAN)
        .at(day(now, 129, "09:30"))
        .act(10, "to_assess", json!({ "words": "祖母当晚赶到" }))
        .at(day(now, 126, "15:00"))
        .act(10, "assess", assessed)
        .by(XU)
        .at(day(now, 122, "10:00"))
        .act(10, "confer", confer)
        .by(FANG)
        .act(10, "countersign", Value::Null)
        .by(ZHAO)
        .at(day(now, 106, "17:00"))
        .act(
            10,
            "plan_done",
            json!({ "item": 1, "words": "6次指导都做完了" }),
        )
        .by(XU)
        .at(day(now, 104, "10:00"))
        .act(10, "follow_up", follow)
        .by(LI)
        .at(day(now, 75, "16:00"))
        .act(10, "visit", visit("祖母每天接送"))
        .at(day(now, 45, "16:00"))
        .act(10, "visit", visit("母亲调成白班"))
        .at(day(now, 11, "16:00"))
        .act(10, "visit", visit("和同学玩得好"))
        .by(XU)
        .at(day(now, 9, "10:00"))
        .act(10, "close", close)
        .by(ZHAO)
        .act(10, "countersign", Value::Null)
}

/// Two years old; the mother lies in hospital, nobody else is there: temporary guardianship.
fn small(now: Timestamp) -> Story {
    let happened = "孩子母亲车祸重伤昏迷，父亲早已去世，没有其他亲属";
    let request = report(
        "竹山县人民医院",
        happened,
        "6",
        ("竹小满", 2),
        ("hospital", "急诊科"),
    );
    let assessed = json!({
        "assessors": assessors(), "absent": 1, "improper": 0, "insufficient": 1, "seen": true,
        "safety": "在儿童福利院安全", "health": "体检正常，会叫阿姨",
    });
    let place = json!({
        "ground": "3",
        "placing": { "place": "home", "carer": "竹山县儿童福利院", "phone": "0719-4220120",
                     "home_reason": "needs_care" },
        "voice": { "heard": "too_young", "words": "见到保育员会笑" },
        "decision": "竹民临监〔演示〕7号", "handed_over": true,
    });
    Story::new("small", TIAN, day(now, 15, "14:30"))
        .other(Deed::Report(Box::new(request)))
        .act(10, "police_told", told())
        .act(
            10,
            "triage",
            json!({ "risk": "urgent", "words": "2岁儿童无人照护" }),
        )
        .act(10, "child_known", known("竹小满", aged(now, 2, 4, 424)))
        .act(
            10,
            "emergency",
            json!({ "step": "hospital", "words": "县妇幼保健院体检正常" }),
        )
        .act(10, "place", place)
        .at(day(now, 14, "10:00"))
        .act(
            10,
            "to_assess",
            json!({ "words": "在儿童福利院，有专人照料" }),
        )
        .at(day(now, 5, "15:00"))
        .act(10, "assess", assessed)
}
