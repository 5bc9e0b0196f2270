//! The case as registrars and the two read it, beyond the form.

use yiwang_casework::{Case, guide::Section};

use super::{DivorceRegistration, facts::Facts};
use crate::domain::{
    desk::{paper::day, suspicion},
    identity,
};

/// All blocks that have something to say.
pub(super) fn sections(case: &Case<DivorceRegistration>) -> Vec<Section> {
    let facts = &case.facts;
    let blocks = [
        identity_check(facts),
        days(facts),
        outcome(facts),
        counselling(facts),
        suspicion::section(&facts.violence),
    ];
    blocks
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}

fn identity_check(facts: &Facts) -> Section {
    identity::section(facts.identity.as_ref())
}

/// The days as the receipt prints them.
fn days(facts: &Facts) -> Section {
    let block = Section::new("冷静期和领证期限");
    let Some(acceptance) = &facts.acceptance else {
        return block;
    };
    let dates = &acceptance.receipt;
    block
        .row(
            "受理",
            format!("{}，{}", acceptance.hall_name, acceptance.by),
        )
        .row("受理日期", day(dates.received))
        .row("冷静期最后一日", day(dates.l1))
        .row("申领离婚证起始日", day(dates.first_day))
        .row("申领离婚证最后一日", day(dates.l2))
        .row("节假日安排版本", dates.calendar_version.clone())
        .row("受理时的协议版本", acceptance.agreement.clone())
}

fn outcome(facts: &Facts) -> Section {
    let mut block = Section::new("办理结果");
    if let Some(refused) = &facts.not_accepted {
        let text = format!(
            "{}，{}，{}",
            day(refused.on),
            refused.ground.label(),
            refused.by
        );
        block = block.row("不予受理", text);
    }
    if let Some(withdrawal) = &facts.withdrawal {
        let text = format!(
            "{}，{}撤回，经办{}",
            day(withdrawal.on),
            withdrawal.side.label(),
            withdrawal.by
        );
        block = block.row("撤回", text);
    }
    if let Some(registration) = &facts.registration {
        block = block
            .row("离婚证字号", registration.number.clone())
            .row("登记日期", day(registration.on))
            .row("登记员", registration.by.clone())
            .row("签署的协议版本", registration.agreement.clone());
    }
    if let Some(on) = facts.handed_over_on {
        block = block.row("发证日期", day(on));
    }
    if let Some(ended) = facts.ended {
        block = block.row(
            "终止",
            format!("{}，{}", day(ended.on), ended.cause.label()),
        );
    }
    block
}

fn counselling(facts: &Facts) -> Section {
    facts
        .counselling
        .iter()
        .fold(Section::new("辅导和调解"), |block, offer| {
            let word = if offer.accepted {
                "愿意接受"
            } else {
                "不接受"
            };
            block.row(offer.kind.label(), format!("{}，{word}", day(offer.on)))
        })
}
