//! Dates as they stand on old papers: 1987-5-6, 1987/05/06, 1987.5.6, 1987年5月6日, 19870506,
//! 一九八七年五月六日.

use jiff::civil::Date;

/// The day a text means; none when it means none, or one that never was.
///
/// The text has been normalised: half-width, without blanks.
pub(crate) fn parse(text: &str) -> Option<Date> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return day(text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    }
    let parts: Vec<&str> = text
        .trim_end_matches(['日', '号'])
        .split(['-', '/', '.', '年', '月'])
        .collect();
    match parts.as_slice() {
        [year, month, of_month] => day(year, month, of_month),
        _ => None,
    }
}

fn day(year: &str, month: &str, of_month: &str) -> Option<Date> {
    let four = year.chars().count() == 4;
    let year = number(year).filter(|_| four)?;
    let (month, of_month) = (number(month)?, number(of_month)?);
    Date::new(
        year,
        i8::try_from(month).ok()?,
        i8::try_from(of_month).ok()?,
    )
    .ok()
}

/// A number in digits (5, 05), in Chinese digits (一九八七) or in words (十二, 二十三, 廿三).
fn number(text: &str) -> Option<i16> {
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().ok();
    }
    let (tens, ones) = if let Some(rest) = text.strip_prefix('廿') {
        (2, rest)
    } else if let Some(rest) = text.strip_prefix('卅') {
        (3, rest)
    } else if let Some((tens, ones)) = text.split_once('十') {
        let tens = if tens.is_empty() { 1 } else { digits(tens)? };
        (tens, ones)
    } else {
        return digits(text);
    };
    let ones = if ones.is_empty() { 0 } else { digits(ones)? };
    (tens < 10 && ones < 10).then_some(tens * 10 + ones)
}

fn digits(text: &str) -> Option<i16> {
    const DIGITS: [&str; 10] = [
        "〇零○0",
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
    ];
    if text.is_empty() || text.chars().count() > 4 {
        return None;
    }
    text.chars().try_fold(0_i16, |sum, c| {
        let digit = DIGITS.iter().position(|forms| forms.contains(c))?;
        Some(sum * 10 + i16::try_from(digit).ok()?)
    })
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn rows() {
        let rows = [
            ("1987-05-06", "1987-05-06"),
            ("1987-5-6", "1987-05-06"),
            ("1987/5/6", "1987-05-06"),
            ("1987.05.06", "1987-05-06"),
            ("1987年5月6日", "1987-05-06"),
            ("1987年5月6号", "1987-05-06"),
            ("1987年5月6", "1987-05-06"),
            ("19870506", "1987-05-06"),
            ("一九八七年五月六日", "1987-05-06"),
            ("一九五〇年十月廿三日", "1950-10-23"),
            ("一九五○年十二月三十一日", "1950-12-31"),
            ("二零零一年十月十日", "2001-10-10"),
            ("1988-02-29", "1988-02-29"),
            ("1987-02-29", ""),
            ("1987-13-01", ""),
            ("1987-00-10", ""),
            ("87-05-06", ""),
            ("1987-05", ""),
            ("1987年5月", ""),
            ("198705061", ""),
            ("二十三年五月六日", ""),
            ("不详", ""),
            ("", ""),
        ];
        for (text, expected) in rows {
            let found = parse(text).map(|day| day.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{text}");
        }
    }
}
