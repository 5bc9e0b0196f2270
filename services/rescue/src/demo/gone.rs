//! Who has left 咸宁市救助管理站 in the last days, each in another way.

use jiff::Timestamp;
use serde_json::{Value, json};
use yiwang_casework::past::day;

use super::{
    beat::{Beat, Story},
    cast::{LIU, YANG, citizen},
    forms::{admit, arrival, security, with_card},
    house::TOWN,
};

const STAY: &str = "station-stay";

/// All their beats.
pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let stories = [own_word(now), fetched(now), refused(now)];
    stories.into_iter().flat_map(Story::end).collect()
}

/// On his own word, with a ticket.
fn own_word(now: Timestamp) -> Story {
    let number = citizen("520502", "19880721", 371);
    let how = "工地停工，老板没有给钱，走到咸宁。";
    let card = with_card("陈国庆", &number, how, &["no_work"], "520502001");
    Story::new("own word", LIU, day(now, 8, "13:00"))
        .submit(
            STAY,
            TOWN,
            arrival("own", ("male", 38), "想回毕节老家", "自己来站"),
        )
        .act(5, "screen", json!({ "findings": "身体健康。" }))
        .act(
            5,
            "security",
            security(
                "刘春生",
                "male",
                &json!([{ "what": "行李", "quantity": "1件" }]),
            ),
        )
        .act(8, "register", card)
        .act(4, "admit", admit())
        .at(day(now, 6, "08:50"))
        .act(0, "ask_leave", Value::Null)
        .act(
            20,
            "leave_own_word",
            json!({
                "signed": true, "things_returned": true, "ticket": "direct", "to": "毕节站",
                "fare_yuan": 4, "fare_signed": true,
            }),
        )
}

/// His wife came for him; his township goes on.
fn fetched(now: Timestamp) -> Story {
    let number = citizen("421281", "19811130", 379);
    let how = "在武汉做工被骗，走路回赤壁，夜里走不动了。";
    let card = with_card("雷正军", &number, how, &["robbed"], "421281101");
    let wife = json!({
        "name": "刘芳", "number": citizen("421281", "19830406", 382), "relation": "spouse",
        "card_checked": true, "proof": "结婚证", "phone": "13971821234", "things_returned": true,
    });
    Story::new("fetched", YANG, day(now, 7, "22:15"))
        .submit(
            STAY,
            TOWN,
            arrival("police", ("male", 44), "走不动了，要回赤壁", "107国道"),
        )
        .act(
            6,
            "screen",
            json!({ "findings": "脚上起泡，已处理，其他正常。" }),
        )
        .act(
            5,
            "security",
            security(
                "刘春生",
                "male",
                &json!([{ "what": "背包", "quantity": "1个" }]),
            ),
        )
        .act(8, "register", card)
        .act(3, "admit", admit())
        .at(day(now, 5, "10:00"))
        .act(0, "fetched", wife)
        .by(LIU)
        .act(12, "countersign", Value::Null)
}

/// Did not let his bag be looked at: refused in writing.
fn refused(now: Timestamp) -> Story {
    Story::new("refused", LIU, day(now, 4, "11:00"))
        .submit(
            STAY,
            TOWN,
            arrival("own", ("male", 41), "只要路费", "自己来站"),
        )
        .act(5, "screen", json!({ "findings": "身体健康。" }))
        .act(
            6,
            "security",
            json!({ "agreed": false, "checker": "刘春生", "checker_sex": "male" }),
        )
}
