//! Historical records 历史档案补录: the batches, and one of them with what was found in it.

use askama::Template;
use yiwang_civic::division;
use yiwang_proto::marriage::v1 as pb;

use super::{Chrome, Trouble, format};

/// The batches, and the form for a new one.
#[derive(Template)]
#[template(path = "archive/list.html")]
pub(crate) struct BatchesPage {
    pub(crate) chrome: Chrome,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    /// What was typed, and what is wrong with it.
    pub(crate) title: String,
    pub(crate) title_error: String,
    pub(crate) division: String,
    pub(crate) division_error: String,
    pub(crate) divisions: Vec<(String, String)>,
    pub(crate) batches: Vec<BatchView>,
}

/// One batch.
#[derive(Template)]
#[template(path = "archive/batch.html")]
pub(crate) struct BatchPage {
    pub(crate) chrome: Chrome,
    pub(crate) told: &'static str,
    pub(crate) problems: Vec<Trouble>,
    pub(crate) csrf: String,
    pub(crate) key: String,
    pub(crate) batch: BatchView,
    pub(crate) rows: Vec<RowView>,
    /// The reason a decision carries.
    pub(crate) reason: String,
    pub(crate) first: String,
    pub(crate) next: String,
}

impl BatchPage {
    /// Number and name of the two entries.
    fn entries(&self) -> [(u8, &'static str); 2] {
        [(1, "第一次录入"), (2, "第二次录入（另一个人）")]
    }
}

/// A batch in words and numbers.
pub(crate) struct BatchView {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) place: String,
    pub(crate) state: &'static str,
    pub(crate) created: String,
    pub(crate) created_by: String,
    pub(crate) rows: i64,
    pub(crate) rows_second: i64,
    pub(crate) compared: i64,
    pub(crate) published: i64,
    pub(crate) open: i64,
    /// What to do now.
    pub(crate) now: &'static str,
    /// Files may be uploaded.
    pub(crate) takes_files: bool,
    /// Rows may be decided.
    pub(crate) decides: bool,
    /// Nothing stands in the way of publishing.
    pub(crate) publishes: bool,
    /// The numbers change by themselves.
    pub(crate) moves: bool,
}

/// A row with its problems.
pub(crate) struct RowView {
    pub(crate) row: i64,
    pub(crate) lines: Vec<Line>,
    /// Somebody has to decide.
    pub(crate) open: bool,
    pub(crate) key: String,
}

/// A problem.
pub(crate) struct Line {
    pub(crate) field: String,
    pub(crate) message: String,
    pub(crate) first: String,
    pub(crate) second: String,
}

impl BatchView {
    /// A batch of the service.
    pub(crate) fn of(batch: &pb::Batch) -> Self {
        let (state, now) = words(batch);
        let ready = batch.state == "ready";
        Self {
            id: batch.id.clone(),
            title: batch.title.clone(),
            place: division::full_name(&batch.division).unwrap_or_default(),
            state,
            created: format::wire_moment(batch.created_at.as_ref()),
            created_by: batch.created_by.clone(),
            rows: batch.rows,
            rows_second: batch.rows_second,
            compared: batch.compared,
            published: batch.published,
            open: batch.problems,
            now,
            takes_files: matches!(batch.state.as_str(), "open" | "reading" | "ready"),
            decides: ready,
            publishes: ready && batch.problems == 0,
            moves: matches!(batch.state.as_str(), "reading" | "comparing" | "publishing"),
        }
    }

    /// Of 100, how much is compared.
    pub(crate) fn compared_share(&self) -> i64 {
        share(self.compared, self.rows.max(self.rows_second))
    }

    /// Of 100, how much is published.
    pub(crate) fn published_share(&self) -> i64 {
        match self.state {
            "已发布" => 100,
            _ => share(self.published, self.rows),
        }
    }
}

/// The state of a batch, and what to do now.
fn words(batch: &pb::Batch) -> (&'static str, &'static str) {
    match batch.state.as_str() {
        "open" if batch.rows == 0 && batch.rows_second == 0 => (
            "等待录入",
            "请上传第一次录入的文件；第二次录入由另一个人上传。",
        ),
        "open" => ("等待另一次录入", "还差一次录入，请由另一个人上传。"),
        "reading" => ("正在读取", "正在读取文件，过一会儿刷新看进度。"),
        "comparing" => ("正在比对", "正在比对两次录入，过一会儿刷新看进度。"),
        "ready" if batch.problems > 0 => ("等待裁决", "请对照原件，逐行裁决下面的问题。"),
        "ready" => ("可以发布", "没有待裁决的问题，可以发布。"),
        "publishing" => ("正在发布", "正在发布，过一会儿刷新看进度。"),
        _ => ("已发布", "这个批次已经发布完毕。"),
    }
}

fn share(part: i64, whole: i64) -> i64 {
    part.clamp(0, whole.max(0)) * 100 / whole.max(1)
}

impl RowView {
    /// Problems in the order of rows, put together by row; `key` makes a key for each form.
    pub(crate) fn all(problems: Vec<pb::RowProblem>, key: impl Fn() -> String) -> Vec<Self> {
        let mut rows: Vec<Self> = Vec::new();
        for problem in problems {
            let line = Line {
                field: problem.field,
                message: problem.message,
                first: problem.first,
                second: problem.second,
            };
            match rows.last_mut().filter(|last| last.row == problem.row) {
                Some(row) => {
                    row.open |= !problem.decided;
                    row.lines.push(line);
                }
                None => rows.push(Self {
                    row: problem.row,
                    lines: vec![line],
                    open: !problem.decided,
                    key: key(),
                }),
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_of_one_row_stand_together() {
        let problem = |row, decided| pb::RowProblem {
            row,
            decided,
            ..Default::default()
        };
        let problems = vec![problem(2, true), problem(2, false), problem(7, true)];
        let rows = RowView::all(problems, String::new);
        let rows: Vec<_> = rows
            .iter()
            .map(|row| (row.row, row.lines.len(), row.open))
            .collect();
        assert_eq!(rows, [(2, 2, true), (7, 1, false)]);
    }

    #[test]
    fn shares_stay_within_a_hundred() {
        assert_eq!(
            [share(1, 3), share(5, 3), share(0, 0), share(-1, 3)],
            [33, 100, 0, 0]
        );
    }
}
