//! The street of 咸宁: a patrol of two evenings ago, one that is planned, a passer-by, and a campaign
//! that the weather has opened.

use jiff::{Timestamp, ToSpan as _, tz};
use serde_json::{Value, json};
use yiwang_casework::past::{ago, day};
use yiwang_civic::time::beijing_date;
use yiwang_proto::rescue::v1 as pb;

use super::{
    beat::{Beat, Deed, did},
    cast::{LIU, XU},
};
use crate::stays::demo::{XIANNING, article_id};

/// 棉衣, 联系卡 among the articles.
const COAT: u128 = 3;
const CARD: u128 = 9;

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let mut beats = walked(now);
    beats.push(beat(ago(now, 240), Deed::Plan("tonight", tonight(now))));
    beats.push(beat(ago(now, 55), Deed::Tell(told())));
    beats.push(beat(day(now, 1, "17:00"), Deed::Alert(alert(now))));
    beats
}

fn beat(at: Timestamp, deed: Deed) -> Beat {
    did(at, LIU, deed)
}

fn walked(now: Timestamp) -> Vec<Beat> {
    let at = |time: &str| day(now, 2, time);
    let plan = pb::PlanPatrolRequest {
        station: XIANNING.to_owned(),
        area: "温泉、永安城区".to_owned(),
        route: "咸宁站—长途汽车站—潜山大桥—十六潭公园".to_owned(),
        starts_at: text(at("19:30")),
        ends_at: text(at("22:00")),
        partners: ["civil", "police", "urban", "volunteer"]
            .map(str::to_owned)
            .to_vec(),
        leader_name: "刘春生".to_owned(),
        ..pb::PlanPatrolRequest::default()
    };
    let point = |place, latitude, longitude| Deed::Point("evening", (place, latitude, longitude));
    vec![
        Beat {
            who: XU,
            ..beat(day(now, 3, "09:40"), Deed::Plan("evening", plan))
        },
        beat(at("19:32"), Deed::Start("evening")),
        beat(at("19:50"), point("咸宁站广场", 29.8537, 114.3221)),
        beat(
            at("19:58"),
            Deed::Meet("at the station", "evening", declined()),
        ),
        beat(at("20:20"), point("长途汽车站", 29.8420, 114.3196)),
        beat(at("20:31"), Deed::Meet("drunk man", "evening", ill())),
        beat(at("20:40"), point("潜山大桥", 29.8289, 114.3312)),
        beat(
            at("20:46"),
            Deed::Meet("under the bridge", "evening", willing()),
        ),
        beat(at("20:55"), Deed::Receive("under the bridge", "bridge")),
        beat(
            at("22:05"),
            Deed::Finish(
                "evening",
                "走访4处，遇到3人：1人愿意到站，1人送医，1人劝导后留了棉衣和联系卡。",
            ),
        ),
    ]
}

/// A Beijing time as the contract wants it.
fn text(at: Timestamp) -> String {
    crate::stays::wire(at)
}

/// The next evening that has not begun.
fn tonight(now: Timestamp) -> pb::PlanPatrolRequest {
    let hour = tz::offset(8).to_datetime(now).hour();
    let later = i64::from(hour >= 19);
    pb::PlanPatrolRequest {
        station: XIANNING.to_owned(),
        area: "永安城区".to_owned(),
        route: "永安大道—鱼水路地下通道—中心花坛".to_owned(),
        starts_at: text(day(now, -later, "19:30")),
        ends_at: text(day(now, -later, "21:30")),
        partners: ["civil", "community", "volunteer"]
            .map(str::to_owned)
            .to_vec(),
        leader_name: "杨秀梅".to_owned(),
        ..pb::PlanPatrolRequest::default()
    }
}

fn declined() -> Value {
    json!({
        "outcome": "declined", "place": "咸宁站广场东侧", "sex": "male", "looks_age": 58,
        "name": "老胡", "said": "等老乡来接，不去站里", "clothes": "单衣", "told_policy": true,
        "guided": true, "card_left": true, "health": "能走动",
        "articles": [{ "article": article_id(1, COAT), "quantity": 1 },
                     { "article": article_id(1, CARD), "quantity": 1 }],
    })
}

fn ill() -> Value {
    json!({
        "outcome": "medical", "place": "长途汽车站候车室外", "sex": "male", "looks_age": 50,
        "said": "叫不醒", "health": "倒在地上，有呕吐", "ambulance": true, "police": true,
        "police_record": "温派接〔2026〕0441", "told_policy": false, "note": "120送咸宁市中心医院",
    })
}

fn willing() -> Value {
    json!({
        "outcome": "willing", "place": "潜山大桥桥洞", "sex": "male", "looks_age": 55,
        "name": "阿贵", "said": "冷，想有地方睡", "clothes": "军绿色大衣", "told_policy": true,
        "guided": true, "escorted": true, "groups": ["disabled"], "health": "手脚有冻疮",
    })
}

fn told() -> pb::TellOfSomebodyRequest {
    pb::TellOfSomebodyRequest {
        division: "421202".to_owned(),
        place: "桂乡大道公交站旁".to_owned(),
        said: "一位老人坐了两个小时，穿得少，问他不说话。".to_owned(),
        sex: "male".to_owned(),
        looks_age: 75,
        groups: vec!["elder".to_owned()],
        phone: "13907243355".to_owned(),
        ..pb::TellOfSomebodyRequest::default()
    }
}

/// Cold, or in summer heat.
fn alert(now: Timestamp) -> Value {
    let today = beijing_date(now);
    let summer = (5..=9).contains(&today.month());
    let (kind, level, title) = match summer {
        true => ("heat", "yellow", "咸宁市发布高温黄色预警"),
        false => ("cold", "blue", "咸宁市发布寒潮蓝色预警"),
    };
    json!({
        "reference": format!("XN-{}-{kind}", today.saturating_sub(1.days())), "kind": kind,
        "level": level, "division": "421200", "title": title, "from": today,
        "to": today.saturating_add(2.days()), "issued_at": day(now, 1, "16:50"),
    })
}
