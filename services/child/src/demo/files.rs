//! 虎山村 and 窑沟村: files, visits, a child in the care of an aunt.

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use yiwang_casework::past::{Who, ago, before, day};

use super::{
    beat::{Beat, Story},
    cast::{CHENGGUAN, HUSHAN, LI, WANG, YAOGOU, ZHAO, aged, number},
    pictures::LETTER,
};

const FILE: &str = "child-file";

pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    [
        visited(now),
        late(now),
        this_week(now),
        left_behind(now),
        entrusted(now),
        to_verify(now),
        to_register(now),
        of_the_orphan(now),
    ]
    .into_iter()
    .flat_map(Story::end)
    .collect()
}

/// A child in hardship: name, number, school, level with reasons, needs.
fn hardship(name: &str, number: &str, school: &str, level: (&str, &str), needs: &[&str]) -> Value {
    json!({
        "kind": "hardship",
        "child": { "name": name, "id_number": number, "born_on": "", "school": school },
        "household": CHENGGUAN, "address": "三组15号",
        "father": parent("able"), "mother": parent("severely_ill"),
        "guardianship": "grandparents",
        "carer": { "name": "石奶奶", "id_number": "", "phone": "13872900101", "relation": "祖母" },
        "living": "guardian", "needs": needs, "overlays": [], "doctor": "村医小何",
        "level": level.0, "level_reasons": level.1, "found": "入户摸底",
    })
}

fn parent(state: &str) -> Value {
    json!({ "name": "", "id_number": "", "state": state, "since": "", "proof": "" })
}

/// Both parents work far away.
fn away(now: Timestamp, name: &str, number: &str, months: i64) -> Value {
    let since = before(now, 0).saturating_sub(months.months()).to_string();
    let away = json!({ "place": "441302", "since": since, "phone": "13872900202",
                       "contact": "每周视频两次" });
    let mut form = hardship(
        name,
        number,
        "城关镇实验小学四年级",
        ("low", "祖母身体好，每周和父母视频"),
        &[],
    );
    form["kind"] = json!("left_behind");
    form["mother"] = parent("able");
    form["father_away"] = away.clone();
    form["mother_away"] = away;
    form
}

/// What a visit in order writes down.
fn seen(findings: &str, said: &str) -> Value {
    json!({
        "place": "home", "persons": "儿童、祖母", "seen_alone": true, "living": "guardian",
        "guardianship": "fine", "life": "fine", "schooling": "fine", "health": "fine",
        "mind": "fine", "safety": "fine", "outcome": "normal", "findings": findings, "said": said,
    })
}

/// A file that is verified after two days and begun after four.
fn kept(
    name: &'static str,
    now: Timestamp,
    (who, village): (Who, &'static str),
    days: i64,
    form: Value,
) -> Story {
    let verify = json!({ "agrees": true, "level": form["level"], "reasons": "上门核实，情况属实" });
    let start = json!({ "plan": "儿童主任按期走访，村小老师放学后辅导，申请临时救助",
                        "no_letter": "父母在外地，春节回来签" });
    Story::new(name, who, day(now, days, "09:30"))
        .submit(FILE, village, form)
        .by(ZHAO)
        .at(day(now, days - 2, "10:00"))
        .act(10, "verify", verify)
        .by(who)
        .at(day(now, days - 4, "15:00"))
        .act(10, "start", start)
}

/// The guardian has signed what guardians answer for.
fn letter(now: Timestamp, guardian: &str, days: i64) -> Value {
    json!({ "guardian": guardian, "signed_on": before(now, days), "paper": [LETTER.0] })
}

/// Seen three days ago.
fn visited(now: Timestamp) -> Story {
    let level = ("middle", "母亲重病，家里靠低保");
    let form = hardship(
        "石小稻",
        &aged(now, 9, 2, 401),
        "虎山村小学三年级",
        level,
        &["k1_living"],
    );
    kept("rice", now, (LI, HUSHAN), 70, form)
        .act(10, "visit", seen("家里整洁，作业做完了", "想考第一名"))
        .at(day(now, 33, "16:00"))
        .act(10, "visit", seen("祖母感冒，已经好转", "喜欢画画"))
        .act(10, "letter", letter(now, "石奶奶", 33))
        .at(day(now, 3, "16:20"))
        .act(10, "visit", seen("新书包到了，很高兴", "长大想当老师"))
}

/// Nobody went there for a month and some days.
fn late(now: Timestamp) -> Story {
    let level = ("middle", "听力残疾，需要康复训练");
    let form = hardship(
        "柳小溪",
        &aged(now, 12, 5, 402),
        "城关镇特教班",
        level,
        &["k2_rehabilitation"],
    );
    let mut help = seen("助听器要调试", "听不清老师说话");
    help["outcome"] = json!("need_help");
    help["health"] = json!("watch");
    help["help"] = json!("已联系县残联预约调试");
    kept("stream", now, (LI, HUSHAN), 72, form)
        .at(day(now, 66, "16:30"))
        .act(10, "visit", seen("按时做康复", "喜欢小狗"))
        .at(day(now, 36, "16:30"))
        .act(10, "visit", help)
}

/// High risk: every week, the next one in three days.
fn this_week(now: Timestamp) -> Story {
    let level = ("high", "父亲服刑，母亲在外，祖父年老多病");
    let mut form = hardship(
        "田小禾",
        &aged(now, 7, 8, 403),
        "虎山村小学二年级",
        level,
        &["k3_unguarded"],
    );
    form["father"] = parent("detained");
    form["father"]["since"] = json!(before(now, 300).to_string());
    form["mother"] = parent("able");
    form["overlays"] = json!(["detained"]);
    form["carer"] =
        json!({ "name": "田爷爷", "id_number": "", "phone": "13872900303", "relation": "祖父" });
    let service = json!({ "kind": "companion", "what": "周末到“童伴妈妈”项目点，有人陪着做作业", "by": "虎山村童伴妈妈" });
    kept("millet", now, (LI, HUSHAN), 32, form)
        .at(day(now, 25, "15:30"))
        .act(10, "visit", seen("祖父身体弱，邻居帮着做饭", "晚上怕黑"))
        .act(10, "serve", service)
        .at(day(now, 18, "15:30"))
        .act(10, "visit", seen("装了夜灯", "不怕黑了"))
        .at(day(now, 11, "15:30"))
        .act(10, "visit", seen("和同学一起上学", "想给爸爸写信"))
        .at(day(now, 4, "15:30"))
        .act(10, "visit", seen("写了信，已代为寄出", "盼着回信"))
}

const CLOUD: (i32, i32, u32) = (10, 4, 404);

/// Parents in 惠州; every quarter, the next one this week.
fn left_behind(now: Timestamp) -> Story {
    let (years, months, sequence) = CLOUD;
    let form = away(now, "云小雀", &aged(now, years, months, sequence), 14);
    kept("cloud", now, (LI, HUSHAN), 110, form)
        .at(day(now, 88, "16:00"))
        .act(
            10,
            "visit",
            seen("住在姑姑家，有自己的房间", "周末和爸爸妈妈视频"),
        )
        .act(10, "letter", letter(now, "云小莲", 88))
}

/// The same child lives with an aunt; the parents call every week.
fn entrusted(now: Timestamp) -> Story {
    let (years, months, sequence) = CLOUD;
    let until = before(now, 0).saturating_add(8.months());
    let form = json!({
        "name": "云大海", "id_number": number("19880412", 353), "phone": "13872900202",
        "principal": "father", "other_parent": "同意",
        "child": { "name": "云小雀", "id_number": aged(now, years, months, sequence), "born_on": "",
                   "school": "城关镇实验小学四年级" },
        "heard": "愿意和姑姑住，放假去看爸爸妈妈",
        "carer": { "name": "云小莲", "id_number": number("19850720", 354), "phone": "13872900204",
                   "relation": "姑姑" },
        "address": "二组8号", "cause": "work", "reasons": "夫妻都在惠州电子厂上班，春节回来",
        "from": before(now, 95), "until": until,
    });
    let check = json!({ "barred": [], "source": "竹公查（演示）61号",
                        "findings": "身体好，住房宽敞，和孩子亲近", "suitable": true });
    let sign = json!({ "parent_signed": true, "carer_signed": true, "witness": "李秀英",
                       "signed_on": before(now, 95), "paper": [LETTER.0] });
    let told = |to: &str, whom: &str| json!({ "to": to, "receiver": whom, "on": before(now, 95) });
    let story = Story::new("aunt", LI, day(now, 97, "10:00"))
        .submit("entrusted-care", HUSHAN, form)
        .act(10, "check", check)
        .at(day(now, 95, "10:00"))
        .act(10, "sign", sign)
        .act(10, "notify", told("school", "班主任叶老师"))
        .act(10, "notify", told("committee", "虎山村委会"));
    let weeks = (0..14).map(|week| 94 - 7 * week);
    weeks.fold(story, |story, days| {
        let call = json!({ "on": before(now, days), "way": "video", "said": "都好，问了功课" });
        story
            .at(day(now, days, "20:00"))
            .act(10, "log_contact", call)
    })
}

/// Registered yesterday, waits for the supervisor.
fn to_verify(now: Timestamp) -> Story {
    let form = away(now, "麦小穗", &aged(now, 8, 1, 405), 9);
    Story::new("wheat", WANG, day(now, 1, "17:00")).submit(FILE, YAOGOU, form)
}

/// Found by the supervisor; the village goes there.
fn to_register(now: Timestamp) -> Story {
    let level = ("low", "租住在村里，父亲打零工，学费紧张");
    let form = hardship(
        "桃小枝",
        &aged(now, 6, 6, 406),
        "虎山村小学一年级",
        level,
        &["k1_schooling"],
    );
    Story::new("peach", ZHAO, ago(now, 200)).submit(FILE, HUSHAN, form)
}

/// The orphan's file ([`super::money`]): every month.
fn of_the_orphan(now: Timestamp) -> Story {
    let level = ("middle", "父母去世，和外祖母生活");
    let mut form = hardship(
        "山小竹",
        &super::money::orphan(now),
        "虎山村小学五年级",
        level,
        &["k1_living"],
    );
    form["father"] = parent("dead");
    form["mother"] = parent("dead");
    form["overlays"] = json!(["orphan"]);
    form["carer"] = json!({ "name": "陈桂兰", "id_number": super::money::GRANDMOTHER,
                            "phone": "13800000006", "relation": "外祖母" });
    kept("bamboo-file", now, (LI, HUSHAN), 74, form)
        .act(10, "visit", seen("和外祖母相处好", "想妈妈"))
        .at(day(now, 40, "16:00"))
        .act(10, "visit", seen("参加心理辅导", "老师对我好"))
        .act(10, "letter", letter(now, "陈桂兰", 40))
        .at(day(now, 12, "16:00"))
        .act(10, "visit", seen("生活费按月到账，买了冬衣", "想学跳舞"))
}
