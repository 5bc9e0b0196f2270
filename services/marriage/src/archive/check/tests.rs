use super::*;

const RULES: &str = include_str!("../../../rules/marriage.toml");

fn good() -> Entry {
    let mut entry = Entry::default();
    for (column, value) in [
        (Column::Number, "J420323-2001-000001"),
        (Column::RegisteredOn, "2001-05-06"),
        (Column::Office, "竹山县城关镇民政办"),
        (Column::Kind, "结婚"),
        (Column::ManName, "张建国"),
        (Column::ManId, "420323197805121012"),
        (Column::ManBorn, "1978-05-12"),
        (Column::WomanName, "王秀兰"),
        (Column::WomanId, "11010519491231002X"),
        (Column::WomanBorn, "1949-12-31"),
    ] {
        entry.set(column, value.to_owned());
    }
    entry
}

fn found(entry: &Entry) -> Vec<(String, &'static str)> {
    let rules = RuleBook::parse(&[RULES]).unwrap();
    let law = Law {
        rules: &rules,
        division: "420323100",
        today: jiff::civil::date(2026, 5, 12),
    };
    let problems = check(&entry.normalised(), &law);
    problems
        .into_iter()
        .map(|problem| (problem.field.into_owned(), problem.code))
        .collect()
}

/// Changes of the good row; what is found at which column.
type Row<'a> = (&'a [(Column, &'a str)], &'a [(Column, &'a str)]);

#[test]
fn a_good_row_has_no_problem() {
    assert_eq!(found(&good()), []);
}

#[test]
fn rows() {
    use Column as C;
    let rows: &[Row<'_>] = &[
        // Old files.
        (&[(C::Number, "鄂竹结字第123号")], &[]),
        (&[(C::Number, "")], &[(C::Number, "NUMBER_MISSING")]),
        (
            &[(C::Number, "L420323-2001-000001")],
            &[(C::Number, "NUMBER_KIND")],
        ),
        (
            &[(C::Number, "BL420323-2001-000001")],
            &[(C::Number, "NUMBER_KIND")],
        ),
        (&[(C::Kind, "离婚")], &[(C::Number, "NUMBER_KIND")]),
        (
            &[(C::Kind, "离婚"), (C::Number, "L420323-2001-000001")],
            &[],
        ),
        (&[(C::ManId, "420323780512101")], &[]),
        (
            &[(C::ManId, "420323781312101")],
            &[(C::ManId, "ID_FIFTEEN_DIGITS")],
        ),
        (
            &[(C::ManId, ""), (C::WomanId, "")],
            &[(C::ManId, "ID_MISSING"), (C::WomanId, "ID_MISSING")],
        ),
        (&[(C::ManId, "军字第0012345号")], &[(C::ManId, "ID_OTHER")]),
        (&[(C::ManId, "H1234567890")], &[(C::ManId, "ID_OTHER")]),
        (
            &[(C::ManId, "42032319780512I012")],
            &[(C::ManId, "ID_CHARACTER")],
        ),
        // Numbers.
        (
            &[(C::ManId, "420323197805121013")],
            &[(C::ManId, "ID_CHECK_DIGIT")],
        ),
        (
            &[(C::ManId, "42032319780512101")],
            &[(C::ManId, "ID_LENGTH")],
        ),
        (
            &[(C::ManId, "420323197813121012")],
            &[(C::ManId, "ID_BIRTH_DATE")],
        ),
        (
            &[(C::ManId, "4.2032319780512E+17")],
            &[(C::ManId, "ID_ROUNDED")],
        ),
        (
            &[(C::ManId, "11010519491231002X"), (C::ManBorn, "")],
            &[(C::ManId, "ID_SEX"), (C::WomanId, "ID_SAME")],
        ),
        (
            &[(C::WomanId, "420323780512101"), (C::WomanBorn, "")],
            &[(C::WomanId, "ID_SEX"), (C::WomanId, "ID_SAME")],
        ),
        // Days.
        (&[(C::RegisteredOn, "")], &[(C::RegisteredOn, "REQUIRED")]),
        (
            &[(C::RegisteredOn, "1987-02-30")],
            &[(C::RegisteredOn, "DATE")],
        ),
        (&[(C::RegisteredOn, "二〇〇一年五月六日")], &[]),
        (
            &[(C::RegisteredOn, "2027-01-01")],
            &[(C::RegisteredOn, "FUTURE")],
        ),
        (
            &[(C::ManBorn, "1978-05-13")],
            &[(C::ManBorn, "BIRTH_DIFFERS")],
        ),
        (&[(C::ManBorn, "1978-02-30")], &[(C::ManBorn, "DATE")]),
        (
            &[(C::RegisteredOn, "1970-01-01")],
            &[(C::ManBorn, "BORN_AFTER")],
        ),
        // Ages: 20 and 18 from 1950, 22 and 20 from 1981.
        (
            &[(C::RegisteredOn, "1999-05-12")],
            &[(C::ManBorn, "UNDER_AGE")],
        ),
        (&[(C::RegisteredOn, "2000-05-12")], &[]),
        (
            &[
                (C::ManId, ""),
                (C::ManBorn, "1950-06-01"),
                (C::RegisteredOn, "1970-06-01"),
            ],
            &[(C::ManId, "ID_MISSING")],
        ),
        (
            &[
                (C::ManId, ""),
                (C::ManBorn, "1950-06-02"),
                (C::RegisteredOn, "1970-06-01"),
            ],
            &[(C::ManId, "ID_MISSING"), (C::ManBorn, "UNDER_AGE")],
        ),
        // Names and kinds.
        (&[(C::WomanName, "　")], &[(C::WomanName, "REQUIRED")]),
        (&[(C::WomanName, "王?兰")], &[(C::WomanName, "NAME")]),
        (
            &[(C::WomanName, "王\u{FFFD}兰")],
            &[(C::WomanName, "UNREADABLE")],
        ),
        (&[(C::Kind, "")], &[(C::Kind, "REQUIRED")]),
        (&[(C::Kind, "收养")], &[(C::Kind, "KIND")]),
        (&[(C::Kind, "补办结婚登记")], &[]),
        // Ends.
        (
            &[(C::EndedOn, "2010-01-01")],
            &[(C::EndReason, "END_REASON")],
        ),
        (&[(C::EndReason, "离婚")], &[(C::EndedOn, "END_DATE")]),
        (
            &[(C::EndedOn, "2010-01-01"), (C::EndReason, "感情不和")],
            &[(C::EndReason, "END_REASON")],
        ),
        (
            &[(C::EndedOn, "2000-01-01"), (C::EndReason, "法院判决离婚")],
            &[(C::EndedOn, "END_BEFORE")],
        ),
        (
            &[(C::EndedOn, "2010-02-30"), (C::EndReason, "离婚")],
            &[(C::EndedOn, "DATE")],
        ),
        (
            &[(C::EndedOn, "2010-01-01"), (C::EndReason, "一方死亡")],
            &[],
        ),
        (
            &[
                (C::Kind, "离婚"),
                (C::Number, "L1"),
                (C::EndedOn, "2002-01-01"),
            ],
            &[(C::EndedOn, "END_OF_DIVORCE")],
        ),
    ];
    for (changes, expected) in rows {
        let mut entry = good();
        for (column, value) in *changes {
            entry.set(*column, (*value).to_owned());
        }
        let expected: Vec<_> = expected
            .iter()
            .map(|(column, code)| (column.heading().to_owned(), *code))
            .collect();
        let changed: Vec<_> = changes
            .iter()
            .map(|(column, value)| (column.heading(), value))
            .collect();
        assert_eq!(found(&entry), expected, "{changed:?}");
    }
}

#[test]
fn long_cells_and_cells_beside_are_told() {
    let mut entry = good();
    entry.set(Column::Office, "局".repeat(101));
    entry.beside = "多出来的".to_owned();
    assert_eq!(
        found(&entry),
        [
            ("登记机关".to_owned(), "TOO_LONG"),
            ("整行".to_owned(), "BESIDE")
        ]
    );
}

#[test]
fn what_can_become_no_record() {
    let unusable = |column, code| Problem::at(column, code, "").unusable();
    assert!(unusable(Column::RegisteredOn, "DATE"));
    assert!(!unusable(Column::ManBorn, "DATE"));
    assert!(unusable(Column::WomanName, "REQUIRED"));
    assert!(!unusable(Column::ManId, "ID_CHECK_DIGIT"));
}

#[test]
fn endings_in_the_words_of_old_files() {
    let rows = [
        ("离婚", Some(RecordState::Divorced)),
        ("协议离婚", Some(RecordState::Divorced)),
        ("法院判决离婚", Some(RecordState::DivorcedCourt)),
        ("调解离婚", Some(RecordState::DivorcedCourt)),
        ("一方死亡", Some(RecordState::EndedDeath)),
        ("宣告死亡", Some(RecordState::EndedDeclared)),
        ("婚姻无效", Some(RecordState::Void)),
        ("撤销婚姻", Some(RecordState::Annulled)),
        ("撤销登记", Some(RecordState::Revoked)),
        ("不详", None),
    ];
    for (text, state) in rows {
        assert_eq!(ending(text), state, "{text}");
    }
}
