//! What a visit may come to (rules B2.5, B5.13).

use yiwang_chassis::fault::FieldViolation;

use super::fields::{Check, Outcome, Visit};
use crate::domain::welfare::law::Ages;

/// What is wrong with it; `protected`: a protection case is open.
#[must_use]
pub fn violations(
    visit: &Visit,
    age: Option<u32>,
    ages: &Ages,
    protected: bool,
) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    let mut wrong = |at: &str, code: &'static str, message: &str| {
        found.push(FieldViolation::new(at, code, message));
    };
    let bad = visit.checks().iter().any(|(_, check)| *check == Check::Bad);
    if bad && visit.outcome == Outcome::Normal {
        let message = "有一项有问题，结果不能是“正常”，请选“需要帮助”或者“有危险”。";
        wrong("/outcome", "BAD_IS_NOT_NORMAL", message);
    }
    if visit.outcome != Outcome::Normal && visit.help.trim().is_empty() {
        let message = match visit.outcome {
            Outcome::NotFound => "请先报警，再写明报给了哪个派出所、什么时间。",
            Outcome::Risk => "请写明已经怎么处理、报告了谁。",
            _ => "请写明需要什么帮助、转给了谁。",
        };
        wrong("/help", "REQUIRED", message);
    }
    if visit.outcome == Outcome::NotFound {
        if visit.seen_alone {
            let message = "找不到人，就没有单独谈话，请核对。";
            wrong("/seen_alone", "NOT_SEEN", message);
        }
        return found;
    }
    if visit.findings.trim().is_empty() {
        wrong("/findings", "REQUIRED", "请写明走访看到的情况。");
    }
    if visit.said.trim().is_empty() {
        let message = "请写儿童自己怎么说；太小不会说的，写“年幼”。";
        wrong("/said", "REQUIRED", message);
    }
    if let Err(refusal) = ages.may_live(age, visit.living, protected)
        && visit.outcome != Outcome::Risk
    {
        let message = format!("{}结果请选“有危险，报告保护个案”。", refusal.message);
        wrong("/living", refusal.code, &message);
    }
    found
}
