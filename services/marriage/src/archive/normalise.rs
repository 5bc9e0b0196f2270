//! What two people type differently and mean the same: full-width signs, blanks, a small x,
//! the form of a date. Old certificate numbers and names keep everything else.

use yiwang_civic::citizen_id::CitizenId;

use super::{columns::Column, dates};

/// A cell in the form in which two entries are compared.
pub(crate) fn cell(column: Column, typed: &str) -> String {
    let plain = text(typed);
    match column {
        Column::Number => number(&plain),
        Column::RegisteredOn | Column::ManBorn | Column::WomanBorn | Column::EndedOn => {
            let tight = tight(without_time(&plain));
            dates::parse(&tight).map_or(tight, |day| day.to_string())
        }
        Column::Kind => kind(&tight(&plain)).to_owned(),
        Column::ManName | Column::WomanName => name(&plain),
        Column::ManId | Column::WomanId => id_number(&plain),
        Column::EndReason => tight(&plain),
        Column::Office | Column::Remark => plain,
    }
}

/// Half-width, without signs that nobody sees, with single blanks.
pub(crate) fn text(typed: &str) -> String {
    let half = |c: char| match c {
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFF01 + u32::from('!')).unwrap_or(c)
        }
        c if c.is_whitespace() || c.is_control() => ' ',
        other => other,
    };
    let seen = |c: &char| !matches!(c, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{00AD}');
    let half: String = typed.chars().filter(seen).map(half).collect();
    half.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// The same without any blank.
fn tight(text: &str) -> String {
    text.chars().filter(|c| *c != ' ').collect()
}

/// A spreadsheet writes a time behind a day.
fn without_time(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((day, time)) if time.contains(':') => day,
        _ => text,
    }
}

fn number(text: &str) -> String {
    let plain = |c: char| match c {
        '—' | '–' | '‐' | '‑' | '−' => '-',
        '〔' | '【' => '[',
        '〕' | '】' => ']',
        other => other.to_ascii_uppercase(),
    };
    tight(text).chars().map(plain).collect()
}

/// 结婚登记 is 结婚, 补办结婚登记 is 补办.
fn kind(text: &str) -> &str {
    let short = text.strip_suffix("登记").unwrap_or(text);
    match short {
        "补办结婚" => "补办",
        "恢复结婚" => "复婚",
        other => other,
    }
}

/// Chinese names have no blank inside; the dot of the others is one sign.
fn name(text: &str) -> String {
    let dotted: String = text
        .chars()
        .map(|c| {
            if "•‧・∙⋅".contains(c) {
                '·'
            } else {
                c
            }
        })
        .collect();
    if dotted.chars().any(|c| c.is_ascii_alphabetic()) {
        dotted
    } else {
        tight(&dotted)
    }
}

fn id_number(text: &str) -> String {
    let plain = |c: char| match c {
        '×' | '✕' | '╳' => 'X',
        other => other.to_ascii_uppercase(),
    };
    tight(text).chars().map(plain).collect()
}

/// The citizen ID number that a normalised text stands for. A number of the first generation
/// (15 digits) becomes the one its person has now: the century and a check character more.
pub(crate) fn citizen(id_number: &str) -> Option<CitizenId> {
    if id_number.len() != 15 || !id_number.bytes().all(|byte| byte.is_ascii_digit()) {
        return id_number.parse().ok();
    }
    let (place, rest) = id_number.split_at(6);
    // Just one check character fits.
    "0123456789X"
        .chars()
        .find_map(|check| format!("{place}19{rest}{check}").parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows() {
        use Column as C;
        let rows = [
            (
                C::Number,
                "Ｊ４２０３２３－２００１－０００００１",
                "J420323-2001-000001",
            ),
            (C::Number, "j420323—2001—000001 ", "J420323-2001-000001"),
            (C::Number, "鄂竹结字 第 123 号", "鄂竹结字第123号"),
            (C::Number, "（８９）竹结字〔12〕", "(89)竹结字[12]"),
            (C::RegisteredOn, " 1987 年 5 月 6 日 ", "1987-05-06"),
            (C::RegisteredOn, "1987．5．6", "1987-05-06"),
            (C::RegisteredOn, "1987年5月", "1987年5月"),
            (C::RegisteredOn, "1987-05-10 0:00", "1987-05-10"),
            (C::RegisteredOn, "1987-05-10 00:00:00", "1987-05-10"),
            (C::Kind, "结婚登记", "结婚"),
            (C::Kind, "补办结婚登记", "补办"),
            (C::Kind, "收养", "收养"),
            (C::ManName, "张　三", "张三"),
            (C::ManName, "阿依古丽•买买提", "阿依古丽·买买提"),
            (C::ManName, "John  Smith", "John Smith"),
            (
                C::ManId,
                "４２０３２３１９７８０５１２１０１ｘ",
                "42032319780512101X",
            ),
            (C::ManId, "42032319780512101×", "42032319780512101X"),
            (C::ManId, "4203 2319 7805 1210 12", "420323197805121012"),
            (C::EndReason, " 协议 离婚 ", "协议离婚"),
            (C::Remark, " 旧档　第三卷 \u{200b}", "旧档 第三卷"),
        ];
        for (column, typed, expected) in rows {
            assert_eq!(cell(column, typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn normalising_twice_changes_nothing() {
        for typed in [
            "１９８７年５月６日",
            "Ａ　Ｂ",
            "补办结婚登记",
            "一九八七年五月六日",
            "×",
        ] {
            for column in Column::ALL {
                let once = cell(column, typed);
                assert_eq!(cell(column, &once), once, "{typed:?}");
            }
        }
    }

    #[test]
    fn an_old_number_is_the_same_person() {
        let new = citizen("420323197805121012").unwrap();
        assert_eq!(citizen("420323780512101").unwrap(), new);
        assert!(citizen("420323789912101").is_none(), "no such day");
        assert!(citizen("H1234567").is_none());
    }
}
