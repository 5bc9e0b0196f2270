//! Documents to the applicant: plain Chinese, reasons and the way to appeal.

use jiff::civil::Date;
use yiwang_casework::{IssueDocument, decision::Missing};
use yiwang_civic::{money::Fen, time::Month};

use super::facts::Hearing;

/// Where to turn (社会救助法第七十六条).
pub const APPEAL: &str = "如对本决定不服，可以自收到本告知书之日起60日内依法申请行政复议，或者自收到之日起6个月内向人民法院提起行政诉讼。";

const NEXT: &str = "您还可以申请最低生活保障边缘家庭认定、刚性支出困难家庭认定或者临时救助。经您同意，已提交的材料可以直接使用，不需要重复提供。";

fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// A month in words.
#[must_use]
pub fn month(month: Month) -> String {
    format!("{}年{}月", month.year(), month.month())
}

/// Months from one through another in words.
#[must_use]
pub fn span(from: Month, through: Month) -> String {
    match from == through {
        true => month(from),
        false => format!("{}至{}", month(from), month(through)),
    }
}

fn document(kind: &'static str, title: &str, paragraphs: &[&str]) -> IssueDocument {
    let text = paragraphs.iter().filter(|text| !text.is_empty()).copied();
    IssueDocument {
        kind,
        title: title.to_owned(),
        text: text.collect::<Vec<_>>().join("\n"),
    }
}

/// 一次性补正告知书.
#[must_use]
pub fn correction(items: &[Missing]) -> IssueDocument {
    let rows = items
        .iter()
        .enumerate()
        .map(|(at, item)| format!("{}. {}：{}", at + 1, item.title, item.reason));
    let list = rows.collect::<Vec<_>>().join("\n");
    let head = "您的申请还需要补正下列内容。本清单为一次性告知，不会再要求补正其他材料：";
    document("correction", "一次性补正告知书", &[head, &list])
}

/// 受理通知书.
#[must_use]
pub fn acceptance(number: &str, accepted_on: Date, last_day: Date) -> IssueDocument {
    let text = format!(
        "您的最低生活保障申请（编号{number}）已于{}受理，将在{}前作出决定。工作人员会上门调查，并与有关部门核对家庭经济状况，不需要您开具证明。",
        day(accepted_on),
        day(last_day)
    );
    document("acceptance", "受理通知书", &[&text])
}

/// 核对结果告知书.
#[must_use]
pub fn check_failure(text: &str) -> IssueDocument {
    let head = "家庭经济状况信息核对结果与申报情况不一致：";
    let tail = "如有异议，请提交说明和依据，将重新核对。";
    document(
        "check_failure",
        "信息核对结果告知书",
        &[head, text.trim(), tail],
    )
}

/// 初审意见.
#[must_use]
pub fn opinion(recommend: bool, reasons: &str) -> IssueDocument {
    let head = if recommend {
        "建议给予最低生活保障。"
    } else {
        "建议不予最低生活保障。"
    };
    let tail = "这是乡镇（街道）的初审意见，不是最终决定。";
    document("first_opinion", "初审意见", &[head, reasons.trim(), tail])
}

/// 延期告知书.
#[must_use]
pub fn extension(reason: &str, last_day: Date) -> IssueDocument {
    let text = format!("因{reason}，办理期限延长至{}。", day(last_day));
    document("extension", "办理期限延长告知书", &[&text])
}

/// 确认通知书.
#[must_use]
pub fn confirmation(on: Date, members: usize, monthly: Fen, from: Month) -> IssueDocument {
    let text = format!(
        "经审核，{}决定给予您的家庭最低生活保障，保障{members}人，每月{monthly}元，从{}起按月发放到登记的账户。",
        day(on),
        month(from)
    );
    let duty = "家庭人口、收入、财产发生变化的，请及时告知乡镇（街道）。";
    document("confirmation", "最低生活保障确认通知书", &[&text, duty])
}

/// 不予确认告知书.
#[must_use]
pub fn refusal(on: Date, reasons: &str) -> IssueDocument {
    let head = format!(
        "经审核，{}决定对您的最低生活保障申请不予确认。理由：",
        day(on)
    );
    document(
        "refusal",
        "不予确认告知书",
        &[&head, reasons.trim(), NEXT, APPEAL],
    )
}

/// 终止告知书.
#[must_use]
pub fn termination(on: Date, reasons: &str) -> IssueDocument {
    let head = format!("{}终止审核您的最低生活保障申请。理由：", day(on));
    document(
        "termination",
        "终止审核告知书",
        &[&head, reasons.trim(), APPEAL],
    )
}

/// 备案表.
#[must_use]
pub fn county_filing(on: Date, monthly: Fen) -> IssueDocument {
    let text = format!(
        "乡镇（街道）于{}审核确认，每月{monthly}元，报县级民政部门备案。",
        day(on)
    );
    document("county_filing", "审核确认备案表", &[&text])
}

fn heard(hearing: Option<&Hearing>) -> String {
    hearing.map_or_else(String::new, |hearing| {
        format!(
            "作出决定前，已于{}听取您的意见：{}",
            day(hearing.on),
            hearing.said.trim()
        )
    })
}

/// 复核结果告知书: nothing changes.
#[must_use]
pub fn unchanged(on: Date) -> IssueDocument {
    let text = format!(
        "经{}复核，您家的最低生活保障金额不变，继续按月发放。",
        day(on)
    );
    document("recheck_unchanged", "复核结果告知书", &[&text])
}

/// 调整告知书.
#[must_use]
pub fn change(
    on: Date,
    (old, new): (Fen, Fen),
    from: Month,
    reasons: &str,
    hearing: Option<&Hearing>,
) -> IssueDocument {
    let head = format!(
        "{}决定，您家的最低生活保障金从{}起由每月{old}元调整为每月{new}元。理由：",
        day(on),
        month(from)
    );
    document(
        "change",
        "最低生活保障调整告知书",
        &[&head, reasons.trim(), &heard(hearing), APPEAL],
    )
}

/// 渐退告知书.
#[must_use]
pub fn grace(on: Date, last_day: Date, reasons: &str, hearing: Option<&Hearing>) -> IssueDocument {
    let head = format!(
        "因家庭成员就业、收入提高，{}决定给予渐退期。渐退期至{}，期间继续发放，期满停发。理由：",
        day(on),
        day(last_day)
    );
    document(
        "grace",
        "渐退期告知书",
        &[&head, reasons.trim(), &heard(hearing), APPEAL],
    )
}

/// 停发告知书.
#[must_use]
pub fn stop(on: Date, from: Month, reasons: &str, hearing: Option<&Hearing>) -> IssueDocument {
    let head = format!(
        "{}决定，从{}起停发最低生活保障金。理由：",
        day(on),
        month(from)
    );
    let next = "生活再有困难时，可以重新申请。";
    document(
        "stop",
        "停发告知书",
        &[&head, reasons.trim(), &heard(hearing), next, APPEAL],
    )
}

/// 停止救助决定 after fraud.
#[must_use]
pub fn fraud(
    on: Date,
    reasons: &str,
    recover: Fen,
    fine: Fen,
    hearing: Option<&Hearing>,
) -> IssueDocument {
    let head = format!("经查实，{}决定停止救助。认定的事实和依据：", day(on));
    let money = format!("责令退回{recover}元，罚款{fine}元（社会救助法第七十三条）。");
    document(
        "fraud_stop",
        "停止救助决定书",
        &[&head, reasons.trim(), &money, &heard(hearing), APPEAL],
    )
}
