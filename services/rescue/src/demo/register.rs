//! 竹山县's register of people easily lost: most were visited in the last month of visits, two were
//! not; one is lost, one waits for the county's check.

use jiff::{Timestamp, ToSpan as _, civil::Date};
use serde_json::{Value, json};
use yiwang_casework::past::{Who, ago, day, on};
use yiwang_civic::time::{beijing_date, month_of};

use super::{
    beat::{Beat, Story},
    cast::{GAO, ZHIQIANG, ZHOU, citizen},
};

const ENTRY: &str = "easily-lost";
/// Months of visits, as in rules/rescue.toml.
const VISITS: [i8; 2] = [1, 7];

/// Name of the case, township, group, level, name, birth and sequence, address, marks.
type Person = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    (&'static str, &'static str, u32),
    &'static str,
    &'static str,
);

const PEOPLE: [Person; 7] = [
    (
        "register 1",
        "420323100",
        "dementia",
        "high",
        ("柯昌秀", "19460911", 514),
        "城关镇明清路社区",
        "走路前倾，左手抖",
    ),
    (
        "register 2",
        "420323100",
        "mental",
        "middle",
        ("程功勇", "19840320", 517),
        "城关镇刘家山村",
        "右脸有痣，常穿迷彩服",
    ),
    (
        "register 3",
        "420323100",
        "intellectual",
        "middle",
        ("全小芳", "20010225", 526),
        "城关镇莲花村",
        "短发，笑时露牙龈",
    ),
    (
        "register 4",
        "420323101",
        "alone",
        "low",
        ("华道明", "19500104", 531),
        "溢水镇东川村",
        "驼背，拄竹杖",
    ),
    (
        "register 5",
        "420323101",
        "wanders",
        "high",
        ("龚自强", "19770816", 539),
        "溢水镇华家湾村",
        "左耳缺一小块",
    ),
    (
        "register 6",
        "420323101",
        "dementia",
        "middle",
        ("陈大秀", "19490530", 542),
        "溢水镇下坝村",
        "满头白发，戴银手镯",
    ),
    (
        "register 7",
        "420323100",
        "wanders",
        "high",
        ("袁立军", "19790709", 551),
        "城关镇纵横村",
        "右手缺小指",
    ),
];

/// Who were not visited in the last month of visits.
const NOT_VISITED: [&str; 2] = ["register 2", "register 5"];

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let mut beats: Vec<Beat> = PEOPLE
        .iter()
        .flat_map(|person| listed(now, person))
        .collect();
    beats.extend(lost(now));
    beats.extend(proposed(now));
    beats
}

fn officer(township: &str) -> Who {
    match township {
        "420323101" => GAO,
        _ => ZHIQIANG,
    }
}

fn form(person: &Person) -> Value {
    let (_, _, group, level, (name, born, sequence), address, marks) = *person;
    json!({
        "name": name, "id_number": citizen("420323", born, sequence), "groups": [group],
        "address": address, "height_cm": 160, "marks": marks, "dialect": "竹山话",
        "condition": "生活能自理，方向感差。", "habits": "喜欢往车站走。",
        "guardian": { "name": "村干部王明", "relation": "村（社区）负责人", "phone": "13872805566" },
        "level": level, "reasons": "曾经走失，家人照看不过来。", "consent": true,
    })
}

/// First days of the months of visits between two days, the earliest first.
fn visits(from: Date, to: Date) -> Vec<Date> {
    let mut month = month_of(from).next();
    let mut found = Vec::new();
    while month.first_day() <= to {
        if VISITS.contains(&month.month()) {
            found.push(month.first_day());
        }
        month = month.next();
    }
    found
}

fn listed(now: Timestamp, person: &Person) -> Vec<Beat> {
    let (case, township, _, level, ..) = *person;
    let today = beijing_date(now);
    let collected = today.saturating_sub(430.days());
    let listing =
        json!({ "level": level, "responsible": "王明", "responsible_phone": "13872805566" });
    let who = officer(township);
    let story = Story::new(case, who, on(collected, "10:00"))
        .submit(ENTRY, township, form(person))
        .by(ZHOU)
        .at(on(collected.saturating_add(5.days()), "15:00"))
        .act(0, "list", listing)
        .by(who);
    // The last month of visits that is over.
    let months = visits(collected, today);
    let over = months
        .iter()
        .rev()
        .find(|first| month_of(**first).last_day() < today);
    let seen = json!({ "seen": true, "findings": "见到本人，身体平稳，有人照看。", "guardian_talked": true });
    let story = months.iter().fold(story, |story, first| {
        if Some(first) == over && NOT_VISITED.contains(&case) {
            return story;
        }
        story
            .at(on(first.saturating_add(11.days()), "10:30"))
            .act(0, "visit", seen.clone())
    });
    let (_, _, _, _, _, address, marks) = *person;
    let again =
        json!({ "address": address, "marks": marks, "photo_updated": false, "note": "没有变化。" });
    story
        .at(on(today.saturating_sub(255.days()), "09:00"))
        .act(0, "collect", again.clone())
        .at(on(today.saturating_sub(80.days()), "09:00"))
        .act(0, "collect", again)
        .end()
}

/// 袁立军 did not come home yesterday.
fn lost(now: Timestamp) -> Vec<Beat> {
    let yesterday = beijing_date(now).saturating_sub(1.days()).to_string();
    Story::new("register 7", ZHIQIANG, day(now, 1, "21:15"))
        .act(
            0,
            "alarm",
            json!({
                "lost_on": yesterday, "last_seen": "城关镇客运站", "receipt": "竹公接〔2026〕0933",
                "place": "420323", "clothes": "黑色棉衣，解放鞋",
            }),
        )
        .end()
}

/// Collected this morning; the county has ten working days.
fn proposed(now: Timestamp) -> Vec<Beat> {
    let person: Person = (
        "register 8",
        "420323101",
        "minor",
        "middle",
        ("谭小宇", "20140419", 557),
        "溢水镇兴隆村",
        "左脚跛",
    );
    Story::new(person.0, GAO, ago(now, 160))
        .submit(ENTRY, person.1, form(&person))
        .end()
}
