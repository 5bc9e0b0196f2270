//! Two entries of one row, field by field.

use super::{
    check::{Law, check},
    columns::{Column, Entry},
    problem::Problem,
};

/// What is wrong with a row, from both of its normalised entries: each problem once.
pub(crate) fn problems(
    first: Option<&Entry>,
    second: Option<&Entry>,
    law: &Law<'_>,
) -> Vec<Problem> {
    let mut found = match (first, second) {
        (Some(first), Some(second)) => differences(first, second),
        (Some(_), None) => vec![Problem::of_row(
            "MISSING_SECOND",
            "第二次录入没有这一行，请与原件核对。",
        )],
        (None, Some(_)) => vec![Problem::of_row(
            "MISSING_FIRST",
            "第一次录入没有这一行，请与原件核对。",
        )],
        (None, None) => vec![],
    };
    for entry in [first, second].into_iter().flatten() {
        for problem in check(entry, law) {
            let known =
                |other: &Problem| (&other.field, other.code) == (&problem.field, problem.code);
            if !found.iter().any(known) {
                found.push(problem);
            }
        }
    }
    found
}

/// The columns in which two normalised entries differ.
fn differences(first: &Entry, second: &Entry) -> Vec<Problem> {
    let differ = |column: &Column| first.get(*column) != second.get(*column);
    // A line left out shifts all that follow: that is one problem, not one for each column.
    let telling = [Column::Number, Column::ManName, Column::WomanName];
    if telling.iter().all(differ) {
        let message = "两次录入的这一行不是同一对当事人，请核对是否漏录或者错行。";
        return vec![Problem::of_row("OTHER_ROW", message)];
    }
    let mut found: Vec<Problem> = Column::ALL
        .into_iter()
        .filter(differ)
        .map(|column| {
            let message = told(column, first.get(column), second.get(column));
            Problem::at(column, "DIFFERS", message)
        })
        .collect();
    if first.beside != second.beside {
        let message = "两次录入写在列名之外的内容不同，请与原件核对。";
        found.push(Problem::of_row("DIFFERS", message));
    }
    found
}

/// Says where they differ without saying what stands there: the values are masked in lists.
fn told(column: Column, first: &str, second: &str) -> String {
    let heading = column.heading();
    match (first.is_empty(), second.is_empty()) {
        (true, _) => return format!("{heading}只有第二次录入填了，请与原件核对。"),
        (_, true) => return format!("{heading}只有第一次录入填了，请与原件核对。"),
        _ => {}
    }
    let at = first
        .chars()
        .zip(second.chars())
        .position(|(one, other)| one != other);
    match at {
        Some(at) => format!("{heading}从第{}个字起不同，请与原件核对。", at + 1),
        None => format!("{heading}长短不同，请与原件核对。"),
    }
}

#[cfg(test)]
mod tests {
    use yiwang_civic::params::RuleBook;

    use super::*;

    fn entry(cells: &[(Column, &str)]) -> Entry {
        let mut entry = Entry::default();
        for (column, value) in [
            (Column::Number, "J1"),
            (Column::RegisteredOn, "1987-05-06"),
            (Column::Office, "城关镇"),
            (Column::Kind, "结婚"),
            (Column::ManName, "张三"),
            (Column::WomanName, "李四"),
            (Column::ManId, "H1"),
            (Column::WomanId, "H2"),
        ] {
            entry.set(column, value.to_owned());
        }
        for (column, value) in cells {
            entry.set(*column, (*value).to_owned());
        }
        entry.normalised()
    }

    fn found(first: Option<&Entry>, second: Option<&Entry>) -> Vec<(String, &'static str)> {
        let rules = RuleBook::default();
        let law = Law {
            rules: &rules,
            division: "420323",
            today: jiff::civil::date(2026, 5, 12),
        };
        problems(first, second, &law)
            .into_iter()
            .filter(|problem| problem.code != "ID_OTHER")
            .map(|problem| (problem.field.into_owned(), problem.code))
            .collect()
    }

    #[test]
    fn rows() {
        use Column as C;
        type Cells = &'static [(Column, &'static str)];
        type Named = &'static [(&'static str, &'static str)];
        let rows: &[(Cells, Cells, Named)] = &[
            (&[], &[], &[]),
            (
                &[(C::RegisteredOn, "1987.5.6")],
                &[(C::RegisteredOn, "1987年5月6日")],
                &[],
            ),
            (&[(C::ManName, "张 三")], &[(C::ManName, "张三")], &[]),
            (&[], &[(C::ManName, "张山")], &[("男方姓名", "DIFFERS")]),
            (
                &[],
                &[(C::ManName, "张山"), (C::Office, "溢水镇")],
                &[("登记机关", "DIFFERS"), ("男方姓名", "DIFFERS")],
            ),
            (
                &[],
                &[(C::ManName, "")],
                &[("男方姓名", "DIFFERS"), ("男方姓名", "REQUIRED")],
            ),
            (
                &[(C::Kind, "收养")],
                &[(C::Kind, "收养")],
                &[("业务类别", "KIND")],
            ),
            (
                &[],
                &[
                    (C::Number, "J2"),
                    (C::ManName, "王五"),
                    (C::WomanName, "赵六"),
                ],
                &[("整行", "OTHER_ROW")],
            ),
        ];
        for (first, second, expected) in rows {
            let (first, second) = (entry(first), entry(second));
            let expected: Vec<_> = expected
                .iter()
                .map(|(field, code)| ((*field).to_owned(), *code))
                .collect();
            assert_eq!(found(Some(&first), Some(&second)), expected);
        }
        let one = entry(&[]);
        assert_eq!(
            found(Some(&one), None),
            [("整行".to_owned(), "MISSING_SECOND")]
        );
        assert_eq!(
            found(None, Some(&one)),
            [("整行".to_owned(), "MISSING_FIRST")]
        );
    }

    #[test]
    fn a_difference_is_located_and_not_told() {
        let rows = [
            (
                "421221199003071234",
                "421221199003071243",
                "男方证件号从第17个字起不同，请与原件核对。",
            ),
            ("张三", "张三丰", "男方证件号长短不同，请与原件核对。"),
            ("", "1", "男方证件号只有第二次录入填了，请与原件核对。"),
        ];
        for (first, second, expected) in rows {
            assert_eq!(told(Column::ManId, first, second), expected);
        }
    }
}
