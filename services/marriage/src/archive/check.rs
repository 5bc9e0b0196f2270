//! One row by itself: what is missing, what cannot be, what does not fit together.
//!
//! Rows are normalised before. The paper is right and the law of its day judges it: a doubt is
//! put to a registrar, never mended here.

mod person;

use jiff::civil::Date;
use yiwang_civic::params::RuleBook;

use super::{
    columns::{Column, Entry},
    normalise::citizen,
    problem::Problem,
};
use crate::domain::{legal_age::AgeRules, record::RecordState};
use person::{MAN, WOMAN, person};

/// Characters of a cell at most, and of a remark.
const LONGEST: usize = 100;
const LONGEST_REMARK: usize = 1000;

/// What a row is judged by.
#[derive(Clone, Copy)]
pub(crate) struct Law<'a> {
    /// Dated parameters.
    pub(crate) rules: &'a RuleBook,
    /// Where the batch belongs.
    pub(crate) division: &'a str,
    /// The present day.
    pub(crate) today: Date,
}

impl Law<'_> {
    /// The ages of the marriage law in force on a day; none before there was one.
    fn ages(&self, on: Date) -> Option<AgeRules> {
        let rule = |id: &str, day| self.rules.lookup(id, self.division, day).ok();
        Some(AgeRules {
            man: rule("marriage.age.man", on)?.count().ok()?,
            woman: rule("marriage.age.woman", on)?.count().ok()?,
            birthday_counts: rule("marriage.age.birthday_counts", self.today)?
                .flag()
                .ok()?,
            leap_day_on_first_of_march: rule(
                "marriage.age.leap_day_on_first_of_march",
                self.today,
            )?
            .flag()
            .ok()?,
        })
    }
}

/// What a row registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// 结婚, 补办, 复婚
    Marriage,
    /// 离婚
    Divorce,
}

/// The kind of a normalised row.
pub(crate) fn kind(entry: &Entry) -> Option<Kind> {
    match entry.get(Column::Kind) {
        "结婚" | "补办" | "复婚" => Some(Kind::Marriage),
        "离婚" => Some(Kind::Divorce),
        _ => None,
    }
}

/// The day in a column of a normalised row.
pub(crate) fn day(entry: &Entry, column: Column) -> Option<Date> {
    entry.get(column).parse().ok()
}

/// How a marriage ended, in the words of old files.
pub(crate) fn ending(reason: &str) -> Option<RecordState> {
    let by_court = ["判决", "调解", "法院"]
        .iter()
        .any(|word| reason.contains(word));
    Some(match reason {
        _ if reason.contains("离婚") && by_court => RecordState::DivorcedCourt,
        "离婚" | "登记离婚" | "协议离婚" | "离婚登记" => RecordState::Divorced,
        _ if reason.contains("宣告死亡") => RecordState::EndedDeclared,
        "死亡" | "丧偶" | "一方死亡" | "男方死亡" | "女方死亡" => {
            RecordState::EndedDeath
        }
        "无效" | "婚姻无效" | "宣告无效" => RecordState::Void,
        "撤销登记" | "登记撤销" | "撤销婚姻登记" => RecordState::Revoked,
        "撤销" | "婚姻撤销" | "撤销婚姻" => RecordState::Annulled,
        _ => return None,
    })
}

/// Everything that is wrong with a normalised row.
pub(crate) fn check(entry: &Entry, law: &Law<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    for column in Column::ALL {
        found.extend(form(column, entry.get(column)));
    }
    if !entry.beside.is_empty() {
        let message = "这一行有内容写在列名之外，请核对是否错列。";
        found.push(Problem::of_row("BESIDE", message));
    }
    found.extend(number(entry));
    found.extend(registered(entry, law));
    for side in [MAN, WOMAN] {
        found.extend(person(entry, &side, law));
    }
    let (man, woman) = (entry.get(Column::ManId), entry.get(Column::WomanId));
    let citizens = || citizen(man).zip(citizen(woman));
    let same = man == woman || citizens().is_some_and(|(man, woman)| man == woman);
    if same && !man.is_empty() {
        let message = "男女双方的证件号是同一个人的，请核对。";
        found.push(Problem::at(Column::WomanId, "ID_SAME", message));
    }
    found.extend(end(entry, law));
    found
}

/// What no cell may hold.
fn form(column: Column, value: &str) -> Option<Problem> {
    let longest = if column == Column::Remark {
        LONGEST_REMARK
    } else {
        LONGEST
    };
    if value.chars().count() > longest {
        let message = format!("内容太长，最多{longest}个字。");
        return Some(Problem::at(column, "TOO_LONG", message));
    }
    if value.contains('\u{FFFD}') {
        let message = "有无法识别的字，请检查文件的编码后重新录入这一行。";
        return Some(Problem::at(column, "UNREADABLE", message));
    }
    None
}

fn number(entry: &Entry) -> Option<Problem> {
    let number = entry.get(Column::Number);
    if number.is_empty() {
        let message = "没有证字号，请与原件核对。";
        return Some(Problem::at(Column::Number, "NUMBER_MISSING", message));
    }
    let divorce = |prefix: &str| {
        let rest = number
            .strip_prefix("B")
            .unwrap_or(number)
            .strip_prefix(prefix);
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let other = match kind(entry)? {
        Kind::Marriage => divorce("L"),
        Kind::Divorce => divorce("J"),
    };
    other.then(|| {
        let message = "证字号的开头与业务类别不符（J为结婚证，L为离婚证），请核对。";
        Problem::at(Column::Number, "NUMBER_KIND", message)
    })
}

fn registered(entry: &Entry, law: &Law<'_>) -> Vec<Problem> {
    let mut found = Vec::new();
    found.extend(past_day(entry, Column::RegisteredOn, law));
    match entry.get(Column::Kind) {
        "" => found.push(Problem::at(Column::Kind, "REQUIRED", "请填写业务类别。")),
        _ if kind(entry).is_none() => {
            let message = "业务类别只能是结婚、离婚、补办或者复婚。";
            found.push(Problem::at(Column::Kind, "KIND", message));
        }
        _ => {}
    }
    found
}

/// A day that must be there, exist and lie behind us.
fn past_day(entry: &Entry, column: Column, law: &Law<'_>) -> Option<Problem> {
    let heading = column.heading();
    let at = |code, message: String| Some(Problem::at(column, code, message));
    match (entry.get(column), day(entry, column)) {
        ("", _) => at("REQUIRED", format!("请填写{heading}。")),
        (_, None) => at(
            "DATE",
            format!("{heading}不是一个存在的日期，请与原件核对。"),
        ),
        (_, Some(day)) if day > law.today => at("FUTURE", format!("{heading}还没有到，请核对。")),
        _ => None,
    }
}

fn end(entry: &Entry, law: &Law<'_>) -> Vec<Problem> {
    let (typed, reason) = (entry.get(Column::EndedOn), entry.get(Column::EndReason));
    let mut found = Vec::new();
    if typed.is_empty() && reason.is_empty() {
        return found;
    }
    if kind(entry) == Some(Kind::Divorce) {
        // A divorce certificate is itself the end; the columns may only repeat it.
        if !typed.is_empty() && typed != entry.get(Column::RegisteredOn) {
            let message = "离婚登记的结束日期就是登记日期，请核对。";
            found.push(Problem::at(Column::EndedOn, "END_OF_DIVORCE", message));
        }
        return found;
    }
    if reason.is_empty() {
        let message = "填了结束日期，请写明结束原因。";
        found.push(Problem::at(Column::EndReason, "END_REASON", message));
    } else if ending(reason).is_none() {
        let message = "结束原因请写：离婚、判决离婚、调解离婚、一方死亡、宣告死亡、婚姻无效、撤销婚姻或者撤销登记。";
        found.push(Problem::at(Column::EndReason, "END_REASON", message));
    }
    if typed.is_empty() {
        let message = "填了结束原因，请写明结束日期。";
        found.push(Problem::at(Column::EndedOn, "END_DATE", message));
        return found;
    }
    found.extend(past_day(entry, Column::EndedOn, law));
    let (from, to) = (
        day(entry, Column::RegisteredOn),
        day(entry, Column::EndedOn),
    );
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        let message = "结束日期早于登记日期，请核对。";
        found.push(Problem::at(Column::EndedOn, "END_BEFORE", message));
    }
    found
}

#[cfg(test)]
mod tests;
