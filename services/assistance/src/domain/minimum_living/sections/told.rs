//! What other services told of the family.

use yiwang_casework::guide::{Mask, Section};

use crate::domain::minimum_living::{documents::month, facts::Facts, form::Form};

/// Deaths, marriages and payments that wait.
pub(super) fn rows(mut block: Section, form: &Form, facts: &Facts) -> Section {
    for death in &facts.deaths {
        let who = form
            .everybody()
            .find(|one| one.id().is_some_and(|id| id.as_str() == death.id_number));
        let name = who.map_or("", |one| one.name.trim());
        let pointer = format!("/sections/death/{}", who.map_or(0, |one| one.index));
        let (label, revoked) = match death.revoked_on {
            Some(day) => ("登记死亡后撤销的成员", format!("，{day}撤销")),
            None => ("去世成员", String::new()),
        };
        let text = format!("{}（{}{revoked}）", death.died_on, death.source);
        block = block
            .sensitive(label, name, Mask::Name, pointer)
            .row("去世日期", text);
    }
    for (at, change) in facts.marital.iter().enumerate() {
        let pointer = format!("/sections/marital/{at}");
        block = block
            .sensitive(
                "婚姻状况变化",
                form.name_of(change.index).trim(),
                Mask::Name,
                pointer,
            )
            .row(
                "变化",
                format!("{}，{}（婚姻登记）", change.change, change.on),
            );
    }
    for (at, hold) in facts.holds.iter().enumerate() {
        let pointer = format!("/sections/hold/{at}");
        let text = match hold.lifted_on {
            Some(day) => format!("{}起，{day}恢复", month(hold.from)),
            None => format!("{}起，待核实是否健在", month(hold.from)),
        };
        block = block
            .sensitive(
                "暂缓发放",
                form.name_of(hold.index).trim(),
                Mask::Name,
                pointer,
            )
            .row("暂缓月份", text);
    }
    block
}
