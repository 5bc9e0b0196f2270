//! The file: couples who do not exist, with an error in every hundredth row.

use std::fmt::Write as _;

use jiff::{ToSpan as _, civil::Date};

use crate::demo::families::id_number;

const HEAD: &str = "证字号,登记日期,登记机关,业务类别,男方姓名,男方证件号,男方出生日期,\
                    女方姓名,女方证件号,女方出生日期,结束日期,结束原因,备注\r\n";
const FAMILY_NAMES: [&str; 8] = ["张", "王", "李", "赵", "陈", "刘", "杨", "黄"];
const GIVEN_NAMES: [&str; 8] = ["建国", "秀兰", "志强", "桂英", "明", "玉珍", "海波", "静"];

/// Two entries of the same rows, and what is wrong in them.
pub(super) struct File {
    /// Rows.
    pub(super) rows: u32,
    /// The first entry as CSV.
    pub(super) one: Vec<u8>,
    /// The second entry as CSV.
    pub(super) other: Vec<u8>,
    /// The errors.
    pub(super) planted: Vec<Planted>,
}

/// An error.
pub(super) struct Planted {
    /// Row of the file.
    pub(super) row: i64,
    /// Heading of its column.
    pub(super) field: &'static str,
    /// What is to be found.
    pub(super) code: &'static str,
    /// What is decided; none when it shows at publishing.
    pub(super) choice: Option<&'static str>,
}

/// The kinds of errors: field, code, decision.
const KINDS: [(&str, &str, Option<&str>); 5] = [
    ("男方证件号", "ID_CHECK_DIGIT", Some("first")),
    ("登记日期", "DATE", Some("drop")),
    ("女方姓名", "REQUIRED", Some("drop")),
    ("男方姓名", "DIFFERS", Some("second")),
    ("男方证件号", "TWO_VALID", None),
];

impl File {
    /// A file of so many rows.
    pub(super) fn generate(rows: u32) -> Self {
        let (mut one, mut other) = (HEAD.to_owned(), HEAD.to_owned());
        let mut planted = Vec::new();
        for serial in 0..rows {
            let mut couple = Couple::numbered(serial);
            let mut second = None;
            if serial % 100 == 50 {
                let (field, code, choice) = KINDS[serial as usize / 100 % KINDS.len()];
                planted.push(Planted {
                    row: i64::from(serial) + 2,
                    field,
                    code,
                    choice,
                });
                match code {
                    "ID_CHECK_DIGIT" => couple.spoil_number(),
                    "DATE" => couple.registered_on = "1987-02-30".to_owned(),
                    "REQUIRED" => couple.woman.clear(),
                    "DIFFERS" => second = Some("欧阳修".to_owned()),
                    // The man of the row before marries again.
                    _ => couple.marry_again(serial - 1),
                }
            }
            couple.write(&mut one);
            if let Some(name) = second {
                couple.man = name;
            }
            couple.write(&mut other);
        }
        Self {
            rows,
            one: one.into_bytes(),
            other: other.into_bytes(),
            planted,
        }
    }

    /// Rows and what is decided about them.
    pub(super) fn decisions(&self) -> Vec<(i64, &'static str)> {
        let decided = |planted: &Planted| Some((planted.row, planted.choice?));
        self.planted.iter().filter_map(decided).collect()
    }

    /// Rows that are not to be published.
    pub(super) fn dropped(&self) -> u32 {
        let dropped = self
            .decisions()
            .into_iter()
            .filter(|(_, choice)| *choice == "drop");
        u32::try_from(dropped.count()).unwrap_or(u32::MAX)
    }
}

/// A row.
struct Couple {
    number: String,
    registered_on: String,
    man: String,
    man_id: String,
    woman: String,
    woman_id: String,
}

impl Couple {
    fn numbered(serial: u32) -> Self {
        let name = |at: usize| {
            let (family, given) = (FAMILY_NAMES[at % 8], GIVEN_NAMES[at / 8 % 8]);
            format!("{family}{given}")
        };
        let at = serial as usize;
        let registered_on = day("1985-06-01", serial % 3000);
        Self {
            number: format!("竹结字第{:06}号", serial + 1),
            registered_on,
            man: name(at),
            man_id: person(serial, 1),
            woman: name(at * 3 + 1),
            woman_id: person(serial, 0),
        }
    }

    fn spoil_number(&mut self) {
        let last = if self.man_id.ends_with('1') { '2' } else { '1' };
        self.man_id.pop();
        self.man_id.push(last);
    }

    fn marry_again(&mut self, serial: u32) {
        let before = Self::numbered(serial);
        (self.man, self.man_id) = (before.man, before.man_id);
    }

    fn write(&self, text: &mut String) {
        let born = |id: &str| format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14]);
        let _ = write!(
            text,
            "{},{},竹山县城关镇人民政府,结婚,{},{},{},{},{},{},,,\r\n",
            self.number,
            self.registered_on,
            self.man,
            self.man_id,
            born(&self.man_id),
            self.woman,
            self.woman_id,
            born(&self.woman_id),
        );
    }
}

/// The ID number of a person: 300 men and 300 women for each day of birth.
fn person(serial: u32, man: u32) -> String {
    let born = day("1950-01-01", serial / 300).replace('-', "");
    id_number(&format!("{born}{:03}", 100 + serial % 300 * 2 + man))
}

/// So many days after a day.
fn day(first: &str, days: u32) -> String {
    let first = first.parse().unwrap_or(Date::ZERO);
    let later = first.checked_add(i64::from(days).days());
    later.unwrap_or(first).to_string()
}
