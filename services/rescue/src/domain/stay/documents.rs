//! Papers of a stay: each refusal and ending in writing, with reasons and where to turn.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::{
    action::{HandOver, OwnWord},
    facts::Facts,
    words::{Cause, EndGround, Ground, TempCare, Ticket},
    world::Station,
};
use crate::domain::desk::{day, document};

/// Where to turn (国务院令第381号15).
const COMPLAIN: &str =
    "对此有意见的，可以向本站的主管民政部门举报、投诉，民政部门应当及时查处并答复。";

fn who(facts: &Facts) -> String {
    match facts.called() {
        "" => "求助人员：姓名不详。".to_owned(),
        name => format!("求助人员：{name}。"),
    }
}

fn issued(station: &Station, on: Date) -> String {
    format!(
        "{}（24小时电话{}）　{}",
        station.name,
        station.phone,
        day(on)
    )
}

/// 不予救助通知书.
pub(super) fn refusal(
    station: &Station,
    facts: &Facts,
    ground: Ground,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let text = format!(
        "经甄别，不予救助。依据：{}。理由：{reasons}",
        ground.label()
    );
    let again = "情况有变化、符合救助条件的，可以随时再来求助。";
    let paragraphs = [&who(facts), &text, again, COMPLAIN, &issued(station, on)];
    document(
        "rescue_refusal",
        "不予救助通知书",
        &paragraphs.map(|text| text as &str),
    )
}

/// 终止救助通知书.
pub(super) fn termination(
    station: &Station,
    facts: &Facts,
    ground: EndGround,
    reasons: &str,
    on: Date,
) -> IssueDocument {
    let text = format!("终止救助。依据：{}。理由：{reasons}", ground.label());
    let paragraphs = [&who(facts), &text, COMPLAIN, &issued(station, on)];
    document(
        "rescue_termination",
        "终止救助通知书",
        &paragraphs.map(|text| text as &str),
    )
}

/// 未成年人临时监护移交书: on which ground, in which form, to whom (未成年人保护法92、93).
pub(super) fn guardianship(
    station: &Station,
    facts: &Facts,
    (cause, care, to): (Cause, TempCare, &HandOver),
    on: Date,
) -> IssueDocument {
    let who = match facts.called() {
        "" => "姓名不详".to_owned(),
        name => name.to_owned(),
    };
    let who = format!("未成年人：{who}，约{}岁。", facts.age);
    let ground = format!("情形：{}（未成年人保护法第九十二条）。", cause.label());
    let form = format!(
        "由民政部门临时监护，方式：{}（未成年人保护法第九十三条）；文书编号：{}。",
        care.label(),
        to.decision.trim()
    );
    let taken = format!(
        "接收单位：{}，接收人：{}；交接表编号：{}。",
        to.unit.trim(),
        to.receiver.trim(),
        to.record.trim()
    );
    let on_going = "继续寻找监护人。监护人重新具备履行监护职责条件的，由民政部门评估以后送回。";
    let paragraphs = [&who, &ground, &form, &taken, on_going, &issued(station, on)];
    document(
        "temporary_guardianship",
        "未成年人临时监护移交书",
        &paragraphs.map(|text| text as &str),
    )
}

/// 自行离站声明书.
pub(super) fn own_word(
    station: &Station,
    facts: &Facts,
    data: &OwnWord,
    on: Date,
) -> IssueDocument {
    let text = "本人自愿离站，寄存物品已当面点清收回。本人清楚以后有困难可以随时再来求助。";
    let ticket = match data.ticket {
        Ticket::None => String::new(),
        ticket => format!("领取{}：{}。", ticket.label(), data.to.trim()),
    };
    let fare = match data.fare_yuan {
        0 => String::new(),
        yuan => format!("签收本地短途公交费{yuan}元。"),
    };
    let paragraphs = [&who(facts), text, &ticket, &fare, &issued(station, on)];
    document(
        "own_word",
        "自行离站声明书",
        &paragraphs.map(|text| text as &str),
    )
}
