//! The case as station and county read it.

use jiff::{Timestamp, tz};
use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{StationStay, facts::Facts, law::side::Side, state::State};
use crate::domain::{desk::day, search::Kind};

/// All blocks.
pub(super) fn sections(case: &Case<StationStay>) -> Vec<Section> {
    let facts = &case.facts;
    let mut all = vec![now(case)];
    all.extend(todo_block(case));
    all.push(person(facts));
    all.extend(health(facts));
    all.extend(clues(facts));
    all.extend(search(facts));
    all.extend(leaving(facts));
    all
}

/// A Beijing time in words.
fn time(at: Timestamp) -> String {
    let at = tz::offset(8).to_datetime(at);
    format!("{} {:02}:{:02}", day(at.date()), at.hour(), at.minute())
}

fn now(case: &Case<StationStay>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("在站情况");
    if !facts.place.is_empty() {
        block = block.row("现在在", &facts.place);
    }
    if let Some(at) = facts.arrived_at {
        block = block.row("到站", time(at));
    }
    if let Some(at) = facts.admitted_at {
        block = block.row("受助", time(at));
    }
    if let Some(until) = facts.until {
        block = block.row("救助期限", day(until));
    }
    if let Some(on) = facts.stranded_on {
        block = block.row("滞留人员", format!("{}起", day(on)));
    }
    if let Some((form, reasons)) = &facts.care_form {
        block = block.row("照料方式", format!("{}：{reasons}", form.label()));
    }
    let kind = match (facts.minor, facts.guarded) {
        (true, _) => "未成年人，不能单独离站",
        (false, true) => "有精神或者智力障碍迹象，不能单独离站",
        (false, false) => "成年人，随时可以自愿离站",
    };
    block.row("照料类别", kind)
}

/// Steps of the search that nothing else comes before.
const NOW: [Kind; 4] = [
    Kind::Biometrics,
    Kind::Face,
    Kind::PoliceReport,
    Kind::Publish,
];

/// What is missing or due, in Chinese; the board shows the same.
#[must_use]
pub fn todo(case: &Case<StationStay>) -> Vec<String> {
    let facts = &case.facts;
    let mut all: Vec<String> = Vec::new();
    let mut say = |text: &str| all.push(text.to_owned());
    match case.state {
        State::Left | State::Refused => return all,
        State::Arrived => say("初检"),
        State::SentHospital => say("跟进医院治疗"),
        State::Screened => say("安检"),
        State::Secured => say("求助登记"),
        State::Registered => say("甄别：受助或者书面告知不予救助"),
        State::Admitted | State::InHospital | State::OnTrip | State::Fostered => {}
    }
    if let Some(pending) = &facts.pending {
        all.push(format!("“{}”待第二人复核", pending.step.label()));
    }
    if !case.state.is_admitted() {
        return all;
    }
    let mut say = |text: &str| all.push(text.to_owned());
    // Sex or age turned out to be another one.
    let side = Side::of(&facts.sex, facts.minor);
    if case.state == State::Admitted && facts.side.is_some_and(|here| !here.takes(side)) {
        say("住的不是同一类人员的房间，请换房间");
    }
    if facts.leave_asked.is_some() {
        say("本人要求离站，马上办理");
    }
    if facts.death_reported.is_some() {
        say("死亡登记中有本受助人员，当面核实");
    }
    if facts.unknown() {
        for kind in NOW {
            if facts.search.waiting(kind).is_some() {
                say(kind.label());
            }
        }
    }
    if facts.stranded_on.is_some() && facts.care_form.is_none() {
        say("选择滞留人员照料方式");
    }
    for kind in &facts.escalated {
        say(&format!("“{}”逾期，已报民政局督办", kind.label()));
    }
    all
}

fn todo_block(case: &Case<StationStay>) -> Option<Section> {
    let todo = todo(case);
    if todo.is_empty() {
        return None;
    }
    let block = Section::new("要做的");
    let rows = todo.into_iter().zip(1..);
    Some(rows.fold(block, |block, (text, nth)| {
        block.row(format!("{nth}"), text)
    }))
}

fn person(facts: &Facts) -> Section {
    let mut block = Section::new("受助人员");
    block = block.row("性别", if facts.sex == "female" { "女" } else { "男" });
    block = block.row("年龄", format!("{}岁", facts.age));
    if let Some(identity) = &facts.identity {
        block = block
            .sensitive("姓名", &identity.name, Mask::Name, "/facts/identity/name")
            .sensitive(
                "证件号码",
                &identity.number,
                Mask::IdNumber,
                "/facts/identity/number",
            )
            .row(
                "身份依据",
                format!("{} {}", identity.basis.label(), identity.paper),
            );
        if !identity.by.is_empty() {
            block = block.row("认定签字", identity.by.join("、"));
        }
    } else {
        block = block.row("身份", "没有查明");
        let called = facts.called();
        if !called.is_empty() {
            block = block.sensitive("自述姓名", called, Mask::Name, "/facts/called");
        }
    }
    for (nth, (identity, why)) in facts.taken_back.iter().enumerate() {
        let pointer = format!("/facts/taken_back/{nth}");
        block = block
            .sensitive("已撤销的认定", &identity.name, Mask::Name, pointer)
            .row("撤销理由", why);
    }
    if let Some(register) = &facts.register {
        let help: Vec<&str> = register.help.iter().map(|help| help.label()).collect();
        block = block.row("求助类型", help.join("、"));
        if !register.how.trim().is_empty() {
            block = block.row("来站经过", &register.how);
        }
    }
    block
}

fn health(facts: &Facts) -> Option<Section> {
    if facts.health.is_empty() && facts.signs.is_empty() {
        return None;
    }
    let signs: Vec<&str> = facts.signs.iter().map(|sign| sign.label()).collect();
    let signs = match signs.is_empty() {
        true => "没有发现".to_owned(),
        false => signs.join("、"),
    };
    let mut block = Section::new("健康").row("现有情况", signs);
    for (nth, health) in facts.health.iter().enumerate() {
        let label = format!("{}（{}，{}）", health.what, time(health.at), health.by);
        let pointer = format!("/facts/health/{nth}");
        block = block.sensitive(label, &health.text, Mask::Hidden, pointer);
    }
    Some(block)
}

fn clues(facts: &Facts) -> Option<Section> {
    let clues = &facts.clues;
    if clues.is_empty() || !facts.unknown() {
        return None;
    }
    let mut block = Section::new("寻亲线索");
    let rows = [
        ("自述家乡", &clues.said_place),
        ("口音", &clues.accent),
        ("身体特征", &clues.body_marks),
        ("随身物品和衣着", &clues.carried),
        ("发现地点", &clues.found_at),
    ];
    for (label, text) in rows {
        if !text.trim().is_empty() {
            block = block.row(label, text);
        }
    }
    if let Some(height) = clues.height_cm {
        block = block.row("身高", format!("{height}厘米"));
    }
    Some(block)
}

fn search(facts: &Facts) -> Option<Section> {
    if facts.notes.is_empty() {
        return None;
    }
    let block = Section::new("寻亲和报告");
    let notes = facts.notes.iter();
    Some(notes.fold(block, |block, note| {
        let label = format!("{} {}", time(note.at), note.by);
        block.row(label, &note.record)
    }))
}

fn leaving(facts: &Facts) -> Option<Section> {
    let left = facts.left.as_ref()?;
    let mut block = Section::new("离站")
        .row("方式", left.how.label())
        .row("时间", time(left.at))
        .row("去向", &left.to)
        .row("签字", left.by.join("、"));
    if let Some(handed) = &left.handed {
        block = block.row("交接表", &handed.record);
        if let (Some(cause), Some(care)) = (handed.cause, handed.care) {
            let text = format!("{}；{}；{}", cause.label(), care.label(), handed.decision);
            block = block.row("临时监护", text);
        }
    }
    if let Some(fetched) = &left.fetched {
        block = block
            .sensitive(
                "接领人",
                &fetched.name,
                Mask::Name,
                "/facts/left/fetched/name",
            )
            .sensitive(
                "接领人电话",
                &fetched.phone,
                Mask::Phone,
                "/facts/left/fetched/phone",
            )
            .row("关系证明", &fetched.proof);
    }
    Some(block)
}
