//! The case as family and home read it: one plan of the days ahead, what is still missing, who
//! handed the body to whom.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{Funeral, facts::Facts, form::Form, handling::Handling, services, state::State, words};
use crate::domain::desk::day;

/// All blocks.
pub(super) fn sections(case: &Case<Funeral>) -> Vec<Section> {
    let mut all = vec![plan(case)];
    all.extend(missing_block(case));
    all.extend(family(&case.facts));
    all.extend(holds(&case.facts));
    all.extend(body(&case.facts));
    all.extend(ashes(case));
    all.extend(pending(&case.facts));
    all
}

/// 接下来几天: in the order of time, each with what to do.
fn plan(case: &Case<Funeral>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("接下来几天");
    let before = matches!(
        case.state,
        State::Notified | State::Dispatched | State::PickedUp
    );
    if before {
        block = block.row(
            "今天",
            "殡仪馆上门接运。请有一位家属在场，准备好死亡证明、逝者和承办人的身份证。",
        );
    }
    let open = !matches!(
        case.state,
        State::Verified
            | State::Cremating
            | State::Cremated
            | State::Certified
            | State::Handed
            | State::Deposited
            | State::Transferred
            | State::Withdrawn
    );
    if let (true, Some(farewell)) = (open, &facts.farewell) {
        let text = format!("在{}告别。请提前半小时到，不用另带东西。", farewell.label);
        block = block.row(words::time(farewell.from), text);
    } else if open && facts.quiet_farewell && !said_goodbye(facts) {
        let text = "在馆内与亲人告别，不用告别厅，不收费。请提前半小时到，可以带一束花。";
        block = block.row("火化前", text);
    }
    if let Some(cremation) = facts
        .cremation
        .as_ref()
        .filter(|_| facts.started_at.is_none())
    {
        let text = format!(
            "火化（{}）。承办人请带身份证，提前半小时到馆核对。",
            cremation.label
        );
        block = block.row(words::time(cremation.from), text);
    } else if let (true, Some(until)) = (open, facts.stored_until) {
        let text = "请在这一天之前选定火化时间；来不及的，请殡仪馆延长存放。";
        block = block.row(format!("{}前", day(until)), text);
    }
    if open
        || matches!(
            case.state,
            State::Verified | State::Cremating | State::Cremated
        )
    {
        block = block.row(
            "火化当天",
            "殡仪馆出具火化证明，自动存入“我的证照”；凭身份证领取骨灰，或者在馆寄存。",
        );
    }
    if !matches!(case.state, State::Withdrawn | State::Transferred) {
        block = block
            .row(
                "火化以后",
                "可以申请公益性墓位、格位或者生态安葬；参加社会保险的，凭火化证明申请丧葬补助。",
            )
            .row(
                "一个月内",
                "凭死亡证明到派出所注销户口（城镇在葬前，农村在一个月以内）。",
            );
    }
    block
}

/// The farewell has been held.
fn said_goodbye(facts: &Facts) -> bool {
    let farewells = [services::IN_HALL, services::IN_HOUSE];
    facts
        .chain
        .iter()
        .any(|one| farewells.contains(&one.what.as_str()))
}

/// What is still missing before a cremation, in Chinese.
#[must_use]
pub fn missing(form: &Form, facts: &Facts, state: State) -> Vec<&'static str> {
    let mut missing = Vec::new();
    let before = matches!(
        state,
        State::Notified
            | State::Dispatched
            | State::PickedUp
            | State::Received
            | State::Stored
            | State::Scheduled
    );
    if !before {
        return missing;
    }
    if facts.certificate.is_empty() {
        missing.push("死亡证明");
    }
    if facts.confirmation.is_none() && Handling::of(form, facts).unclaimed.is_none() {
        missing.push("火化确认书");
    }
    if facts.cremation.is_none() {
        missing.push("火化时间");
    }
    missing
}

fn missing_block(case: &Case<Funeral>) -> Option<Section> {
    let missing = missing(&case.form, &case.facts, case.state);
    if missing.is_empty() {
        return None;
    }
    let rows = missing.into_iter().fold(Section::new("还缺什么"), |block, what| {
        let how = match what {
            "死亡证明" => {
                "由医院、乡镇卫生院（社区卫生服务中心）或者公安机关出具；领到后填写编号即可，不用送来。"
            }
            "火化确认书" => {
                "实名核验过的承办人在本页点“签署火化确认书”；还没有核验的，带身份证到馆签字就行。"
            }
            _ => "在本页点“选定火化时间”，从空闲的时间里选一个；也可以打电话请殡仪馆安排。",
        };
        block.row(what, how)
    });
    Some(rows)
}

/// Who took over, and what the home asked the county to look at.
fn family(facts: &Facts) -> Option<Section> {
    let contested = facts.contested.last();
    let quiet = facts.family.is_none() && facts.unclaimed.is_empty() && contested.is_none();
    if quiet && !facts.told_late {
        return None;
    }
    let mut block = Section::new("承办和异议");
    if facts.told_late {
        block = block.row("报丧", "晚于本地规定的时限");
    }
    if !facts.unclaimed.is_empty() {
        block = block.row("无人认领遗体办件", facts.unclaimed.clone());
    }
    if let Some(one) = &facts.family {
        block = block
            .sensitive("接办人", one.name.clone(), Mask::Name, "/facts/family/name")
            .row("与逝者的关系", one.relation.label())
            .sensitive(
                "联系电话",
                one.phone.clone(),
                Mask::Phone,
                "/facts/family/phone",
            )
            .row("核对的材料", format!("{}，{}", one.paper, day(one.on)));
    }
    if let Some(one) = contested {
        let text = format!("{}提出，{}；由民政局与签发单位核对", one.by, day(one.on));
        block = block.row("死亡证明的异议", text);
    }
    Some(block.for_officers())
}

fn holds(facts: &Facts) -> Option<Section> {
    if facts.holds.is_empty() {
        return None;
    }
    let rows = facts
        .holds
        .iter()
        .fold(Section::new("不得火化"), |block, hold| {
            let state = match hold.lifted_by.as_str() {
                "" => "没有解除，请向该机关了解情况".to_owned(),
                by => format!("已解除（{by}）"),
            };
            let text = format!("{}，{}。{state}", hold.document, day(hold.on));
            block.row(hold.authority.clone(), text)
        });
    Some(rows)
}

fn body(facts: &Facts) -> Option<Section> {
    if facts.tag.is_empty() || facts.chain.is_empty() {
        return None;
    }
    let mut block = Section::new("遗体交接").row("遗体编号", facts.tag.clone());
    if facts.infectious {
        block = block.row("传染病", "按传染病防治的要求处理，尽快火化");
    }
    for one in &facts.chain {
        let text = format!(
            "{}，{}；签字：{}、{}",
            words::time(one.at),
            one.place,
            one.by[0],
            one.by[1]
        );
        block = block.row(one.what.clone(), text);
    }
    if let Some(until) = facts.stored_until {
        block = block.row("存放期限", day(until));
    }
    Some(block)
}

fn ashes(case: &Case<Funeral>) -> Option<Section> {
    let facts = &case.facts;
    facts.ended_at?;
    let mut block = Section::new("火化和骨灰");
    if !facts.cremation_certificate.is_empty() {
        block = block.row("火化证明", facts.cremation_certificate.clone());
    }
    if let Some(settled) = &facts.settled {
        block = block.row("结算", format!("{}，{}", day(settled.on), settled.by));
    }
    if let Some(handed) = &facts.receipt {
        let what = match case.state {
            State::Deposited => "寄存人",
            _ => "领取人",
        };
        block = block
            .sensitive(what, handed.name.clone(), Mask::Name, "/facts/receipt/name")
            .row("收据", format!("{}，{}", handed.receipt, day(handed.on)));
    }
    Some(block)
}

/// For the colleague who countersigns.
fn pending(facts: &Facts) -> Option<Section> {
    let pending = facts.pending.as_ref()?;
    let text = format!("{}，{}登记", words::time(pending.at), pending.by.name);
    let block = Section::new("待第二人复核").row(pending.step.name().1, text);
    let tag = facts.tag.clone();
    Some(block.row("遗体编号", tag).for_officers())
}
