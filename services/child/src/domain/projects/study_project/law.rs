//! Who is helped to study, and how a school year is paid (rules B2.12, 实施办法 revised 2025-04).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use yiwang_casework::Refusal;
use yiwang_chassis::fault::FieldViolation;
use yiwang_civic::{citizen_id::CitizenId, money::Fen, time::Month};

use super::form::{Form, Level, Way};
use crate::domain::projects::payment::Due;

/// Age at which the orphan's allowance as a child is over.
const GROWN_UP: u32 = 18;

/// What is asked of a student.
#[derive(Debug, Clone, Copy)]
pub struct Student<'a> {
    /// Who.
    pub id: &'a CitizenId,
    /// When recognized as an orphan.
    pub recognized_on: Date,
    /// Adopted since.
    pub adopted: bool,
    /// Disabled.
    pub disabled: bool,
    /// Kind of school.
    pub level: Level,
    /// Full time.
    pub full_time: bool,
    /// In China.
    pub in_china: bool,
    /// Without a break since 18.
    pub continuous: bool,
}

impl<'a> Student<'a> {
    /// As the form says.
    #[must_use]
    pub fn of(form: &Form, id: &'a CitizenId) -> Self {
        Self {
            id,
            recognized_on: form.recognized_on,
            adopted: form.adopted,
            disabled: form.disabled,
            level: form.level,
            full_time: form.full_time,
            in_china: form.in_china,
            continuous: form.continuous,
        }
    }

    /// Recognized before 18, not adopted unless disabled, grown up, and without a break at a
    /// full-time school in China, from senior school to a master's.
    ///
    /// # Errors
    /// `NOT_ELIGIBLE` with a field for each: `RECOGNIZED_LATE`, `ADOPTED`, `TOO_YOUNG`,
    /// `WRONG_LEVEL`, `NOT_FULL_TIME`, `ABROAD`, `INTERRUPTED`.
    pub fn may_be_helped(&self, day: Date) -> Result<(), Refusal> {
        let no_level = matches!(self.level, Level::Doctor | Level::Other);
        let late = self.id.age_on(self.recognized_on) >= GROWN_UP;
        let young = self.id.age_on(day) < GROWN_UP;
        let checks = [
            (
                late,
                "/recognized_on",
                "RECOGNIZED_LATE",
                "满18周岁以前认定为孤儿的才能申请",
            ),
            (
                self.adopted && !self.disabled,
                "/adopted",
                "ADOPTED",
                "已经被收养的不能申请，残疾孤儿除外",
            ),
            (
                young,
                "/id_number",
                "TOO_YOUNG",
                "未满18周岁的领取孤儿基本生活费，满18周岁以后再申请",
            ),
            (
                no_level,
                "/level",
                "WRONG_LEVEL",
                "只资助普通高中、中职、大专、本科和硕士研究生",
            ),
            (
                !self.full_time,
                "/full_time",
                "NOT_FULL_TIME",
                "只资助全日制学生",
            ),
            (
                !self.in_china,
                "/in_china",
                "ABROAD",
                "只资助在中国境内就读的学生",
            ),
            (
                !self.continuous,
                "/continuous",
                "INTERRUPTED",
                "满18周岁以后要一直在上学",
            ),
        ];
        let broken = checks.into_iter().filter(|check| check.0);
        let fields: Vec<FieldViolation> = broken
            .map(|(_, at, code, text)| FieldViolation::new(at, code, text))
            .collect();
        if fields.is_empty() {
            return Ok(());
        }
        let what: Vec<_> = fields.iter().map(|field| field.message.as_str()).collect();
        let message = format!("现在不能申请助学金：{}。", what.join("；"));
        Err(Refusal {
            fields,
            ..Refusal::new("NOT_ELIGIBLE", message)
        })
    }
}

/// The school year a day lies in, by its first year; it begins with `first_month`.
#[must_use]
pub fn school_year_of(day: Date, first_month: u32) -> i16 {
    if u32::from(day.month().unsigned_abs()) >= first_month {
        day.year()
    } else {
        day.year() - 1
    }
}

/// First month of a school year.
#[must_use]
pub fn first_month_of(school_year: i16, first_month: u32) -> Option<Month> {
    Month::new(school_year, i8::try_from(first_month).ok()?).ok()
}

/// Last day of a school year.
#[must_use]
pub fn last_day_of(school_year: i16, first_month: u32) -> Option<Date> {
    Some(
        first_month_of(school_year, first_month)?
            .plus(11)
            .last_day(),
    )
}

/// An instalment of a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instalment {
    /// Month it is due in, first day.
    pub from: Date,
    /// What is paid.
    pub due: Due,
}

/// All of a school year's money in equal parts, to the fen; what does not divide comes first.
#[must_use]
pub fn instalments(school_year: i16, way: Way, amount: Fen, first_month: u32) -> Vec<Instalment> {
    let Some(first) = first_month_of(school_year, first_month) else {
        return Vec::new();
    };
    let (count, months) = match way {
        Way::Monthly => (12_i32, 1_i32),
        Way::Quarterly => (4, 3),
    };
    let (part, rest) = (amount.0 / i64::from(count), amount.0 % i64::from(count));
    let one = |nth: i32| {
        let month = first.plus(nth * months);
        let (period, label) = match way {
            Way::Monthly => (
                month.to_string(),
                format!("{}年{}月", month.year(), month.month()),
            ),
            Way::Quarterly => {
                let nth = nth + 1;
                (
                    format!("{school_year}-Q{nth}"),
                    format!("{school_year}学年第{nth}季"),
                )
            }
        };
        Instalment {
            from: month.first_day(),
            due: Due {
                school_year: Some(school_year),
                period,
                label,
                fen: Fen(if nth == 0 { part + rest } else { part }),
            },
        }
    };
    (0..count).map(one).collect()
}
