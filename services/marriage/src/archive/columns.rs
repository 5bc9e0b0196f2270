//! The columns of a file: Chinese headings in any order, and a row under them as typed.

use serde::{Deserialize, Serialize};

use super::{normalise, problem::Problem};

/// A column, in the order of the paper form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// Certificate number; old styles are free text.
    Number,
    /// Day of registration.
    RegisteredOn,
    /// The registry's name then.
    Office,
    /// 结婚, 离婚, 补办 or 复婚.
    Kind,
    ManName,
    ManId,
    ManBorn,
    WomanName,
    WomanId,
    WomanBorn,
    /// Day the marriage ended.
    EndedOn,
    /// How it ended.
    EndReason,
    Remark,
}

impl Column {
    /// All of them.
    pub(crate) const ALL: [Self; 13] = [
        Self::Number,
        Self::RegisteredOn,
        Self::Office,
        Self::Kind,
        Self::ManName,
        Self::ManId,
        Self::ManBorn,
        Self::WomanName,
        Self::WomanId,
        Self::WomanBorn,
        Self::EndedOn,
        Self::EndReason,
        Self::Remark,
    ];

    /// Its heading.
    pub(crate) fn heading(self) -> &'static str {
        match self {
            Self::Number => "证字号",
            Self::RegisteredOn => "登记日期",
            Self::Office => "登记机关",
            Self::Kind => "业务类别",
            Self::ManName => "男方姓名",
            Self::ManId => "男方证件号",
            Self::ManBorn => "男方出生日期",
            Self::WomanName => "女方姓名",
            Self::WomanId => "女方证件号",
            Self::WomanBorn => "女方出生日期",
            Self::EndedOn => "结束日期",
            Self::EndReason => "结束原因",
            Self::Remark => "备注",
        }
    }

    /// The column with this heading.
    pub(crate) fn with_heading(heading: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|column| column.heading() == heading)
    }

    /// Every file has it; a marriage that goes on has nothing in the others.
    fn required(self) -> bool {
        !matches!(self, Self::EndedOn | Self::EndReason | Self::Remark)
    }
}

/// A row as typed: the cells of the known columns, and whatever stands beside them.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Entry {
    cells: [String; 13],
    /// Cells outside the headings, so that nothing typed is lost.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(crate) beside: String,
}

impl Entry {
    /// What stands in a column.
    pub(crate) fn get(&self, column: Column) -> &str {
        &self.cells[column as usize]
    }

    /// Puts a value into a column.
    pub(crate) fn set(&mut self, column: Column, value: String) {
        self.cells[column as usize] = value;
    }

    /// The row in the form in which two entries are compared.
    pub(crate) fn normalised(&self) -> Self {
        let mut normal = Self {
            beside: normalise::text(&self.beside),
            ..Self::default()
        };
        for column in Column::ALL {
            normal.set(column, normalise::cell(column, self.get(column)));
        }
        normal
    }

    /// Everything in it in one text, for the fingerprint.
    pub(crate) fn joined(&self) -> String {
        // A unit separator never survives normalisation.
        format!("{}\u{1f}{}", self.cells.join("\u{1f}"), self.beside)
    }
}

/// Which column stands where in a file.
#[derive(Debug)]
pub(crate) struct Layout(Vec<Option<Column>>);

impl Layout {
    /// Reads the first line.
    ///
    /// # Errors
    /// Headings that are unknown, missing or there twice: the file is not read then, so
    /// that no column is lost.
    pub(crate) fn read(headings: &[String]) -> Result<Self, Vec<Problem>> {
        let mut places: Vec<Option<Column>> = Vec::new();
        let mut problems = Vec::new();
        for typed in headings {
            let heading: String = normalise::text(typed)
                .chars()
                .filter(|c| !c.is_whitespace() && *c != '*')
                .take(40)
                .collect();
            let column = Column::with_heading(&heading);
            if column.is_none() && !heading.is_empty() {
                problems.push(Problem::of_heading(
                    &heading,
                    "UNKNOWN_COLUMN",
                    format!("没有“{heading}”这一列，请改成规定的列名，或者删去这一列。"),
                ));
            }
            if column.is_some() && places.contains(&column) {
                problems.push(Problem::of_heading(
                    &heading,
                    "DOUBLE_COLUMN",
                    format!("“{heading}”这一列出现了两次，请只留一列。"),
                ));
            }
            places.push(column);
        }
        let missing = Column::ALL
            .into_iter()
            .filter(|column| column.required() && !places.contains(&Some(*column)));
        problems.extend(missing.map(|column| {
            let heading = column.heading();
            Problem::of_heading(
                heading,
                "MISSING_COLUMN",
                format!("缺少“{heading}”这一列，请补上后重新上传。"),
            )
        }));
        if problems.is_empty() {
            Ok(Self(places))
        } else {
            Err(problems)
        }
    }

    /// The cells of a line under these headings; none for a line with nothing in it.
    pub(crate) fn entry(&self, cells: Vec<String>) -> Option<Entry> {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let mut entry = Entry::default();
        let mut beside = Vec::new();
        for (at, cell) in cells.into_iter().enumerate() {
            match self.0.get(at).copied().flatten() {
                Some(column) => entry.set(column, cell),
                None if cell.trim().is_empty() => {}
                None => beside.push(cell),
            }
        }
        entry.beside = beside.join(" ");
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    const HEAD: &str = "备注,＊男方姓名, 女方姓名 ,证字号,登记日期,登记机关,业务类别,\
                        男方证件号,男方出生日期,女方证件号,女方出生日期";

    #[test]
    fn headings_come_in_any_order_and_are_forgiven_their_typing() {
        let layout = Layout::read(&line(HEAD)).unwrap();
        let entry = layout.entry(line("旧档,张三,李四,J1")).unwrap();
        assert_eq!(entry.get(Column::ManName), "张三");
        assert_eq!(entry.get(Column::Number), "J1");
        assert_eq!(entry.get(Column::EndedOn), "");
        assert!(
            layout.entry(line(" ,,　,")).is_none(),
            "an empty line is no row"
        );
    }

    #[test]
    fn what_stands_beside_the_headings_is_kept() {
        let layout = Layout::read(&line(HEAD)).unwrap();
        let entry = layout
            .entry(line("a,b,c,d,e,f,g,h,i,j,k,多出来的,,还有"))
            .unwrap();
        assert_eq!(entry.beside, "多出来的 还有");
    }

    #[test]
    fn wrong_headings_are_named() {
        type Named = &'static [(&'static str, &'static str)];
        let rows: &[(&str, &str, Named)] = &[
            ("an unknown one", "身高", &[("身高", "UNKNOWN_COLUMN")]),
            ("one twice", "备注", &[("备注", "DOUBLE_COLUMN")]),
            ("a trailing empty one", "", &[]),
        ];
        for (what, more, expected) in rows {
            let found = Layout::read(&line(&format!("{HEAD},{more}")));
            let found: Vec<_> = found.err().unwrap_or_default();
            let found: Vec<_> = found.iter().map(|p| (p.field.as_ref(), p.code)).collect();
            assert_eq!(found, *expected, "{what}");
        }
        let found = Layout::read(&line("证字号,登记日期")).unwrap_err();
        assert_eq!(found.len(), 8, "{found:?}");
        assert!(found.iter().all(|problem| problem.code == "MISSING_COLUMN"));
    }
}
