//! Lists the problems of a batch in the order of its rows, values masked.

use yiwang_casework::Runtime;
use yiwang_chassis::{
    fault::{Code, Fault},
    identity::Caller,
};
use yiwang_civic::mask;
use yiwang_proto::marriage::v1 as pb;

use super::{not_found, seen};
use crate::archive::{
    columns::Column,
    store::{self, problem::Stored},
};

/// Problems on a page when the caller does not say, and at most.
const DEFAULT: i32 = 50;
const MAX: i32 = 100;

pub(super) async fn run(
    rt: &Runtime,
    caller: &Caller,
    request: pb::ListProblemsRequest,
) -> Result<pb::ProblemPage, Fault> {
    let limit = match request.limit {
        0 => DEFAULT,
        asked => asked.clamp(1, MAX),
    };
    let mut conn = rt.pool.acquire().await?;
    let id = request.batch.parse().map_err(|_| not_found())?;
    let batch = seen(caller, store::find(&mut conn, id).await?)?;
    let after = cursor(&request.cursor)?;
    let page = store::problem::page(&mut conn, batch.id, &after, i64::from(limit) + 1).await?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let next_cursor = match page.get(size.saturating_sub(1)) {
        Some(last) if page.len() > size => {
            hex::encode(format!("{}\t{}\t{}", last.row, last.field, last.code))
        }
        _ => String::new(),
    };
    let shown = page.into_iter().take(size);
    let problems = shown
        .map(|problem| masked(rt, batch.id, problem))
        .collect::<Result<_, Fault>>()?;
    Ok(pb::ProblemPage {
        problems,
        next_cursor,
    })
}

/// The place of the last problem seen.
fn cursor(text: &str) -> Result<(i64, String, String), Fault> {
    if text.is_empty() {
        return Ok((0, String::new(), String::new()));
    }
    let parse = || {
        let bytes = hex::decode(text).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        let mut parts = text.split('\t').map(str::to_owned);
        let row = parts.next()?.parse().ok()?;
        let place = (row, parts.next()?, parts.next()?);
        let plain = |part: &String| !part.contains('\0');
        (parts.next().is_none() && plain(&place.1) && plain(&place.2)).then_some(place)
    };
    parse().ok_or_else(|| {
        let message = "翻页信息已失效，请从第一页重新开始。";
        Fault::new(Code::InvalidInput, "CURSOR_INVALID", message)
    })
}

fn masked(rt: &Runtime, batch: uuid::Uuid, problem: Stored) -> Result<pb::RowProblem, Fault> {
    let values = problem.values(rt, batch)?;
    let mask = of_field(&problem.field);
    Ok(pb::RowProblem {
        row: problem.row,
        decided: problem.decided(),
        first: mask(&values.first),
        second: mask(&values.second),
        field: problem.field,
        code: problem.code,
        message: problem.message,
    })
}

/// What a list may show of a column.
fn of_field(field: &str) -> fn(&str) -> String {
    match Column::with_heading(field) {
        Some(Column::ManName | Column::WomanName) => mask::name,
        Some(Column::ManId | Column::WomanId) => mask::id_number,
        Some(Column::ManBorn | Column::WomanBorn) => year,
        // Remarks may say anything about anybody.
        Some(Column::Remark) | None => hidden,
        Some(_) => str::to_owned,
    }
}

/// A birth date down to its year.
fn year(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(at, c)| if at < 4 { c } else { '*' })
        .collect()
}

fn hidden(text: &str) -> String {
    text.chars().map(|_| '*').take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_list_shows() {
        let rows = [
            ("男方姓名", "张三丰", "张**"),
            ("女方证件号", "421221199003071234", "421221********1234"),
            ("男方出生日期", "1978-05-12", "1978******"),
            ("备注", "张三之父代办", "******"),
            ("整行", "张三", "**"),
            ("登记日期", "1987-02-30", "1987-02-30"),
        ];
        for (field, value, expected) in rows {
            assert_eq!(of_field(field)(value), expected, "{field}");
        }
    }

    #[test]
    fn cursors_read_back_and_nonsense_does_not() {
        let text = hex::encode("7\t男方姓名\tDIFFERS");
        let expected = (7, "男方姓名".to_owned(), "DIFFERS".to_owned());
        assert_eq!(cursor(&text).unwrap(), expected);
        for text in [
            "x",
            "00",
            &hex::encode("7\ta"),
            &hex::encode("x\ta\tb"),
            &hex::encode("1\ta\tb\tc"),
        ] {
            assert!(cursor(text).is_err(), "{text}");
        }
    }
}
