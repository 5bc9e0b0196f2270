//! Birth as a span of days, from the birth date, the citizen number or the age.

use crate::domain::kin::{
    day::{self, Day, Span},
    report::Report,
};

/// The narrowest span that the report gives.
pub fn of(report: &Report) -> Option<Span> {
    let written = report.birth_date.as_deref().and_then(day::span);
    let by_id = report.id_number.as_deref().and_then(from_id);
    match (written, by_id) {
        (Some(w), Some(i)) if w.last - w.first > 200 => Some(i),
        (Some(w), _) => Some(w),
        (None, Some(i)) => Some(i),
        (None, None) => from_age(report),
    }
}

fn from_id(id: &str) -> Option<Span> {
    let (y, m, d) = (id.get(6..10)?, id.get(10..12)?, id.get(12..14)?);
    day::span(&format!("{y}-{m}-{d}"))
}

fn from_age(report: &Report) -> Option<Span> {
    let at = report.report_date.as_deref().and_then(day::span)?.first;
    let age = report.age_at_report?;
    let years = |n: i32| (f64::from(n) * 365.2425) as Day;
    Some(Span {
        first: at - years(age + 3),
        last: at - years(age - 2),
    })
}

/// Whole years at a day, as a range.
pub fn age_at(birth: Span, at: Day) -> (i32, i32) {
    let years = |from: Day| (f64::from(at - from) / 365.2425).floor() as i32;
    (years(birth.last), years(birth.first))
}

const ANIMALS: [&str; 12] = [
    "鼠", "牛", "虎", "兔", "龙", "蛇", "马", "羊", "猴", "鸡", "狗", "猪",
];

/// Number of an animal sign, 0 for 鼠.
pub fn animal(text: &str) -> Option<u8> {
    let found = ANIMALS.iter().position(|a| text.contains(a))?;
    u8::try_from(found).ok()
}

/// Share of the span that lies in years of the animal; the year begins about 5 February.
pub fn share_in(birth: Span, animal: u8) -> f32 {
    let days = birth.last - birth.first + 1;
    let step = (days / 12).max(1);
    let of =
        |d: Day| ((day::year_of(d) - 0.1).floor() as i32 - 4).rem_euclid(12) == i32::from(animal);
    let (mut hit, mut all, mut d) = (0, 0, birth.first);
    while d <= birth.last {
        hit += i32::from(of(d));
        all += 1;
        d += step;
    }
    hit as f32 / all.max(1) as f32
}

/// Animal of a year.
pub fn year_of_animal(year: i32) -> u8 {
    (year - 4).rem_euclid(12) as u8
}
