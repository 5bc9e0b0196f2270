//! An orphan and a child in fact unattended with their months, 明天计划, 助学工程.

use jiff::{Timestamp, ToSpan as _};
use serde_json::{Value, json};
use yiwang_casework::past::{What, Who, before, day, on};
use yiwang_civic::time::{beijing_date, month_of};

use super::{
    beat::{Beat, Deed, Story},
    cast::{CHEN, CHENGGUAN, FANG, XU, ZHAO, aged, citizen, number},
};

/// `grandmother` of the sign-in page.
pub(super) const GRANDMOTHER: &str = "420323195802141561";

/// The number of 山小竹.
pub(super) fn orphan(now: Timestamp) -> String {
    aged(now, 11, 3, 412)
}

pub(super) fn beats(now: Timestamp) -> Vec<Beat> {
    let mut beats: Vec<Beat> = [bamboo(now), pine(now), treated(now), student(now)]
        .into_iter()
        .flat_map(Story::end)
        .collect();
    let this = month_of(beijing_date(now));
    beats.extend((-3..=0).map(|months| {
        // The day after the pay day of the rules.
        let pay_day = this.plus(months).first_day().saturating_add(10.days());
        bank(on(pay_day, "09:00"))
    }));
    beats.push(bank(day(now, 6, "16:00")));
    beats
}

/// What is due is paid.
fn bank(at: Timestamp) -> Beat {
    Beat {
        at,
        who: XU,
        name: "bank",
        what: What::Other(Deed::PayDay),
    }
}

fn grandmother() -> Who {
    citizen("陈桂兰", GRANDMOTHER)
}

/// An application: the child, both parents, who cares.
fn form(child: (&str, String), father: Value, mother: Value, carer: (&str, &str, &str)) -> Value {
    let (name, id, relation) = carer;
    json!({
        "applicant": { "name": name, "id_number": id, "phone": "13800000006", "kind": "guardian" },
        "receiving": "",
        "child": { "name": child.0, "id_number": child.1, "born_on": "", "school": "虎山村小学" },
        "upbringing": "family", "danger": false, "father": father, "mother": mother,
        "carer": { "name": name, "id_number": id, "phone": "13800000006", "relation": relation },
        "account": { "kind": "guardian", "holder": name, "id_number": id,
                     "bank": "竹山农商银行城关支行", "account": format!("62170042{}", &id[6..17]) },
        "consent": true,
    })
}

fn parent(name: &str, id: &str, state: &str, since: Timestamp) -> Value {
    let since = beijing_date(since).to_string();
    json!({ "name": name, "id_number": id, "state": state, "since": since, "proof": "" })
}

/// Verified by papers and a visit, examined by one, decided by the other.
fn granted(story: Story, form: &Value, now: Timestamp, days: i64) -> Story {
    let finding = |of: &str| json!({ "state": form[of]["state"], "since": form[of]["since"] });
    let verify = json!({
        "methods": ["papers", "visit"], "father": finding("father"), "mother": finding("mother"),
        "guardian_able": true, "child_seen": true, "agrees": true,
        "findings": "看了证明材料，入户见到孩子和照料人",
        "without_data": "数据共享平台没有回复", "differs": "",
    });
    let yes = json!({ "agrees": true, "reasons": "符合条件" });
    story
        .by(ZHAO)
        .at(day(now, days - 4, "14:00"))
        .act(10, "verify", verify)
        .by(XU)
        .at(day(now, days - 8, "09:30"))
        .act(10, "propose", yes.clone())
        .by(FANG)
        .at(day(now, days - 9, "10:30"))
        .act(10, "decide", yes)
}

/// Both parents died in an accident.
fn bamboo(now: Timestamp) -> Story {
    let died = day(now, 100, "08:00");
    let form = form(
        ("山小竹", orphan(now)),
        parent("山大松", &number("19830601", 361), "dead", died),
        parent("陈小梅", &number("19850711", 362), "dead", died),
        ("陈桂兰", GRANDMOTHER, "外祖母"),
    );
    let story = Story::new("bamboo", grandmother(), day(now, 78, "10:00"));
    granted(
        story.submit("orphan", CHENGGUAN, form.clone()),
        &form,
        now,
        78,
    )
}

/// The father has died, the mother is lost for a year.
fn pine(now: Timestamp) -> Story {
    let grandfather = number("19550310", 351);
    let form = form(
        ("松小果", aged(now, 8, 7, 413)),
        parent(
            "松大林",
            &number("19870221", 363),
            "dead",
            day(now, 120, "08:00"),
        ),
        parent(
            "何小燕",
            &number("19890803", 364),
            "out_of_contact",
            day(now, 400, "08:00"),
        ),
        ("松有根", &grandfather, "祖父"),
    );
    let story = Story::new(
        "pine",
        citizen("松有根", &grandfather),
        day(now, 50, "10:00"),
    );
    granted(
        story.submit("unattended-child", CHENGGUAN, form.clone()),
        &form,
        now,
        50,
    )
}

/// 明天计划: the township has looked, the county is to agree.
fn treated(now: Timestamp) -> Story {
    let form = json!({
        "by": "guardian", "guardian": "陈桂兰", "guardian_id": GRANDMOTHER, "phone": "13800000006",
        "child": { "name": "山小竹", "id_number": orphan(now), "born_on": "", "school": "虎山村小学" },
        "recognition": "孤儿认定通知书", "care": "rehabilitation", "illness": "车祸后左腿骨折，需要康复训练",
        "hospital": "十堰市太和医院", "payee": "guardian",
    });
    let check = json!({ "recommend": true, "findings": "看了认定通知书、诊断书和康复方案" });
    Story::new("medical", grandmother(), day(now, 5, "10:00"))
        .submit("medical-project", CHENGGUAN, form)
        .by(CHEN)
        .at(day(now, 2, "11:00"))
        .act(10, "check", check)
}

/// 助学工程: the school year is granted, its first quarter paid.
fn student(now: Timestamp) -> Story {
    let id = aged(now, 19, 9, 415);
    let today = before(now, 0);
    let year = if today.month() >= 9 {
        today.year()
    } else {
        today.year() - 1
    };
    let form = json!({
        "name": "江小帆", "id_number": id, "phone": "13872900415",
        "recognized_on": today.saturating_sub(9.years()), "recognition": "竹民孤（演示）3号",
        "school": "汉江师范学院", "level": "bachelor", "full_time": true, "in_china": true,
        "continuous": true, "school_year": year, "way": "quarterly",
        "account": "6228480400000000415", "bank": "农业银行竹山支行",
    });
    let check = json!({ "recommend": true, "findings": "看了学籍报告" });
    let confirm = json!({ "orphan": true, "at_school": true });
    Story::new("student", citizen("江小帆", &id), day(now, 16, "19:00"))
        .submit("study-project", CHENGGUAN, form)
        .by(CHEN)
        .at(day(now, 13, "09:30"))
        .act(10, "check", check)
        .by(XU)
        .at(day(now, 8, "15:00"))
        .act(10, "confirm", confirm)
        .at(day(now, 7, "15:00"))
        .act(10, "pay", Value::Null)
        .by(FANG)
        .act(10, "sign", Value::Null)
}
