//! The case as family and officers read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};

use super::{Entitlement, facts::Facts, shared::Answer, words::Finding};
use crate::domain::desk::day;

/// All blocks.
pub(in crate::domain::entitlements) fn sections<I: Entitlement>(case: &Case<I>) -> Vec<Section> {
    let facts = &case.facts;
    let mut blocks = vec![paid::<I>(facts)];
    if !facts.elsewhere.is_empty() {
        blocks.push(elsewhere(facts));
    }
    blocks.extend(shared(facts));
    blocks.extend(verified(facts));
    blocks.extend(to_look_at(facts));
    blocks.extend(cared_for(facts));
    blocks.extend(payee(facts));
    blocks
}

/// Who receives it: not for a guardian whom it was taken from.
fn payee(facts: &Facts) -> Option<Section> {
    let payee = facts.payee.as_ref()?;
    let (holder, account) = (payee.holder.clone(), payee.account.clone());
    let block = Section::new("领取人")
        .for_officers()
        .sensitive("户名", holder, Mask::Name, "/facts/payee/holder")
        .sensitive("账号", account, Mask::BankAccount, "/facts/payee/account");
    Some(match facts.duties.as_str() {
        "" => block,
        duties => block.row("照料责任", duties),
    })
}

fn paid<I: Entitlement>(facts: &Facts) -> Section {
    let mut block = Section::new(I::KIND.label());
    if !facts.cause.is_empty() {
        block = block.row("怎么来的", "系统发起核实，没有人申请");
    }
    if let Some(decided) = &facts.decided {
        let word = if decided.agrees {
            "确认"
        } else {
            "不予确认"
        };
        let text = format!("{}，{word}：{}", day(decided.on), decided.reasons);
        block = block.row("县级决定", text);
        let by = format!("初审{}，决定{}", decided.first.name, decided.second.name);
        block = block.row("经办", by);
    }
    if let Some(from) = facts.from {
        block = block.row("起始月份", from.to_string());
    }
    for drawn in &facts.draws {
        let text = match drawn.monthly_fen.0 {
            0 => format!("自{}起停止", drawn.from_month),
            _ => format!("自{}起每月{}元", drawn.from_month, drawn.monthly_fen.yuan()),
        };
        block = block.row(drawn.benefit.label(), text);
    }
    match &facts.payee {
        Some(payee) => block = block.row("发给", payee.kind.label()),
        None if facts.from.is_some() && facts.ended.is_none() => {
            block = block.row("发给", "还没有确定领取人，钱先存着，确定以后一并发放");
        }
        None => {}
    }
    for (month, fen, returned) in facts.payments.iter().rev() {
        let text = match returned.is_empty() {
            true => format!("{}元，已发放", fen.yuan()),
            false => format!("{}元，银行退回：{returned}", fen.yuan()),
        };
        block = block.row(month.to_string(), text);
    }
    for (fen, paper, on) in &facts.recovered {
        block = block.row(
            "追回",
            format!("{}，{}元，凭证{paper}", day(*on), fen.yuan()),
        );
    }
    if let Some(ended) = &facts.ended {
        let text = format!(
            "{}（{}），自{}起停发",
            ended.reason.label(),
            day(ended.on),
            ended.until
        );
        block = block.row("终止", text);
    }
    block
}

fn elsewhere(facts: &Facts) -> Section {
    let block = Section::new("跨省通办").row("受理地", place(&facts.elsewhere));
    match &facts.told {
        Some(told) => block.row("已告知申请人", format!("{}，{}", day(told.on), told.how)),
        None => block,
    }
}

fn place(code: &str) -> String {
    yiwang_civic::division::full_name(code).unwrap_or_else(|| code.to_owned())
}

fn shared(facts: &Facts) -> Option<Section> {
    let block = Section::new("部门数据").for_officers();
    let Some((answer, on)) = &facts.shared else {
        let asked = facts.asked?;
        return Some(block.row("核对", format!("{}发出，等待回复", day(asked))));
    };
    let mut block = block.row("核对日期", day(*on));
    for (id, who) in [("father", "父亲"), ("mother", "母亲"), ("child", "孩子")] {
        block = block.sensitive(
            who,
            known(answer, id),
            Mask::Hidden,
            format!("/facts/shared/{id}"),
        );
    }
    Some(block)
}

fn known(answer: &Answer, id: &str) -> String {
    let Some(known) = answer.of(id) else {
        return "没有核对（没有身份证号）".to_owned();
    };
    let mut words = Vec::new();
    let dated = [
        ("死亡", known.died_on),
        ("宣告失踪", known.declared_missing_on),
        ("撤销监护资格", known.custody_revoked_on),
        ("遣送（驱逐）出境", known.deported_on),
        ("重病", known.severely_ill_since),
        ("失联，公安机关查找", known.out_of_contact_since),
    ];
    words.extend(
        dated
            .iter()
            .filter_map(|(word, on)| on.map(|on| format!("{word}（{}）", day(on)))),
    );
    if let Some(disability) = &known.disability {
        let kind = match disability.kind.as_str() {
            "intellectual" => "智力",
            "mental" => "精神",
            "visual" => "视力",
            "hearing" => "听力",
            "speech" => "言语",
            "multiple" => "多重",
            _ => "肢体",
        };
        words.push(format!("{kind}残疾{}级", disability.level));
    }
    if let Some(term) = &known.detained {
        let until = term
            .until
            .map_or_else(String::new, |until| format!("至{}", day(until)));
        words.push(format!("服刑、戒毒等，自{}{until}", day(term.from)));
    }
    if let Some(school) = &known.school {
        words.push(
            if school.attends {
                "在校就读"
            } else {
                "不在校"
            }
            .to_owned(),
        );
    }
    for drawn in &known.benefits {
        words.push(format!(
            "{}每月{}元",
            drawn.benefit.label(),
            drawn.monthly_fen.yuan()
        ));
    }
    match (known.found, words.is_empty()) {
        (_, false) => words.join("；"),
        (true, true) => "没有查到相关情况".to_owned(),
        (false, true) => "人口库里没有这个人".to_owned(),
    }
}

fn parent(finding: &Finding) -> String {
    let mut text = finding.state.label().to_owned();
    for (word, day) in [("自", &finding.since), ("至", &finding.until)] {
        if !day.trim().is_empty() {
            text = format!("{text}，{word}{}", day.trim());
        }
    }
    match finding.proof.trim() {
        "" => text,
        proof => format!("{text}（{proof}）"),
    }
}

fn verified(facts: &Facts) -> Option<Section> {
    let (data, by, on) = facts.verified.as_ref()?;
    let methods: Vec<_> = data.methods.iter().map(|method| method.label()).collect();
    let word = if data.agrees {
        "建议确认"
    } else {
        "建议不予确认"
    };
    let mut block = Section::new("乡镇（街道）查验")
        .for_officers()
        .row("意见", format!("{}，{word}，{}", day(*on), by.name))
        .row("方式", methods.join("、"))
        .sensitive(
            "父亲",
            parent(&data.father),
            Mask::Hidden,
            "/facts/verified/father",
        )
        .sensitive(
            "母亲",
            parent(&data.mother),
            Mask::Hidden,
            "/facts/verified/mother",
        )
        .row(
            "见到孩子",
            if data.child_seen {
                "见到"
            } else {
                "没有见到"
            },
        )
        .row(
            "监护人能管理这笔钱",
            if data.guardian_able { "能" } else { "不能" },
        )
        .sensitive(
            "查验情况",
            data.findings.clone(),
            Mask::Hidden,
            "/facts/verified/findings",
        );
    if !data.differs.trim().is_empty() {
        block = block.row("和数据不一致的说明", data.differs.clone());
    }
    Some(block)
}

fn to_look_at(facts: &Facts) -> Option<Section> {
    let nothing = facts.found.is_empty() && facts.recheck.is_none() && facts.rechecks.is_empty();
    if nothing && facts.pending.is_none() && facts.reports.is_empty() {
        return None;
    }
    let mut block = Section::new("要核实的变化").for_officers();
    for found in &facts.found {
        block = block.row(day(found.on), found.text.clone());
    }
    for (nth, report) in facts.reports.iter().enumerate() {
        let pointer = format!("/facts/reports/{nth}");
        block = block.sensitive(
            format!("家庭报告，{}起", day(report.on)),
            report.what.clone(),
            Mask::Hidden,
            pointer,
        );
    }
    let settled = facts.rechecks.iter().map(|(data, on)| (data, *on));
    let open = facts.recheck.iter().map(|(data, _, on)| (data, *on));
    for (nth, (data, on)) in settled.chain(open).enumerate() {
        let label = format!("复核，{}，{}", day(on), data.outcome.label());
        let pointer = format!("/facts/rechecks/{nth}");
        block = block.sensitive(label, data.findings.clone(), Mask::Hidden, pointer);
    }
    if let Some(pending) = &facts.pending {
        block = block.row(
            "待决定",
            format!("{}已初审，等另一名工作人员决定", pending.by.name),
        );
    }
    Some(block)
}

fn cared_for(facts: &Facts) -> Option<Section> {
    let nothing = facts.aids.is_empty() && facts.agreement.is_none() && facts.school.is_none();
    if nothing && facts.national.is_empty() {
        return None;
    }
    let mut block = Section::new("养育和照料");
    for (aid, by) in &facts.aids {
        block = block.row("应急救助", format!("{}，{}（{by}）", day(aid.on), aid.what));
    }
    if let Some(agreement) = &facts.agreement {
        block = block.row("养育协议", format!("{}签订", day(agreement.on)));
    }
    if let Some(school) = &facts.school {
        let word = if school.attends {
            "在校就读"
        } else {
            "不再在校"
        };
        block = block.row("就学", format!("{}核实，{word}", day(school.on)));
    }
    if !facts.national.is_empty() {
        block = block.row("全国儿童福利信息系统", facts.national.clone());
    }
    Some(block)
}
