use proptest::prelude::*;

use super::*;

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn calendar() -> &'static WorkCalendar {
    WorkCalendar::embedded()
}

#[test]
fn kinds_of_days_2024_to_2026() {
    use DayKind::{Holiday, MakeUp, Weekend, Workday};
    for (text, kind) in [
        ("2024-02-04", MakeUp),
        ("2024-02-09", Workday), // 除夕 2024 was worked by law
        ("2024-02-10", Holiday("春节")),
        ("2024-02-17", Holiday("春节")),
        ("2024-02-18", MakeUp),
        ("2024-04-07", MakeUp),
        ("2024-09-14", MakeUp),
        ("2024-09-16", Holiday("中秋节")),
        ("2024-10-08", Workday),
        ("2024-10-12", MakeUp),
        ("2025-01-01", Holiday("元旦")),
        ("2025-01-26", MakeUp),
        ("2025-01-28", Holiday("春节")), // 除夕 is a day off since 2025
        ("2025-02-04", Holiday("春节")),
        ("2025-02-05", Workday),
        ("2025-02-08", MakeUp),
        ("2025-05-31", Holiday("端午节")),
        ("2025-10-08", Holiday("国庆节")),
        ("2025-10-11", MakeUp),
        ("2026-01-02", Holiday("元旦")),
        ("2026-01-04", MakeUp),
        ("2026-02-14", MakeUp),
        ("2026-02-23", Holiday("春节")),
        ("2026-02-28", MakeUp),
        ("2026-04-06", Holiday("清明节")),
        ("2026-05-09", MakeUp),
        ("2026-05-16", Weekend),
        ("2026-10-10", MakeUp),
        ("2027-02-06", Weekend),
        ("2027-02-08", Workday),         // no notice for 2027 yet
        ("2027-01-01", Holiday("元旦")), // off in every year
    ] {
        assert_eq!(calendar().kind_of(day(text)), kind, "{text}");
    }
}

#[test]
fn days_worked_in_a_year() {
    let worked =
        |year: i16| calendar().working_days_between(date(year - 1, 12, 31), date(year, 12, 31));
    assert_eq!((worked(2024), worked(2025), worked(2026)), (251, 248, 248));
}

#[test]
fn working_days() {
    for (start, n, last) in [
        ("2026-05-12", 3, "2026-05-15"),
        ("2026-05-12", 30, "2026-06-24"), // over 端午节
        ("2026-05-15", 1, "2026-05-18"),
        ("2026-04-30", 1, "2026-05-06"), // over 劳动节
        ("2026-04-30", 4, "2026-05-09"), // a Saturday that is worked
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"), // over 春节
        ("2026-02-13", 7, "2026-03-02"),
        ("2025-09-26", 1, "2025-09-28"),
        ("2025-09-30", 1, "2025-10-09"), // over 国庆节 and 中秋节
        ("2025-09-30", 3, "2025-10-11"),
        ("2025-09-30", 4, "2025-10-13"),
        ("2024-02-08", 1, "2024-02-09"),
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-09-30", 5, "2024-10-12"),
        ("2025-01-27", 3, "2025-02-07"),
        ("2025-01-27", 4, "2025-02-08"),
        ("2025-10-03", 1, "2025-10-09"), // received on a day off
        ("2026-05-16", 0, "2026-05-18"),
        ("2026-05-12", 0, "2026-05-12"),
    ] {
        let due = calendar().add_working_days(day(start), n);
        assert_eq!(
            (due.last_day, due.provisional),
            (day(last), false),
            "{start} + {n}"
        );
    }
}

#[test]
fn calendar_days_and_months() {
    type Add = fn(&WorkCalendar, Date, u32) -> Due;
    let (days, months): (Add, Add) = (WorkCalendar::add_calendar_days, WorkCalendar::add_months);
    for (add, start, n, last) in [
        (days, "2026-05-12", 7, "2026-05-19"),
        (days, "2026-05-09", 7, "2026-05-18"), // ends on a Saturday
        (days, "2026-09-24", 7, "2026-10-08"), // ends on 1 October
        (days, "2026-05-02", 7, "2026-05-09"), // ends on a Saturday that is worked
        (days, "2025-12-27", 7, "2026-01-04"), // ends in 元旦, before a worked Sunday
        (days, "2024-02-03", 7, "2024-02-18"), // ends on the first day of 春节
        (days, "2026-01-05", 30, "2026-02-04"),
        (days, "2026-01-20", 30, "2026-02-24"), // ends in 春节
        (days, "2026-05-12", 0, "2026-05-12"),
        (months, "2026-01-31", 1, "2026-02-28"), // clamped, a Saturday that is worked
        (months, "2024-01-31", 1, "2024-02-29"),
        (months, "2023-08-31", 6, "2024-02-29"),
        (months, "2025-03-31", 1, "2025-04-30"),
        (months, "2025-08-30", 6, "2026-02-28"),
        (months, "2025-07-31", 7, "2026-02-28"),
        (months, "2026-04-03", 1, "2026-05-06"), // ends in 劳动节
        (months, "2026-03-16", 2, "2026-05-18"), // ends on a Saturday
        (months, "2024-02-29", 12, "2025-02-28"),
        (months, "2025-01-02", 12, "2026-01-04"), // ends in 元旦
    ] {
        let due = add(calendar(), day(start), n);
        assert_eq!(
            (due.last_day, due.provisional),
            (day(last), false),
            "{start} + {n}"
        );
    }
}

#[test]
fn beyond_the_notices_is_provisional() {
    let of = |due: Due| (due.last_day.to_string(), due.provisional);
    let provisional = |text: &str| (text.to_owned(), true);
    assert_eq!(calendar().last_published_year(), 2026);
    assert_eq!(
        of(calendar().add_working_days(day("2026-12-28"), 5)),
        provisional("2027-01-05")
    );
    assert_eq!(
        of(calendar().add_months(day("2026-06-01"), 12)),
        provisional("2027-06-01")
    );
    // The notice for the next year may still give a day off at the end of this one.
    assert_eq!(
        of(calendar().add_working_days(day("2026-12-28"), 3)),
        provisional("2026-12-31")
    );
    assert!(
        !calendar()
            .add_working_days(day("2026-12-25"), 1)
            .provisional
    );
    // A weekend at the end of the year settles in the next.
    assert!(
        calendar()
            .add_calendar_days(day("2026-12-28"), 4)
            .provisional
    );
    assert!(
        calendar()
            .add_working_days(day("2023-12-20"), 10)
            .provisional
    );
    let far = calendar().add_months(day("2026-06-01"), u32::MAX);
    assert_eq!((far.last_day, far.provisional), (Date::MAX, true));
    assert_eq!(
        calendar()
            .add_calendar_days(day("2026-06-01"), u32::MAX)
            .last_day,
        Date::MAX
    );
}

#[test]
fn a_new_notice_moves_what_was_provisional() {
    let notice = r#"{"2027": {"holidays": {"2027-01-01": "New Year's Day", "2027-01-04": "New Year's Day"},
        "make_up_workdays": {"2027-01-09": "New Year's Day"}}}"#;
    let newer = calendar().extended_with(notice).unwrap();
    let before = calendar().add_working_days(day("2026-12-28"), 5);
    let after = newer.add_working_days(day("2026-12-28"), 5);
    assert_eq!(
        (before.last_day, after.last_day),
        (day("2027-01-05"), day("2027-01-06"))
    );
    assert!(!after.provisional);
    assert_eq!(newer.last_published_year(), 2027);
    assert!(newer.version().starts_with("2027.") && calendar().version().starts_with("2026."));
    assert_ne!(newer.version(), calendar().version());
}

#[test]
fn bad_notices_are_refused() {
    let year = |body: &str| format!(r#"{{"2026": {body}}}"#);
    let none = r#"{"holidays": {}, "make_up_workdays": {}}"#;
    assert!(WorkCalendar::parse(&year(none)).is_ok());
    for bad in [
        "{}".to_owned(),
        "[]".to_owned(),
        year("{}"),
        year(r#"{"holidays": {"2025-01-01": "x"}, "make_up_workdays": {}}"#),
        year(r#"{"holidays": {"2026-01-32": "x"}, "make_up_workdays": {}}"#),
        year(r#"{"holidays": {"2026-01-01": "x"}, "make_up_workdays": {"2026-01-01": "x"}}"#),
        format!(r#"{{"2024": {none}, "2026": {none}}}"#),
    ] {
        assert!(WorkCalendar::parse(&bad).is_err(), "{bad}");
    }
}

fn any_day() -> impl Strategy<Value = Date> {
    (0_i32..1800).prop_map(|n| date(2023, 6, 1).checked_add(n.days()).unwrap())
}

proptest! {
    #[test]
    fn every_period_ends_on_a_working_day(start in any_day(), n in 0_u32..400) {
        for due in [
            calendar().add_working_days(start, n),
            calendar().add_calendar_days(start, n),
            calendar().add_months(start, n % 40),
        ] {
            prop_assert!(calendar().is_working_day(due.last_day));
            prop_assert!(due.last_day >= start);
        }
    }

    #[test]
    fn longer_or_later_never_ends_earlier(start in any_day(), n in 0_u32..300, more in 0_u32..20) {
        let later = start.checked_add(i64::from(more).days()).unwrap();
        for add in [WorkCalendar::add_working_days, WorkCalendar::add_calendar_days, WorkCalendar::add_months] {
            let due = add(calendar(), start, n).last_day;
            prop_assert!(add(calendar(), start, n + more).last_day >= due);
            prop_assert!(add(calendar(), later, n).last_day >= due);
        }
    }

    #[test]
    fn counting_undoes_adding(start in any_day(), n in 1_u32..300) {
        let due = calendar().add_working_days(start, n);
        prop_assert_eq!(calendar().working_days_between(start, due.last_day), n);
        prop_assert_eq!(calendar().working_days_between(due.last_day, start), 0);
    }
}
