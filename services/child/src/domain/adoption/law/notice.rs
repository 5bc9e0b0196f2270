//! The notice for the birth parents of a found child (民法典第1105条; 中国公民收养子女登记办法第7条).

use jiff::{ToSpan, civil::Date};
use yiwang_chassis::fault::FieldViolation;

use super::kind::Ground;

/// Whether the notice comes before the registration.
#[must_use]
pub fn needed(ground: Ground) -> bool {
    ground == Ground::ParentsUnknown
}

/// Last day of a notice posted on `posted`; the day itself does not count and a holiday does not
/// shorten it.
#[must_use]
pub fn last_day(posted: Date, days: u32) -> Date {
    posted.saturating_add(i64::from(days).days())
}

/// Whether the notice of that last day is over.
#[must_use]
pub fn over(last_day: Date, today: Date) -> bool {
    today > last_day
}

/// What everybody may read of a found child, and nothing else (未成年人保护法第103条).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// 男 or 女.
    pub sex: String,
    /// About.
    pub age: String,
    /// When.
    pub on: String,
    /// Where.
    pub at: String,
    /// Features.
    pub features: String,
}

impl Found {
    /// Label and value.
    #[must_use]
    pub fn rows(&self) -> Vec<(String, String)> {
        let rows = [
            ("性别", &self.sex),
            ("大约年龄", &self.age),
            ("捡拾日期", &self.on),
            ("捡拾地点", &self.at),
            ("特征", &self.features),
        ];
        let row = |(label, value): (&str, &String)| (label.to_owned(), value.clone());
        rows.into_iter().map(row).collect()
    }

    /// Where the text tells a name or a number that it must not tell.
    #[must_use]
    pub fn reveals(&self, secrets: &[&str]) -> Vec<FieldViolation> {
        let texts = [(&self.at, "/found_at"), (&self.features, "/features")];
        let tells = |text: &str| {
            let mut secrets = secrets.iter().map(|secret| secret.trim());
            let digits = text.chars().filter(char::is_ascii_digit).count();
            digits >= 11 || secrets.any(|it| it.chars().count() > 1 && text.contains(it))
        };
        let told = texts.into_iter().filter(|(text, _)| tells(text));
        told.map(|(_, at)| {
            let message = "公告只写性别、大约年龄、捡拾的日期和地点、特征，不能出现姓名、证件号码、电话，请删除。";
            FieldViolation::new(at, "NOTICE_REVEALS", message)
        })
        .collect()
    }
}

/// Age in words for a notice: months below two years.
#[must_use]
pub fn about(born: Date, on: Date) -> String {
    let months = (i32::from(on.year()) - i32::from(born.year())) * 12 + i32::from(on.month())
        - i32::from(born.month());
    match months {
        ..=0 => "不满1个月".to_owned(),
        1..24 => format!("约{months}个月"),
        _ => format!("约{}岁", super::full_years(born, on)),
    }
}
