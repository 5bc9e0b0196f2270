//! The case as the registrar and the two read it, beyond the form.

use yiwang_casework::{Case, guide::Mask, guide::Section};

use super::{
    MarriageRegistration,
    documents::day,
    facts::Facts,
    fields::stated_label,
    form::{Form, Named},
};
use crate::domain::desk::suspicion;
use crate::domain::identity::Seen;

/// All blocks that have something to say.
#[must_use]
pub(super) fn sections(case: &Case<MarriageRegistration>) -> Vec<Section> {
    let (form, facts) = (&case.form, &case.facts);
    let blocks = [
        matter(form, facts),
        checked(form, facts),
        ahead(facts),
        dishonest(form, facts),
        suspicion::section(&facts.violence),
        papers(form, facts),
        declaration(form, facts),
        registration(facts),
        end(facts),
    ];
    let blocks = blocks.into_iter();
    blocks.filter(|block| !block.rows.is_empty()).collect()
}

fn matter(form: &Form, facts: &Facts) -> Section {
    let block = Section::new("登记事项")
        .row("登记种类", form.kind.label())
        .row("婚姻登记处", facts.hall.clone());
    let block = match form.appointment.trim() {
        "" => block,
        number => block.row("预约号", number),
    };
    match form.lived_together_since {
        Some(since) => block.row("以夫妻名义共同生活", format!("{}起", day(since))),
        None => block,
    }
}

fn checked(form: &Form, facts: &Facts) -> Section {
    let mut block = Section::new("联网核对");
    let Some(check) = &facts.identity else {
        return block;
    };
    block = block.row("核对日期", day(check.on));
    for Named { side, index, .. } in form.by_sex() {
        let identity = match check.people.get(index) {
            None => "没有结果",
            Some(Seen { matches: false, .. }) => "姓名与身份证件不一致",
            Some(Seen { alive: false, .. }) => "记载为已经死亡",
            Some(_) => "一致",
        };
        block = block.row(format!("{side}身份"), identity);
        if let Some(status) = facts.register.get(index) {
            block = block.row(format!("{side}婚姻状况（登记系统）"), status.clone());
        }
    }
    block
}

/// What stands in the way, while something still can be done about it.
fn ahead(facts: &Facts) -> Section {
    let block = Section::new("预审提示");
    let open = facts.registration.is_none() && facts.refusal.is_none();
    match &facts.identity {
        Some(_) if open && facts.findings.is_empty() => {
            block.row("结果", "没有发现不予登记的情形，可以继续办理。")
        }
        Some(_) if open => facts.findings.iter().fold(block, |block, found| {
            block.row("请处理", found.message.clone())
        }),
        _ => block,
    }
}

/// A hint, never a refusal: whoever is listed may marry, and their papers are looked at twice.
fn dishonest(form: &Form, facts: &Facts) -> Section {
    let block = Section::new("失信提示").for_officers();
    let listed = |one: &Named<'_>| facts.dishonest.iter().find(|it| it.person == one.index);
    let both = form.by_sex();
    let found = both.iter().filter_map(|one| Some((one, listed(one)?)));
    found.fold(block, |block, (one, it)| {
        let words = format!(
            "在婚姻登记失信名单上，到{}为止。请仔细查验证件和声明；不是不予登记的理由。",
            day(it.until)
        );
        block.row(one.side, words)
    })
}

fn papers(form: &Form, facts: &Facts) -> Section {
    let mut block = Section::new("证明材料");
    for Named { side, index, .. } in form.by_sex() {
        let own = facts.papers.iter().enumerate();
        for (at, one) in own.filter(|(_, one)| one.person == index) {
            let label = format!("{side}：{}", one.paper.label());
            let value = format!("{}，{}", one.issuer, one.number);
            block = block.sensitive(label, value, Mask::Hidden, format!("/sections/papers/{at}"));
        }
    }
    block
}

fn declaration(form: &Form, facts: &Facts) -> Section {
    let block = Section::new("双方声明");
    let Some(signed) = &facts.declaration else {
        return block;
    };
    let mut block = block
        .row("签署日期", day(signed.on))
        .row("监誓的婚姻登记员", signed.before.clone());
    for Named { side, index, .. } in form.by_sex() {
        if let Some(stated) = signed.stated.get(index) {
            block = block.row(format!("{side}婚姻状况"), stated_label(*stated));
        }
    }
    let told = if signed.illness_told {
        "已告知"
    } else {
        "没有勾选，请当面提示双方（不影响登记）"
    };
    block
        .row("亲属关系", signed.kin.label())
        .row("重大疾病告知提示", told)
        .row("合影照片", format!("{}张", signed.photos))
}

fn registration(facts: &Facts) -> Section {
    let mut block = Section::new("登记结果");
    if let Some(one) = &facts.registration {
        block = block
            .row("结婚证字号", one.number.clone())
            .row("登记日期", day(one.on))
            .row("登记种类", one.kind.label())
            .row("婚姻登记员", one.by.clone());
        if one.effective_from < one.on {
            block = block.row("婚姻效力起算日", day(one.effective_from));
        }
    }
    if let Some(one) = &facts.handed_over {
        let ceremony = if one.ceremony {
            "，举行颁证仪式"
        } else {
            ""
        };
        block = block.row(
            "领证",
            format!("{}{ceremony}，颁证员{}", day(one.on), one.by),
        );
    }
    match facts.archived_on {
        Some(on) => block.row("归档", day(on)),
        None => block,
    }
}

fn end(facts: &Facts) -> Section {
    let block = Section::new("未登记的原因");
    match (&facts.refusal, &facts.cancelled) {
        (Some(one), _) => block
            .row("不予登记", one.ground.label())
            .row("理由", one.reasons.clone())
            .row("决定日期", day(one.on))
            .row("婚姻登记员", one.by.clone()),
        (None, Some(reasons)) => block.row("取消的原因", reasons.clone()),
        (None, None) => block,
    }
}
