//! The case as it is read.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::money::Fen;

use super::MedicalProject;
use crate::domain::{desk::day, projects::words::yuan};

/// All blocks.
pub(super) fn sections(case: &Case<MedicalProject>) -> Vec<Section> {
    [review(case), cost(case)]
        .into_iter()
        .filter(|block| !block.rows.is_empty())
        .collect()
}

fn review(case: &Case<MedicalProject>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("审核和治疗");
    if let Some((check, on, by)) = &facts.checked {
        let word = if check.recommend {
            "建议同意"
        } else {
            "不建议同意"
        };
        block = block
            .row("乡镇（街道）核实", format!("{}，{word}，{by}", day(*on)))
            .sensitive(
                "核实情况",
                check.findings.clone(),
                Mask::Hidden,
                "/facts/checked/findings",
            );
    }
    if let Some((by, on)) = &facts.agreed {
        block = block.row("县级确认", format!("{}，{}", day(*on), by.name));
    }
    if let Some((treat, on, by)) = &facts.treated {
        let text = format!(
            "{}至{}，{by}{}登记",
            day(treat.from),
            day(treat.to),
            day(*on)
        );
        block = block.row("治疗", text).sensitive(
            "治疗、康复情况",
            treat.findings.clone(),
            Mask::Hidden,
            "/facts/treated/findings",
        );
    }
    if !facts.ended.is_empty() {
        block = block.row("说明", facts.ended.clone());
    }
    block
}

fn cost(case: &Case<MedicalProject>) -> Section {
    let facts = &case.facts;
    let mut block = Section::new("费用");
    if let Some((bill, left, on, by)) = &facts.billed {
        block = block
            .row("费用总额", yuan(Fen(bill.total)))
            .row("医保报销", yuan(Fen(bill.insurance)))
            .row("医疗救助和其他报销", yuan(Fen(bill.aid)))
            .row("自己负担、由项目支付", yuan(*left))
            .row("发票", format!("{}，{}", bill.invoice, bill.papers.words()))
            .row("报账", format!("{}，{by}", day(*on)))
            .row("付给", case.form.payee.label());
    }
    if let Some(pending) = &facts.pending {
        block = block.row("支付", format!("{}登记，待另一人复核", pending.by.name));
        if let Some(to) = &pending.step.to {
            let text = format!("{}，{}，{}", to.holder, to.bank, to.account);
            block = block.sensitive("收款账户", text, Mask::Hidden, "/facts/pending");
        }
    }
    if let Some(ordered) = &facts.ordered {
        block = block.row("支付", ordered.words());
    }
    if let Some(paid) = &facts.paid {
        block = block.row("支付", paid.words());
    }
    block
}
