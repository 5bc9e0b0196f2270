//! From which day the law counts a marriage registered late 补办 (法释〔2020〕22号 第六条):
//! from when both met the conditions of the Civil Code.

use jiff::{ToSpan as _, civil::Date};
use yiwang_civic::citizen_id::Sex;

use super::couple::{Couple, One};
use crate::domain::{
    legal_age::{AgeRules, of_age},
    record::RecordState,
};

/// The day: living together of their own will, both of age, neither married to somebody else.
/// Never later than the registration itself.
#[must_use]
pub fn effective_from(couple: &Couple<'_>, since: Date) -> Date {
    let conditions = couple.both.iter().flat_map(|one| {
        let of_age = of_age_from(one, &couple.ages);
        of_age.into_iter().chain(last_end(one))
    });
    conditions.fold(since, Date::max).min(couple.on)
}

/// The first day on which this one is of age.
pub(super) fn of_age_from(one: &One<'_>, ages: &AgeRules) -> Option<Date> {
    let years = match one.sex {
        Sex::Male => ages.man,
        Sex::Female => ages.woman,
    };
    let birthday = one.born.checked_add(i64::from(years).years()).ok()?;
    // The rules may move it by a day or two: birthdays that count or not, 29 February.
    let mut days = std::iter::successors(Some(birthday), |day| day.tomorrow().ok()).take(3);
    days.find(|day| of_age(one.sex, one.born, *day, ages))
}

/// When the last earlier marriage ended. One that never had effect was never in the way
/// (民法典 1054).
fn last_end(one: &One<'_>) -> Option<Date> {
    let records = one.known.into_iter().flat_map(|known| &known.records);
    let ended = records.filter(|record| {
        matches!(
            record.state,
            RecordState::Divorced
                | RecordState::DivorcedCourt
                | RecordState::EndedDeath
                | RecordState::EndedDeclared
        )
    });
    ended.filter_map(|record| record.ended_on).max()
}
