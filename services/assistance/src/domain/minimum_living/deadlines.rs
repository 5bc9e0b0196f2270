//! The legal clocks: names, labels, law, and how their last day is counted.
//! Day counts are parameters; 工作日 and calendar days follow [`WorkCalendar`].

use jiff::{ToSpan as _, civil::Date};
use yiwang_casework::{Context, Refusal, decision::StartClock};
use yiwang_civic::{
    calendar::{Due, WorkCalendar},
    params::ParamError,
    time::{self, Month},
};

/// Total limit from acceptance.
pub const TOTAL: &str = "total";
/// Start of the investigation.
pub const INVESTIGATION_START: &str = "investigation_start";
/// Start of the check by the county.
pub const CHECK_START: &str = "check_start";
/// Telling the family that the check contradicts the form.
pub const TELL_CHECK: &str = "tell_check";
/// Seven days of the notice.
pub const NOTICE_END: &str = "notice_end";
/// Reporting to the county.
pub const REPORT: &str = "report";
/// County decision.
pub const COUNTY_DECISION: &str = "county_decision";
/// Written refusal to the applicant.
pub const REFUSAL_TOLD: &str = "refusal_told";
/// First day of the first payment month.
pub const PAYMENT_START: &str = "payment_start";
/// Next regular recheck.
pub const RECHECK_DUE: &str = "recheck_due";
/// Finishing a recheck.
pub const RECHECK_FINISH: &str = "recheck_finish";
/// End of grace.
pub const GRACE_END: &str = "grace_end";
/// Review after a death.
pub const DEATH_REVIEW: &str = "death_review";

/// Asking back what was paid too much.
pub const RECOVERY: &str = "recovery";

/// Clocks of the procedure, all stopped by its end.
pub const PROCEDURE: &[&str] = &[
    TOTAL,
    INVESTIGATION_START,
    CHECK_START,
    TELL_CHECK,
    NOTICE_END,
    REPORT,
    COUNTY_DECISION,
];

const M57: &str = "民发〔2021〕57号";

/// The total limit: `working_days` from acceptance, longer by the working days
/// of a notice that does not count (from the day after posting to its last day).
#[must_use]
pub fn total(
    calendar: &WorkCalendar,
    accepted_on: Date,
    working_days: u32,
    uncounted_notice: Option<(Date, Date)>,
) -> Due {
    let more = uncounted_notice.map_or(0, |(posted, last)| {
        calendar.working_days_between(posted, last)
    });
    calendar.add_working_days(accepted_on, working_days + more)
}

/// The clock of the total limit.
#[must_use]
pub fn total_clock(due: Due) -> StartClock {
    StartClock::warn(TOTAL, "作出审核确认决定", "民发〔2021〕57号第二十二条", due)
}

/// Months after `from` without moving off a day off: a maximum, not a period to act in.
#[must_use]
pub fn grace_end(from: Date, months: u32) -> Date {
    from.checked_add(i64::from(months).months()).unwrap_or(from)
}

/// Payment begins in the month after the decision (第二十一条).
#[must_use]
pub fn first_payment_month(decided_on: Date) -> Month {
    time::month_of(decided_on).next()
}

/// Last day of use of a report issued on `issued_on`.
#[must_use]
pub fn report_valid_until(issued_on: Date, days: u32) -> Date {
    issued_on
        .checked_add(i64::from(days).days())
        .unwrap_or(issued_on)
}

/// `limit` working days from today.
///
/// # Errors
/// The parameter is missing.
pub fn working(
    cx: &Context<'_>,
    name: &str,
    label: &str,
    basis: &str,
) -> Result<StartClock, Refusal> {
    let due = cx.working_days(&format!("minimum_living.days.{name}"))?;
    Ok(StartClock::warn(name, label, basis, due))
}

/// Investigation starts within 3 working days (第十五条).
///
/// # Errors
/// The parameter is missing.
pub fn investigation_start(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(
        cx,
        INVESTIGATION_START,
        "启动调查",
        &format!("{M57}第十五条"),
    )
}

/// The county starts the check within 3 working days (第十七条).
///
/// # Errors
/// The parameter is missing.
pub fn check_start(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(cx, CHECK_START, "启动信息核对", &format!("{M57}第十七条"))
}

/// The family is told promptly (第十八条).
///
/// # Errors
/// The parameter is missing.
pub fn tell_check(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(cx, TELL_CHECK, "告知核对结果", &format!("{M57}第十八条"))
}

/// The file goes to the county promptly (第二十条).
///
/// # Errors
/// The parameter is missing.
pub fn report(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(cx, REPORT, "上报县级民政部门", &format!("{M57}第二十条"))
}

/// The county decides within 10 working days (第二十一条).
///
/// # Errors
/// The parameter is missing.
pub fn county_decision(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(
        cx,
        COUNTY_DECISION,
        "县级作出决定",
        &format!("{M57}第二十一条"),
    )
}

/// A refusal is told within 3 working days (第二十一条).
///
/// # Errors
/// The parameter is missing.
pub fn refusal_told(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(
        cx,
        REFUSAL_TOLD,
        "书面告知送达",
        &format!("{M57}第二十一条"),
    )
}

/// A notice hangs for 7 days (第十九条).
///
/// # Errors
/// The parameter is missing.
pub fn notice(cx: &Context<'_>) -> Result<Due, ParamError> {
    cx.calendar_days("minimum_living.days.notice")
}

/// The clock that ends a notice.
#[must_use]
pub fn notice_clock(due: Due) -> StartClock {
    StartClock::fire(NOTICE_END, "公示期满", &format!("{M57}第十九条"), due)
}

/// The clock of the first payment month.
#[must_use]
pub fn payment_start(month: Month) -> StartClock {
    // Fires at the first instant of the month: the end of the day before.
    let last_day = month.previous().last_day();
    let due = Due {
        last_day,
        provisional: false,
    };
    StartClock::fire(PAYMENT_START, "开始发放", &format!("{M57}第二十一条"), due)
}

/// The next regular recheck, `months` from today (第三十一条).
#[must_use]
pub fn recheck_due(cx: &Context<'_>, months: u32) -> StartClock {
    let due = cx.calendar.add_months(cx.today(), months);
    StartClock::fire(RECHECK_DUE, "定期核查", &format!("{M57}第三十一条"), due)
}

/// A recheck is finished in a local number of working days.
///
/// # Errors
/// The parameter is missing.
pub fn recheck_finish(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(cx, RECHECK_FINISH, "完成复核", &format!("{M57}第三十一条"))
}

/// The clock that ends grace.
#[must_use]
pub fn grace_clock(last_day: Date) -> StartClock {
    let due = Due {
        last_day,
        provisional: false,
    };
    StartClock::fire(
        GRACE_END,
        "渐退期满",
        "进一步做好最低生活保障等社会救助兜底保障工作的通知一（三）",
        due,
    )
}

/// Review after a death, 3 months from it (N22).
///
/// # Errors
/// The parameter is missing.
pub fn death_review(cx: &Context<'_>, died_on: Date) -> Result<StartClock, Refusal> {
    let months = cx.rule("minimum_living.months.death_review")?.count()?;
    let due = cx.calendar.add_months(died_on, months);
    let basis = "进一步做好最低生活保障等社会救助兜底保障工作的通知";
    Ok(StartClock::warn(
        DEATH_REVIEW,
        "完成成员死亡复核",
        basis,
        due,
    ))
}

/// What was paid after a stop comes back within a local number of working days.
///
/// # Errors
/// The parameter is missing.
pub fn recovery(cx: &Context<'_>) -> Result<StartClock, Refusal> {
    working(
        cx,
        RECOVERY,
        "追回多发的款项",
        "多发的救助金应当退回，期限由当地规定",
    )
}

/// Last day on which a household may report a change without blame (N22 五（五）).
///
/// # Errors
/// The parameter is missing.
pub fn change_report(cx: &Context<'_>, changed_on: Date) -> Result<Due, ParamError> {
    let months = cx.rule("minimum_living.months.change_report")?.count()?;
    Ok(cx.calendar.add_months(changed_on, months))
}
