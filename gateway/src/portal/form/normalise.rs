//! What people type, brought into the form that is stored.
//!
//! Full-width digits, thousands separators, units and blanks are the writer's
//! business, not an error. What stays unclear is answered with `None`.

use yiwang_civic::money::{Fen, MoneyError};

/// Full-width ASCII and the ideographic space as plain ASCII, trimmed.
pub(crate) fn narrow(text: &str) -> String {
    let narrowed: String = text
        .chars()
        .map(|c| match c {
            '\u{3000}' | '\u{a0}' => ' ',
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '−' | '—' | '–' => '-',
            '。' => '.',
            other => other,
        })
        .collect();
    narrowed.trim().to_owned()
}

/// Text as typed, without the blanks around it and with one kind of line end.
pub(crate) fn text(typed: &str) -> String {
    typed
        .replace("\r\n", "\n")
        .replace('\0', "")
        .trim()
        .to_owned()
}

/// Yuan as typed, in fen: `300.5`, `３００`, `1,200`, `¥300元`.
///
/// # Errors
/// What [`Fen::from_yuan_str`] says of the rest without unit and blanks.
pub(crate) fn fen(typed: &str) -> Result<i64, MoneyError> {
    let plain = narrow(typed);
    let plain = plain
        .trim_start_matches(['¥', '￥'])
        .trim_end_matches(['元', '圆', '.']);
    let plain: String = plain.chars().filter(|c| *c != ' ').collect();
    Fen::from_yuan_str(&plain).map(|fen| fen.0)
}

/// Fen as it stands in the input: `30050` → `300.50`, `30000` → `300`.
pub(crate) fn yuan_input(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let (whole, cents) = (fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
    if cents == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{cents:02}")
    }
}

/// A whole number as typed: `３`, `1,200`.
pub(crate) fn integer(typed: &str) -> Option<i64> {
    let plain: String = narrow(typed)
        .chars()
        .filter(|c| !matches!(c, ',' | ' '))
        .collect();
    plain.parse().ok()
}

/// A day as typed, ISO 8601: `1958年3月21日`, `1958.3.21`, `1958/03/21`, `19580321`.
pub(crate) fn date(typed: &str) -> Option<String> {
    let plain = narrow(typed);
    let compact = plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = if compact {
        vec![plain.get(..4)?, plain.get(4..6)?, plain.get(6..)?]
    } else {
        plain
            .split(['年', '月', '日', '-', '.', '/', ' '])
            .filter(|part| !part.is_empty())
            .collect()
    };
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    if year.len() != 4 {
        return None;
    }
    let day = jiff::civil::Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(day.ok()?.to_string())
}

/// Numbers that are read out in groups: ID number, phone, bank account. What
/// is no number stays as it was typed.
pub(crate) fn code(typed: &str) -> String {
    let compact: String = narrow(typed)
        .chars()
        .filter(|c| !matches!(c, ' ' | '-'))
        .collect();
    let digits = compact.trim_start_matches('+');
    match !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        true => compact.to_uppercase(),
        false => text(typed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_is_read_as_people_write_it() {
        let cases = [
            ("300.5", Some(30050)),
            ("３００", Some(30000)),
            ("1,200", Some(120_000)),
            ("1，200.00", Some(120_000)),
            (" 300元 ", Some(30000)),
            ("￥840.05", Some(84005)),
            ("0", Some(0)),
            ("-5", Some(-500)),
            ("300.", Some(30000)),
            ("300.555", None),
            ("三百", None),
            ("1e3", None),
            ("", None),
            (".5", None),
            ("99999999999999999999", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(fen(typed).ok(), expected, "{typed:?}");
        }
        assert_eq!(yuan_input(30050), "300.50");
        assert_eq!(yuan_input(-500), "-5");
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for typed in [
            "1958-3-21",
            "1958年3月21日",
            "1958.03.21",
            "19580321",
            "１９５８/３/２１",
        ] {
            assert_eq!(date(typed).as_deref(), Some("1958-03-21"), "{typed}");
        }
        for typed in ["1958-02-30", "58-3-21", "三月", "", "1958-3"] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    #[test]
    fn codes_lose_their_blanks_and_width() {
        assert_eq!(code(" 42122１ 19800101 123x "), "42122119800101123X");
        assert_eq!(code("138-0000-1234"), "13800001234");
        assert_eq!(code(" <b>1-2</b> "), "<b>1-2</b>");
        assert_eq!(integer("１，２００"), Some(1200));
        assert_eq!(text(" 𠮷\r\n野 "), "𠮷\n野");
    }
}
