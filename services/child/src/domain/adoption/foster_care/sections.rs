//! The case as officers and family read it.

use yiwang_casework::{
    Case,
    guide::{Mask, Section},
};
use yiwang_civic::money::Fen;

use super::{FosterCare, facts::Facts};
use crate::domain::desk::{day, month};

/// All blocks.
pub(super) fn sections(case: &Case<FosterCare>) -> Vec<Section> {
    let mut blocks = vec![life(&case.facts), seen(&case.facts)];
    blocks.retain(|block| !block.rows.is_empty());
    blocks
}

fn life(facts: &Facts) -> Section {
    let mut block = Section::new("寄养情况");
    if let Some((_, on, by)) = &facts.assessed {
        block = block.row("评估合格", format!("{}，{by}", day(*on)));
    }
    if let Some((from, _)) = &facts.trial {
        block = block.row("开始融合", day(*from));
    }
    if let Some((agreement, on)) = &facts.agreement {
        let text = format!(
            "{}，{}签订，到{}",
            agreement.number,
            day(*on),
            agreement.until
        );
        block = block.row("寄养协议", text);
    }
    if let Some((_, on)) = &facts.placed {
        block = block.row("入户", day(*on));
    }
    if let Some((fen, from, to)) = &facts.fee {
        let to = match to.as_str() {
            "" => "至今".to_owned(),
            to => format!("到{}", month(to)),
        };
        let of = match facts.fee_of.as_str() {
            "" => String::new(),
            of => format!("（{}的标准）", month(of)),
        };
        let text = format!(
            "按当月标准发放，每月{}元{of}，{}{to}",
            Fen(*fen),
            month(from)
        );
        block = block.row("劳务费", text);
    }
    if let Some((account, on)) = &facts.account {
        let text = format!("{}，{}", account.bank, account.account);
        block = block.sensitive(
            format!("劳务费账户，{}登记", day(*on)),
            text,
            Mask::Hidden,
            "/facts/account",
        );
    }
    for (on, fen) in &facts.overpaid {
        let text = format!("{}元，寄养已经结束，要收回", Fen(*fen));
        block = block.row(format!("多发{}劳务费", month(on)), text);
    }
    for (on, fen, returned) in facts.payments.iter().rev() {
        let text = match returned.as_str() {
            "" => format!("{}元，已发放", Fen(*fen)),
            why => format!("{}元，银行退回：{why}", Fen(*fen)),
        };
        block = block.row(format!("{}劳务费", month(on)), text);
    }
    if let Some((on, why)) = &facts.ended {
        block = block.row("结束", format!("{}，{why}", day(*on)));
    }
    if !facts.refused.is_empty() {
        block = block.row("不符合条件的理由", facts.refused.clone());
    }
    block
}

fn seen(facts: &Facts) -> Section {
    let mut block = Section::new("融合和探访").for_officers();
    if let Some((assess, ..)) = &facts.assessed {
        let text = assess.findings.clone();
        block = block.sensitive("上门评估", text, Mask::Hidden, "/facts/assessed");
    }
    if let Some((_, words)) = &facts.trial {
        block = block.sensitive(
            "融合前儿童的意见",
            words.clone(),
            Mask::Hidden,
            "/facts/trial",
        );
    }
    for (nth, (trial, on)) in facts.trials.iter().enumerate() {
        let good = if trial.good { "良好" } else { "不好" };
        let text = format!("{}；儿童：{}", trial.findings, trial.words);
        let pointer = format!("/facts/trials/{nth}");
        block = block.sensitive(
            format!("融合{good}，{}", day(*on)),
            text,
            Mask::Hidden,
            pointer,
        );
    }
    for (nth, (visit, on, by)) in facts.visits.iter().enumerate() {
        let label = format!("探访，{}，{by}", day(*on));
        let pointer = format!("/facts/visits/{nth}");
        block = block.sensitive(label, visit.findings.clone(), Mask::Hidden, pointer);
    }
    if let Some(end) = &facts.end {
        let text = end.words.clone();
        block = block.row("儿童去向", end.to.clone()).sensitive(
            "结束时儿童的意见",
            text,
            Mask::Hidden,
            "/facts/end",
        );
    }
    block
}
