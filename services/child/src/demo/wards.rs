//! Children whose guardian is civil affairs, a foster family, a couple that wants to adopt.

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use yiwang_casework::past::{before, day};

use super::{
    beat::{Beat, Story},
    cast::{CHENGGUAN, FANG, GUO, TIAN, XU, aged, number},
};

const HOME: &str = "竹山县儿童福利院";

pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let dead = ("2", "死亡证明（演示）2份");
    let lost = ("1", "捡拾报案证明（演示）");
    [
        guarded("star", now, 100, ("星小朵", star(now)), dead),
        guarded("dew", now, 90, ("露小珠", aged(now, 3, 6, 432)), lost),
        family(now),
        couple(now),
    ]
    .into_iter()
    .flat_map(Story::end)
    .collect()
}

fn star(now: Timestamp) -> String {
    aged(now, 6, 1, 434)
}

/// Long-term guardianship, decided by two.
fn guarded(
    name: &'static str,
    now: Timestamp,
    days: i64,
    child: (&str, String),
    (ground, paper): (&str, &str),
) -> Story {
    let form = json!({
        "child": { "name": child.0, "id_number": child.1, "born_on": "", "looks_age": 0 },
        "ground": ground, "paper": paper, "crime": false, "from_case": "",
        "placing": { "place": "home", "carer": HOME, "phone": "0719-4220120" },
        "voice": { "heard": "said", "words": "阿姨对我好" },
    });
    let care = json!({ "kind": "household", "words": "落福利院集体户口" });
    Story::new(name, XU, day(now, days, "09:00"))
        .submit("long-guardianship", CHENGGUAN, form)
        .by(FANG)
        .act(10, "confirm", Value::Null)
        .by(GUO)
        .at(day(now, days - 3, "09:00"))
        .act(10, "care", care)
}

/// 星小朵 came to try in summer and stayed.
fn family(now: Timestamp) -> Story {
    let form = json!({
        "carer": { "name": "霍春兰", "id_number": number("19800111", 356), "phone": "13872900356" },
        "spouse": { "name": "霍大山", "id_number": number("19780115", 357), "phone": "" },
        "schooling": "junior", "division": CHENGGUAN, "address": "城关镇南街5号",
        "area": 40, "income": 3000, "fostered": 0, "own_children": true, "youngest": 12,
        "wish": "自己的孩子大了，想给孩子一个家",
    });
    let assess = json!({ "local": true, "healthy": true, "clean": true, "agreed": true,
                         "findings": "家里干净，全家欢迎" });
    let trial = json!({
        "child": { "name": "星小朵", "id_number": star(now), "ground": "orphan" },
        "home": HOME, "on": before(now, 80), "words": "喜欢那里的小猫",
    });
    let end = json!({ "on": before(now, 18), "good": true, "words": "想一直住下去",
                      "findings": "和一家人相处融洽" });
    let until = before(now, 17).saturating_add(12.months());
    let agree = json!({ "number": "寄养（演示）1号", "until": until, "signed": true });
    let account = json!({ "bank": "竹山农商银行城关支行", "account": "6217004200000356" });
    let place = json!({ "on": before(now, 17), "receiver": "霍春兰" });
    let visit = json!({ "seen": true, "alone": true, "findings": "自己的房间，上幼儿园大班" });
    Story::new("foster", GUO, day(now, 88, "10:00"))
        .submit("foster-care", CHENGGUAN, form)
        .at(day(now, 84, "15:00"))
        .act(10, "assess", assess)
        .at(day(now, 80, "09:00"))
        .act(10, "start_trial", trial)
        .at(day(now, 18, "15:00"))
        .act(10, "end_trial", end)
        .at(day(now, 17, "09:00"))
        .act(10, "agree", agree)
        .act(10, "account", account)
        .act(10, "place", place)
        .at(day(now, 4, "15:00"))
        .act(10, "visit", visit)
}

/// `adopter` and `adopter2` of the sign-in page; two assessors have been to their home.
fn couple(now: Timestamp) -> Story {
    let form = json!({
        "kind": "S1",
        "adopter": { "name": "韩志远", "id_number": "420323198605171570", "phone": "13800000007" },
        "marital": "married",
        "spouse": { "name": "沈静", "id_number": "420323198811031587", "phone": "13800000008" },
        "address": "竹山县城关镇人民路12号", "children": 0, "means": "中学教师和护士，住房110平方米",
        "wish": "想要一个女儿，五岁以下，健康或者轻微残疾都可以", "secret": true,
    });
    let married =
        json!({ "state": "married", "same_spouse": true, "source": "全国婚姻登记信息查询" });
    let papers = json!({
        "papers": ["application", "identity", "marriage", "ability", "children", "health", "record"],
        "able": true, "healthy": true, "clean": true, "free": true,
    });
    let talk = json!({ "adopters": "自愿收养，没有收取财物，父母都支持" });
    let visit = |seen: &str| {
        json!({ "on": before(now, 4), "seen": seen, "unrelated": true,
                "findings": "家庭和睦，邻居评价好，儿童房已经布置" })
    };
    Story::new("couple", XU, day(now, 21, "09:00"))
        .submit("adoption", CHENGGUAN, form)
        .act(
            10,
            "sign_at_desk",
            json!({ "adopter": true, "spouse": true }),
        )
        .act(10, "check_marital", married)
        .act(10, "interview", talk)
        .act(10, "check_papers", papers)
        .at(day(now, 18, "10:00"))
        .act(
            10,
            "begin_assessment",
            json!({ "consented": true, "team": "竹山县民政局" }),
        )
        .by(TIAN)
        .at(day(now, 4, "10:00"))
        .act(10, "visit", visit("夫妻二人、邻居两人"))
}
