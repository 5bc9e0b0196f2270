//! What other services told of the family.

use yiwang_casework::guide::{Mask, Section};

use crate::domain::minimum_living::{documents::month, facts::Facts, form::Form};

fn name<'a>(form: &'a Form, id_number: &str) -> &'a str {
    let index = form.index_of(id_number);
    index.map_or("", |index| form.name_of(index).trim())
}

/// Deaths, marriages and payments that wait.
pub(super) fn rows(mut block: Section, form: &Form, facts: &Facts) -> Section {
    for death in &facts.deaths {
        let at = form.index_of(&death.id_number).unwrap_or_default();
        let pointer = format!("/sections/death/{at}");
        let (label, revoked) = match death.revoked_on {
            Some(day) => ("登记死亡后撤销的成员", format!("，{day}撤销")),
            None => ("去世成员", String::new()),
        };
        let text = format!("{}（{}{revoked}）", death.died_on, death.source);
        block = block
            .sensitive(label, name(form, &death.id_number), Mask::Name, pointer)
            .row("去世日期", text);
    }
    for (at, change) in facts.marital.iter().enumerate() {
        let pointer = format!("/sections/marital/{at}");
        block = block
            .sensitive(
                "婚姻状况变化",
                name(form, &change.id_number),
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
            .sensitive("暂缓发放", name(form, &hold.id_number), Mask::Name, pointer)
            .row("暂缓月份", text);
    }
    block
}
