//! Reads `expected.txt`.

use anyhow::{Context, ensure};
use yiwang_chassis::identity::Role;

/// The columns of people; officers follow, one column per role.
pub(crate) const PEOPLE: [&str; 4] = ["anon", "bad", "owner", "stranger"];

/// The roles in the order of their columns: everybody but citizens.
pub(crate) const ROLES: [(&str, Role); 16] = [
    ("agent", Role::Agent),
    ("clerk", Role::Clerk),
    ("township", Role::TownshipOfficer),
    ("county", Role::CountyOfficer),
    ("approver", Role::Approver),
    ("station", Role::Station),
    ("childw", Role::ChildWorker),
    ("childs", Role::ChildSupervisor),
    ("childc", Role::ChildCounty),
    ("centre", Role::ChildCentre),
    ("welfare", Role::WelfareHome),
    ("funeral", Role::Funeral),
    ("check", Role::CheckCentre),
    ("auditor", Role::Auditor),
    ("secadm", Role::SecurityAdmin),
    ("sysadm", Role::SystemAdmin),
];

/// Where a grant lies, seen from the case.
pub(crate) const REGIONS: [(&str, &str); 5] = [
    ("own township", "420323100"),
    ("own county", "420323"),
    ("next township", "420323101"),
    ("other county", "420324"),
    ("prefecture above", "420300"),
];

/// What a letter may be.
const LETTERS: &str = "oulfhsndi";

/// A line of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// What is called: `GET /path`, `rpc Name` or `act code`.
    pub(crate) call: String,
    /// What is special about it; empty when nothing is.
    pub(crate) label: String,
    /// One cell for each column.
    cells: Vec<String>,
}

impl Row {
    /// What is expected in a column; `region` counts from 0.
    pub(crate) fn expected(&self, column: usize, region: usize) -> char {
        let cell = self.cells.get(column).map_or("?", String::as_str);
        let mut letters = cell.chars();
        match cell.len() {
            1 => letters.next(),
            _ => letters.nth(region),
        }
        .unwrap_or('?')
    }

    /// The row as it is called in messages.
    pub(crate) fn name(&self) -> String {
        if self.label.is_empty() {
            return self.call.clone();
        }
        format!("{} #{}", self.call, self.label)
    }

    /// The first word, e.g. `GET`, and the rest.
    pub(crate) fn parts(&self) -> (&str, &str) {
        self.call.split_once(' ').unwrap_or((&self.call, ""))
    }
}

/// The table that people have reviewed.
pub(crate) fn read() -> anyhow::Result<Vec<Row>> {
    let text = include_str!("expected.txt");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    let mut lines = lines.map(|line| (line, line.split_whitespace().collect::<Vec<_>>()));
    let (_, head) = lines.next().context("an empty table")?;
    let columns: Vec<&str> = PEOPLE
        .into_iter()
        .chain(ROLES.map(|(name, _)| name))
        .collect();
    ensure!(head[1..] == columns, "other columns: {head:?}");
    lines
        .map(|(line, words)| row(&words, columns.len()).with_context(|| line.to_owned()))
        .collect()
}

fn row(words: &[&str], columns: usize) -> anyhow::Result<Row> {
    let split = words.len().checked_sub(columns).context("too few cells")?;
    let (names, cells) = words.split_at(split);
    let (label, names) = match names {
        [rest @ .., label] if label.starts_with('#') => (&label[1..], rest),
        _ => ("", names),
    };
    ensure!(names.len() == 2, "a call has two words");
    for (column, cell) in cells.iter().enumerate() {
        let sizes: &[usize] = if column < PEOPLE.len() {
            &[1]
        } else {
            &[1, REGIONS.len()]
        };
        ensure!(sizes.contains(&cell.len()), "cell {cell:?}");
        ensure!(
            cell.chars().all(|letter| LETTERS.contains(letter)),
            "cell {cell:?}"
        );
    }
    Ok(Row {
        call: names.join(" "),
        label: label.to_owned(),
        cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
    })
}
