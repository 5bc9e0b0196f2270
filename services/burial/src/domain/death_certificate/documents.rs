//! Papers of an entered certificate.

use jiff::civil::Date;
use yiwang_casework::IssueDocument;

use super::form::Form;
use crate::domain::{
    dead::Dead,
    death::NewDeath,
    desk::{APPEAL, day, document},
};

fn when(dead: &Dead) -> String {
    match dead.died_time.trim() {
        "" => day(dead.died_on),
        time => format!("{}{time}", day(dead.died_on)),
    }
}

fn head(form: &Form) -> String {
    let paper = &form.paper;
    format!(
        "逝者{}，{}死亡。死亡证明由{}于{}签发。",
        form.dead.name.trim(),
        when(&form.dead),
        paper.issuer_name.trim(),
        day(paper.signed_on)
    )
}

/// 死亡信息登记告知.
pub(super) fn recorded(form: &Form, death: &NewDeath, on: Date) -> IssueDocument {
    let number = match death.identity.document {
        Some(_) => String::new(),
        None => format!("证明编号：{}。", death.number),
    };
    let next = "接下来：一、联系殡仪馆接运遗体；二、按当地规定注销户口；三、社会保险、救助、婚姻状况由系统联网更新，不用再交纸质证明。";
    document(
        "death_recorded",
        "死亡信息登记告知",
        &[&head(form), &number, next, &day(on)],
    )
}

/// 退回说明.
pub(super) fn returned(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    document(
        "death_returned",
        "死亡证明退回说明",
        &[&head(form), "退回的理由：", reasons, &day(on)],
    )
}

/// 更正告知.
pub(super) fn corrected(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    let now = format!("更正后：{}。理由：", head(form).trim_end_matches('。'));
    document(
        "death_corrected",
        "死亡信息更正告知",
        &[&now, reasons, &day(on)],
    )
}

/// 补发意见.
pub(super) fn reissued(form: &Form, parts: &str, on: Date) -> IssueDocument {
    let text = format!("同意补发：{parts}。补发只有一次，请妥善保管。");
    document(
        "death_reissued",
        "死亡证明补发意见",
        &[&head(form), &text, &day(on)],
    )
}

/// 作废决定.
pub(super) fn voided(form: &Form, reasons: &str, on: Date) -> IssueDocument {
    document(
        "death_voided",
        "死亡证明作废决定",
        &[
            &head(form),
            "决定作废，死亡登记撤销。理由：",
            reasons,
            APPEAL,
            &day(on),
        ],
    )
}
